"""A key stands for a content: beside it, a receipt keeps the digest of what was sent."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("plenary", "0004_guards_of_procedures")]

    operations = [
        ops.AddField(
            model_name="Receipt",
            name="content",
            field=fields.CharField(db_default="", max_length=64),
        ),
    ]
