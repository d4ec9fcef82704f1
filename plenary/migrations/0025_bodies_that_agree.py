"""A question says whether its body decides. One that runs in a group now is agreed and no more;
what a group adopted before keeps its meaning."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from plenary.db.ops import Sql

RUNNING = (
    """UPDATE question SET decides = false
    WHERE body_id IN (SELECT id FROM body WHERE parent_id IS NOT NULL)
    AND id NOT IN (SELECT question_id FROM decision WHERE question_id IS NOT NULL)""",
)


class Migration(migrations.Migration):
    dependencies = [("plenary", "0024_observers_choose")]

    operations = [
        ops.AddField("Question", "decides", fields.BooleanField(db_default=True)),
        Sql(sqlite=RUNNING, postgres=RUNNING),
    ]
