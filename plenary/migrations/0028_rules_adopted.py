"""A body has the procedures that it adopted, and no other.

Until now the standard ones stood for a body that had adopted none: where there is a body they go on
as rows of their own, in force before rules were adopted, until a decision replaces or ends them. A
body below the Plenary that has procedures of its own had all others from the Plenary; it keeps
those in the same way. Nothing of it is an entry: nobody did anything.
"""

import json
from typing import Any

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from plenary.db.ops import AppendOnly, Removable, Sql

OUTAGE = {"within": {"hours": 6}, "longer_than": {"minutes": 15}, "by": {"hours": 24}}
# The standard procedures as they stood for every body until now.
STANDARD: dict[str, tuple[str, str, dict[str, Any]]] = {
    "consensus": ("Consensus", "Consensus", {
        "closing": "chair", "text": "moves", "then": "vote",
    }),
    "silence": ("Silence procedure", "Procédure d’approbation tacite", {
        "closing": "clock", "text": "fixed", "broken_by": ["objection"],
        "window": {"least": {"hours": 72}, "usual": {"days": 5}},
        "extend": {"times": 1}, "outage": OUTAGE, "then": "consensus",
    }),
    "written": ("Written procedure", "Procédure écrite", {
        "closing": "clock", "text": "fixed",
        "window": {"least": {"days": 10}, "usual": {"days": 20}},
        "extend": {"times": 1}, "outage": OUTAGE, "then": "consensus", "choose": ["min_support"],
    }),
    "vote": ("Recorded vote", "Vote enregistré", {
        "closing": "chair", "text": "fixed", "choose": ["threshold", "base"],
    }),
    "consensus_minus": ("Consensus minus one", "Consensus moins un", {
        "closing": "chair", "text": "moves", "allowed": 1, "choose": ["allowed", "without"],
    }),
    "double": ("Double majority", "Double majorité", {"closing": "chair", "text": "fixed"}),
}  # fmt: skip
COLUMNS = 'body_id, "key", number, names, terms, decision, since, entry, ground'
FIRST = {
    "sqlite": "(SELECT substr(min(at), 1, 10) FROM entry)",
    "postgres": "(SELECT CAST(min(at) AS date) FROM entry)",
}
TOP = "(SELECT id FROM body WHERE \"key\" = 'plenary')"


def _json(data: object, dialect: str) -> str:
    written = json.dumps(data, ensure_ascii=False).replace("'", "''")
    return f"'{written}'" + ("::jsonb" if dialect == "postgres" else "")


def _standard(key: str, dialect: str) -> str:
    """One standard procedure of the Plenary, where it has adopted none of that name."""
    english, french, terms = STANDARD[key]
    names = _json({"en": english, "fr": french}, dialect)
    data = _json({"kind": key, "key": key, "number": 0, **terms}, dialect)
    return f"""INSERT INTO procedure ({COLUMNS})
        SELECT body.id, '{key}', 0, {names}, {data}, '', {FIRST[dialect]}, NULL, 'before' FROM body
        WHERE body."key" = 'plenary' AND NOT EXISTS (
            SELECT 1 FROM procedure WHERE body_id = body.id AND "key" = '{key}'
        )"""


def _kept(dialect: str) -> str:
    """Of the Plenary's newest, those that a body with others of its own has had beside them."""
    return f"""INSERT INTO procedure ({COLUMNS})
        SELECT body.id, one."key", 0, one.names, one.terms, '', {FIRST[dialect]}, NULL, 'before'
        FROM body JOIN procedure AS one ON one.body_id = {TOP}
        WHERE body."key" <> 'plenary'
        AND one.number = (
            SELECT max(number) FROM procedure WHERE body_id = {TOP} AND "key" = one."key"
        )
        AND EXISTS (SELECT 1 FROM procedure WHERE body_id = body.id)
        AND NOT EXISTS (
            SELECT 1 FROM procedure WHERE body_id = body.id AND "key" = one."key"
        )"""


def _all(dialect: str) -> list[str]:
    return [*(_standard(key, dialect) for key in STANDARD), _kept(dialect)]


WORDS = ("names", "authority")
ENDED = ("until", "ended_by", "ending")
# What was adopted until now named a decision, or named none.
UNNAMED = ("UPDATE procedure SET ground = 'before' WHERE decision = ''",)


class Migration(migrations.Migration):
    dependencies = [("plenary", "0027_draft_readers")]

    operations = [
        ops.AddField("Procedure", "ground", fields.CharField(max_length=12, db_default="decision")),
        ops.AddField("Procedure", "authority", fields.CharField(max_length=300, db_default="")),
        ops.AddField("Procedure", "until", fields.DateField(null=True)),
        ops.AddField("Procedure", "ended_by", fields.CharField(max_length=120, db_default="")),
        ops.AddField("Procedure", "ending", fields.IntField(null=True)),
        ops.AlterField("Procedure", "entry", fields.IntField(null=True)),
        AppendOnly("procedure", except_update=("ground",)),
        Sql(sqlite=UNNAMED, postgres=UNNAMED),
        Sql(sqlite=_all("sqlite"), postgres=_all("postgres")),
        AppendOnly("procedure", except_update=(*WORDS, *ENDED)),
        Removable("procedure", "authority"),
    ]
