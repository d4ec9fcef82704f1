"""Words go by an order on the record, and by nothing else: the one way is spelt out here."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from plenary.db.ops import AppendOnly, Removable, Sql

# What may change besides, and the columns in which words may give way to a mark.
TABLES = {
    "version": ((), ("note",)),
    "clause_text": ((), ("text",)),
    "translation": ((), ("text",)),
    "comment": ((), ("text",)),
    "position": (("current", "countersigned"), ("explanation", "would_join")),
    "view": (("current", "countersigned"), ("explanation", "would_join")),
    "late": ((), ("explanation", "would_join")),
    "bloc": (("current",), ("name", "explanation", "would_join")),
    "procedure": ((), ("names",)),
    "decision": (("title", "summary", "words"), ("note",)),
    "correction": ((), ("text",)),
    "follow_up": (("status", "changed"), ("text",)),
    "progress": ((), ("note",)),
}
ORDERED = "EXISTS (SELECT 1 FROM redaction WHERE commitment = OLD.commitment)"
# A payload goes only where an order stands.
PAYLOAD = Sql(
    sqlite=(
        f"""CREATE TRIGGER payload_goes_by_order BEFORE DELETE ON payload WHEN NOT {ORDERED}
        BEGIN SELECT RAISE(ABORT, 'a payload goes by an order on the record'); END""",
    ),
    postgres=(
        f"""CREATE OR REPLACE FUNCTION plenary_by_order() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {ORDERED} THEN RETURN OLD; END IF;
            RAISE EXCEPTION 'a payload goes by an order' USING ERRCODE = 'restrict_violation';
        END $$""",
        """CREATE TRIGGER payload_goes_by_order BEFORE DELETE ON "payload"
        FOR EACH ROW EXECUTE FUNCTION plenary_by_order()""",
    ),
)


class Migration(migrations.Migration):
    dependencies = [("plenary", "0012_ticks_of_a_pulse")]

    operations = [
        ops.CreateModel(
            name="Redaction",
            fields=[
                (
                    "id",
                    fields.IntField(generated=True, primary_key=True, unique=True, db_index=True),
                ),
                ("entry", fields.IntField(unique=True)),
                ("commitment", fields.CharField(unique=True, max_length=71)),
                ("order", fields.IntField(db_index=True)),
                ("mark", fields.CharField(max_length=120)),
            ],
            options={"table": "redaction", "app": "plenary", "pk_attr": "id"},
            bases=["Model"],
        ),
        AppendOnly("redaction"),
        *(
            AppendOnly(name, except_update=(*free, *words))
            for name, (free, words) in TABLES.items()
        ),
        *(Removable(name, *words) for name, (_, words) in TABLES.items()),
        PAYLOAD,
    ]
