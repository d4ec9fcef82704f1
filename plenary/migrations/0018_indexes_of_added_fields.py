"""Two fields that were added to a table get the index that their models say they have.

The schema editors lost it without a word until now; a database that begins with cured ones has
both already.
"""

from tortoise import migrations

from plenary.db.ops import Sql

INDEXES = (
    'CREATE INDEX IF NOT EXISTS "idx_position_bloc_id_f6a69e" ON "position" ("bloc_id")',
    'CREATE INDEX IF NOT EXISTS "idx_set_aside_known_ba84c1" ON "set_aside" ("known")',
)


class Migration(migrations.Migration):
    dependencies = [("plenary", "0017_fingerprints_of_versions")]

    operations = [Sql(sqlite=INDEXES, postgres=INDEXES)]
