"""Whose a form is that was set aside: who sends many makes room by their own."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("plenary", "0015_comments_on_drafts")]

    operations = [
        ops.AddField("SetAside", "sender", fields.CharField(max_length=64, db_default="")),
        ops.AddField("SetAside", "known", fields.BooleanField(db_default=False, db_index=True)),
        ops.AlterField("SignInLink", "browser", fields.CharField(max_length=64, db_index=True)),
    ]
