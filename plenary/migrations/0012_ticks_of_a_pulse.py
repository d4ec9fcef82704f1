"""A sign of life carries the machine's ticks beside the time, so that a false time is seen."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("plenary", "0011_paces")]

    operations = [
        ops.AddField("Pulse", "boot", fields.CharField(max_length=64, default="", db_default="")),
        ops.AddField("Pulse", "ticks", fields.FloatField(null=True)),
    ]
