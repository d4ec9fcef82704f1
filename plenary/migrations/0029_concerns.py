"""One answer may hold several concerns, each on its paragraph with its reason and what would lift
it. What was said before is about one paragraph at most, and stands as it stood."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from plenary.db.ops import AppendOnly, Removable

ANSWER = ("explanation", "would_join")
# The ledgers that an answer may stand in, and what may change of a row.
LEDGERS = {
    "Position": ("current", "countersigned", *ANSWER),
    "View": ("current", "countersigned", *ANSWER),
    "Late": ANSWER,
    "Bloc": ("current", "name", *ANSWER),
}


class Migration(migrations.Migration):
    dependencies = [("plenary", "0028_rules_adopted")]

    operations = [
        ops.CreateModel(
            name="Concern",
            fields=[
                (
                    "id",
                    fields.IntField(generated=True, primary_key=True, unique=True, db_index=True),
                ),
                ("entry", fields.IntField()),
                ("place", fields.IntField()),
                ("clause", fields.CharField(max_length=12, default="")),
                ("explanation", fields.TextField(default="")),
                ("would_join", fields.TextField(default="")),
            ],
            options={
                "table": "concern",
                "app": "plenary",
                "unique_together": (("entry", "place"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        AppendOnly("concern", except_update=ANSWER),
        Removable("concern", *ANSWER),
        *(ops.AddField(name, "several", fields.IntField(db_default=0)) for name in LEDGERS),
        *(AppendOnly(name.lower(), except_update=free) for name, free in LEDGERS.items()),
    ]
