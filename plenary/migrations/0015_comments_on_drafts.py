"""A comment made on a draft is its readers' until its author publishes it, and has no number."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from plenary.db.ops import AppendOnly, Sql

ON_DRAFTS = "comment.proposal_id IN (SELECT id FROM proposal WHERE tabled IS NULL)"
# What was said on drafts that are drafts still. What came with a tabled text is public already.
KEPT = (
    f"""UPDATE comment SET number = NULL, readers = (
        SELECT body."key" FROM proposal JOIN body ON body.id = proposal.body_id
        WHERE proposal.id = comment.proposal_id
    ) WHERE {ON_DRAFTS}""",
    "UPDATE proposal SET comments_made = 0 WHERE tabled IS NULL",
)
# The entry's column says who may read it and is no part of its bytes. Orders to remove such words
# are hidden with them.
VEILED = (
    f"""UPDATE entry SET veil = 'comment:' || n
    WHERE n IN (SELECT entry FROM comment WHERE {ON_DRAFTS})""",
    f"""UPDATE entry SET veil = 'comment:' || (
        SELECT min(redaction.entry) FROM redaction WHERE redaction."order" = entry.n
    ) WHERE n IN (
        SELECT redaction."order" FROM redaction JOIN comment ON comment.entry = redaction.entry
        WHERE {ON_DRAFTS}
    )""",
)
ONCE = Sql(
    sqlite=(
        """CREATE TRIGGER comment_published_once BEFORE UPDATE ON comment
        WHEN OLD.number IS NOT NULL
        AND (NEW.number IS NOT OLD.number OR NEW.published IS NOT OLD.published)
        BEGIN SELECT RAISE(ABORT, 'a comment is published once'); END""",
    ),
    postgres=(
        """CREATE OR REPLACE FUNCTION plenary_published_once() RETURNS trigger
        LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'a comment is published once' USING ERRCODE = 'restrict_violation';
        END $$""",
        """CREATE TRIGGER comment_published_once BEFORE UPDATE ON "comment" FOR EACH ROW
        WHEN (OLD.number IS NOT NULL AND (NEW.number IS DISTINCT FROM OLD.number
        OR NEW.published IS DISTINCT FROM OLD.published))
        EXECUTE FUNCTION plenary_published_once()""",
    ),
)


class Migration(migrations.Migration):
    dependencies = [("plenary", "0014_words_of_decisions")]

    operations = [
        ops.AlterField("Comment", "number", fields.IntField(null=True)),
        ops.AddField("Comment", "readers", fields.CharField(max_length=60, db_default="")),
        ops.AddField(
            "Comment",
            "published",
            fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        AppendOnly("comment", except_update=("text", "number", "readers")),
        Sql(sqlite=KEPT, postgres=KEPT),
        AppendOnly("entry", except_update=("veil",)),
        Sql(sqlite=VEILED, postgres=VEILED),
        AppendOnly("entry"),
        AppendOnly("comment", except_update=("text", "number", "published")),
        ONCE,
    ]
