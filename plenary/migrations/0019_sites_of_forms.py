"""A form that was set aside is counted by its site too: one that has many lines is one sender."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("plenary", "0018_indexes_of_added_fields")]

    operations = [
        ops.AddField("SetAside", "site", fields.CharField(max_length=64, db_default="")),
    ]
