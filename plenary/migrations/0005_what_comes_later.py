"""A decision is found by a title that was translated after it was declared."""

from tortoise import migrations

from plenary.db.ops import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("plenary", "0004_guards_of_procedures")]

    operations = [AppendOnly("decision", except_update=("title", "summary", "words"))]
