"""A body below the Plenary decides on a matter where its parent gave it the power to."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from plenary.db.ops import AppendOnly, UniqueWhere


class Migration(migrations.Migration):
    dependencies = [("plenary", "0029_concerns")]

    operations = [
        ops.CreateModel(
            name="Competence",
            fields=[
                (
                    "id",
                    fields.IntField(generated=True, primary_key=True, unique=True, db_index=True),
                ),
                (
                    "body",
                    fields.ForeignKeyField(
                        "plenary.Body",
                        source_field="body_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="competences",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("matter", fields.CharField(max_length=16)),
                ("decision", fields.CharField(max_length=120)),
                ("ended", fields.IntField(null=True)),
                ("ended_by", fields.CharField(db_default="", max_length=120)),
                ("entry", fields.IntField()),
            ],
            options={"table": "competence", "app": "plenary", "pk_attr": "id"},
            bases=["Model"],
        ),
        AppendOnly("competence", except_update=("ended", "ended_by")),
        UniqueWhere(
            "competence", ("body_id", "matter"), "ended IS NULL", "competence_one_in_force"
        ),
        ops.AddField("Question", "power", fields.CharField(max_length=120, db_default="")),
    ]
