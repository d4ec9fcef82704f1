"""What the models of every procedure cannot say: what is never edited, who is in one room once."""

from tortoise import migrations

from plenary.db.ops import AppendOnly, Sql, UniqueWhere

# Until now only a declaration closed a question.
DECLARED = "UPDATE question SET ended = 'declared' WHERE closed IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [("plenary", "0003_every_procedure")]

    operations = [
        Sql(sqlite=(DECLARED,), postgres=(DECLARED,)),
        AppendOnly("late"),
        AppendOnly("bloc", except_update=("current",)),
        AppendOnly("bloc_member", except_update=("answered", "confirmed", "entry")),
        AppendOnly("procedure"),
        AppendOnly("interruption"),
        AppendOnly("statement", except_update=("text",)),
        AppendOnly("correction"),
        AppendOnly("follow_up", except_update=("status", "changed")),
        AppendOnly("progress"),
        AppendOnly("presence", except_update=("left",)),
        UniqueWhere(
            "presence", ("meeting", "delegation_id"), '"left" IS NULL', "presence_one_current"
        ),
    ]
