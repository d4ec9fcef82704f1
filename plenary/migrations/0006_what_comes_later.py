"""A decision is found by a title that was translated after it was declared."""

from tortoise import migrations

from plenary.db.ops import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("plenary", "0005_keys_stand_for_a_content")]

    operations = [AppendOnly("decision", except_update=("title", "summary", "words"))]
