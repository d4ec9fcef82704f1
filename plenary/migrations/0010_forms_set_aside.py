"""A form that was sent without being signed in is set aside until its sender is."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("plenary", "0009_tallies")]

    operations = [
        ops.CreateModel(
            name="SetAside",
            fields=[
                (
                    "id",
                    fields.IntField(generated=True, primary_key=True, unique=True, db_index=True),
                ),
                ("token", fields.CharField(unique=True, max_length=64)),
                ("path", fields.CharField(max_length=500)),
                ("query", fields.CharField(max_length=500)),
                ("typed", fields.JSONField()),
                ("at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "set_aside",
                "app": "plenary",
                "pk_attr": "id",
                "table_description": "A form as it was sent by somebody who was not signed in"
                ": it comes back once they are.",
            },
            bases=["Model"],
        ),
    ]
