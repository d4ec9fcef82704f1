from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from plenary.db.ops import AppendOnly, Sql, UniqueWhere


class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="Question",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True)),
                ("title", fields.CharField(max_length=200, db_index=True)),
                ("note", fields.TextField(null=True)),
                ("status", fields.CharField(max_length=20, null=True)),
                ("round", fields.IntField(db_default=1)),
            ],
            options={"table": "question", "unique_together": (("title", "round"),)},
        ),
        ops.CreateModel(
            name="Position",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True)),
                (
                    "question",
                    fields.ForeignKeyField(
                        "plenary.Question",
                        source_field="question_id",
                        db_index=True,
                        to_field="id",
                        related_name="positions",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("delegation", fields.CharField(max_length=12)),
                ("stance", fields.CharField(max_length=20)),
                ("current", fields.BooleanField(db_default=True)),
            ],
            options={
                "table": "position",
                "constraints": [
                    CheckConstraint(check="stance <> ''", name="position_stance"),
                    UniqueConstraint(
                        fields=("question", "delegation"),
                        condition='"current"',
                        name="position_current",
                    ),
                ],
            },
        ),
        ops.CreateModel(
            name="Act",
            fields=[
                ("n", fields.IntField(generated=True, primary_key=True)),
                ("said", fields.TextField()),
                ("hidden", fields.BooleanField(db_default=False)),
            ],
            options={"table": "act"},
        ),
        ops.CreateModel(
            name="Tally",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True)),
                ("value", fields.IntField(db_default=0)),
            ],
            options={"table": "tally", "table_description": "A number that two processes raise."},
        ),
        AppendOnly("act", except_update=("hidden",)),
        UniqueWhere("question", ("title",), "status = 'open'", "question_one_open"),
        Sql(
            sqlite=(
                "CREATE VIRTUAL TABLE question_search USING fts5(title)",
                # Two statements and a string with `;`: stock would cut this in four.
                "CREATE TRIGGER question_found AFTER INSERT ON question BEGIN "
                "DELETE FROM question_search WHERE rowid = NEW.id AND title <> ';'; "
                "INSERT INTO question_search (rowid, title) VALUES (NEW.id, NEW.title); END",
                # Stands on another table and names this one: stops a bare rebuild's rename.
                "CREATE TRIGGER position_closed BEFORE INSERT ON position BEGIN "
                "SELECT RAISE(ABORT, 'closed') FROM question "
                "WHERE id = NEW.question_id AND status = 'closed'; END",
            ),
            postgres=(
                "ALTER TABLE question ADD COLUMN search tsvector "
                "GENERATED ALWAYS AS (to_tsvector('simple', title)) STORED",
                "CREATE INDEX question_search ON question USING gin (search)",
            ),
        ),
    ]
