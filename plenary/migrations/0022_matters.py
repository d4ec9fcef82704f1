"""A proposal has a matter, and names the party concerned where it has one."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("plenary", "0021_indexes_of_growth")]

    operations = [
        ops.AddField("Proposal", "matter", fields.CharField(max_length=20, db_default="text")),
        ops.AddField("Proposal", "party", fields.CharField(max_length=12, db_default="")),
    ]
