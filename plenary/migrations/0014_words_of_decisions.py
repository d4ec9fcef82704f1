"""The words of an import and the name of its procedure give way by an order, as a title does."""

from tortoise import migrations

from plenary.db.ops import AppendOnly, Removable

FREE = ("title", "summary", "words")  # what comes later reaches a decision
WORDS = ("place", "meeting", "source", "procedure")


class Migration(migrations.Migration):
    dependencies = [("plenary", "0013_removals")]

    operations = [
        AppendOnly("decision", except_update=(*FREE, "note", *WORDS)),
        Removable("decision", *WORDS),
    ]
