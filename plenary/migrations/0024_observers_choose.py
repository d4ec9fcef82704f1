"""An Observer's view is its own public act, at once, unless it chose that it follows the question's
rule of publication. Whatever was said before there was a choice was said under that rule."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from plenary.db.ops import AppendOnly

ANSWER = ("explanation", "would_join")


class Migration(migrations.Migration):
    dependencies = [("plenary", "0023_authors_and_sponsors")]

    operations = [
        ops.AddField("View", "follows", fields.BooleanField(db_default=True)),
        ops.AddField("Late", "follows", fields.BooleanField(db_default=True)),
        AppendOnly("view", except_update=("current", "countersigned", *ANSWER)),
        AppendOnly("late", except_update=ANSWER),
    ]
