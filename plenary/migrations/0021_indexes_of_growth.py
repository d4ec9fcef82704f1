"""What is listed is found in its order: the register, by what it is filtered by, and the log."""

from tortoise import migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from plenary.db.ops import Sql

ORDER = ("date", "at", "place_in_source", "id")
# The log without the decisions of imports, of which there may be more than of all the others.
LOG = ('CREATE INDEX "idx_entry_log" ON "entry" ("n") WHERE "type" <> \'decision.imported\'',)


def indexed(model: str, *columns: str) -> ops.AddIndex:
    return ops.AddIndex(model_name=model, index=Index(fields=[*columns]))


class Migration(migrations.Migration):
    dependencies = [("plenary", "0020_steps_of_versions")]

    operations = [
        indexed("Decision", *ORDER),
        indexed("Decision", "register", *ORDER),
        indexed("Decision", "outcome", *ORDER),
        indexed("Decision", "year"),
        indexed("Proposal", "stage", "year"),
        indexed("Position", "question_id", "current"),
        indexed("View", "question_id", "current"),
        indexed("Entry", "topic", "n"),
        Sql(sqlite=LOG, postgres=LOG),
    ]
