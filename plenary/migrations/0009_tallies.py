"""Tries to sign in are counted in one row each, so that none slips through beside another."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("plenary", "0008_letters")]

    operations = [
        ops.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    fields.IntField(generated=True, primary_key=True, unique=True, db_index=True),
                ),
                ("who", fields.CharField(unique=True, max_length=64)),
                (
                    "since",
                    fields.DatetimeField(auto_now=False, auto_now_add=False, db_index=True),
                ),
                ("used", fields.IntField()),
            ],
            options={"table": "tally", "app": "plenary", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.DeleteModel(name="Attempt"),
    ]
