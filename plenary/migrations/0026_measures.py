"""What an act on a roll rests on, until when it holds, and the appeal that stands beside it."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields import RESTRICT
from tortoise.migrations import operations as ops

from plenary.db.ops import AppendOnly, Removable


def _id() -> tuple[str, Any]:
    return "id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)


def _of(model: str, name: str, *, null: bool = False) -> tuple[str, Any]:
    how: dict[str, Any] = {
        "source_field": f"{name}_id", "null": null, "db_index": True, "db_constraint": True,
        "to_field": "id", "related_name": "appeals" if name == "measure" else "measures",
        "on_delete": RESTRICT,
    }  # fmt: skip
    return name, fields.ForeignKeyField(f"plenary.{model}", **how)


class Migration(migrations.Migration):
    dependencies = [("plenary", "0025_bodies_that_agree")]

    operations = [
        ops.AddField("Body", "interim_days", fields.IntField(default=30, db_default=30)),
        ops.AddField("Credential", "until", fields.DateField(null=True)),
        ops.AddField("Question", "absent", fields.JSONField(null=True)),
        ops.CreateModel(
            name="Measure",
            fields=[
                _id(),
                _of("Delegation", "delegation"),
                _of("Body", "body", null=True),
                ("kind", fields.CharField(max_length=16)),
                ("value", fields.CharField(default="", max_length=16)),
                ("meeting", fields.CharField(default="", max_length=80)),
                ("since", fields.DateField()),
                ("until", fields.DateField(null=True)),
                ("decision", fields.CharField(default="", max_length=210)),
                ("path", fields.CharField(default="", max_length=255)),
                ("office", fields.CharField(default="", max_length=70)),
                ("ground", fields.TextField(default="", unique=False)),
                ("language", fields.CharField(default="en", max_length=8)),
                ("by", fields.CharField(max_length=70)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("entry", fields.IntField(unique=True)),
            ],
            options={"table": "measure", "app": "plenary", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Appeal",
            fields=[
                _id(),
                _of("Measure", "measure"),
                ("number", fields.IntField()),
                ("kind", fields.CharField(max_length=8)),
                ("text", fields.TextField(unique=False)),
                ("language", fields.CharField(max_length=8)),
                ("decision", fields.CharField(default="", max_length=210)),
                ("path", fields.CharField(default="", max_length=255)),
                ("by", fields.CharField(max_length=70)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("entry", fields.IntField(unique=True)),
            ],
            options={
                "table": "appeal",
                "app": "plenary",
                "unique_together": (("measure", "number"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        AppendOnly("measure", except_update=("ground",)),
        Removable("measure", "ground"),
        AppendOnly("appeal", except_update=("text",)),
        Removable("appeal", "text"),
    ]
