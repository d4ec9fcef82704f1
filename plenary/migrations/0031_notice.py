"""Notice before the gavel: who asked for time, and where the Chair waived what was still to run."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from plenary.db.ops import AppendOnly, Removable

FREE = ("title", "summary", "words")  # what comes later reaches a decision
WORDS = ("place", "meeting", "source", "procedure")
TO = ("question", "delegation")


class Migration(migrations.Migration):
    dependencies = [("plenary", "0030_powers_of_bodies")]

    operations = [
        ops.CreateModel(
            name="TimeAsked",
            fields=[
                (
                    "id",
                    fields.IntField(generated=True, primary_key=True, unique=True, db_index=True),
                ),
                *(
                    (
                        name,
                        fields.ForeignKeyField(
                            f"plenary.{name.title()}",
                            source_field=f"{name}_id",
                            db_index=True,
                            db_constraint=True,
                            to_field="id",
                            related_name="time_asked",
                            on_delete=OnDelete.RESTRICT,
                        ),
                    )
                    for name in TO
                ),
                ("version", fields.IntField()),
                ("reason", fields.TextField(default="", unique=False)),
                ("language", fields.CharField(max_length=8)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("entry", fields.IntField()),
            ],
            options={
                "table": "time_asked",
                "app": "plenary",
                "unique_together": (("question", "delegation", "version"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        AppendOnly("time_asked", except_update=("reason",)),
        Removable("time_asked", "reason"),
        ops.AddField("Decision", "notice", fields.CharField(max_length=8, db_default="")),
        AppendOnly("decision", except_update=(*FREE, "note", *WORDS)),
    ]
