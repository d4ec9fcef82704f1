"""What the models cannot say: the one head, what is never edited, and what is there only once."""

from hashlib import sha256

from tortoise import migrations

from plenary.db.ops import AppendOnly, Sql, UniqueWhere

EMPTY = sha256(b"").hexdigest()  # RFC 9162: the root of a tree without leaves
HEAD = (
    "INSERT INTO head (id, size, root, peaks, at) "
    f"VALUES (1, 0, '{EMPTY}', '[]', '1970-01-01 00:00:00+00:00')"
)


# Redaction takes a payload away; nobody ever changes one.
PAYLOAD = Sql(
    sqlite=(
        """CREATE TRIGGER payload_never_changed BEFORE UPDATE ON payload
        BEGIN SELECT RAISE(ABORT, 'payload is never changed'); END""",
    ),
    postgres=(
        """CREATE TRIGGER payload_never_changed BEFORE UPDATE ON "payload"
        FOR EACH ROW EXECUTE FUNCTION plenary_append_only()""",
    ),
)


class Migration(migrations.Migration):
    dependencies = [("plenary", "0001_initial")]

    operations = [
        Sql(sqlite=(HEAD,), postgres=(HEAD,)),
        AppendOnly("entry"),
        AppendOnly("node"),
        PAYLOAD,
        AppendOnly("receipt"),
        AppendOnly("version"),
        AppendOnly("clause_text"),
        AppendOnly("translation"),
        AppendOnly("comment"),
        AppendOnly("roll_call"),
        AppendOnly("position", except_update=("current",)),
        AppendOnly("view", except_update=("current",)),
        AppendOnly("decision"),
        AppendOnly("link"),
        UniqueWhere(
            "position", ("question_id", "delegation_id"), "current", "position_one_current"
        ),
        UniqueWhere("view", ("question_id", "delegation_id"), "current", "view_one_current"),
        UniqueWhere("seat", ("body_id", "delegation_id"), "until IS NULL", "seat_one_current"),
        # One person speaks for one delegation at a time.
        UniqueWhere("accreditation", ("person_id",), "until IS NULL", "accreditation_one_current"),
    ]
