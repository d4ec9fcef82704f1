"""Questions, rolls, positions in two ledgers, and decisions."""

from typing import Any

from tortoise import fields
from tortoise.fields import RESTRICT
from tortoise.models import Model

from plenary.bodies.models import Body, Delegation, Words
from plenary.proposals.models import Proposal


class Question(Model):
    """One version of a proposal put to one roll under one procedure, from an instant on."""

    id = fields.IntField(primary_key=True)
    proposal: fields.ForeignKeyRelation[Proposal] = fields.ForeignKeyField(
        "plenary.Proposal", related_name="questions", db_index=True, on_delete=RESTRICT
    )
    body: fields.ForeignKeyRelation[Body] = fields.ForeignKeyField(
        "plenary.Body", related_name="questions", db_index=True, on_delete=RESTRICT
    )
    version = fields.IntField()
    procedure = fields.JSONField[dict[str, Any]]()  # {"kind": "consensus"}
    publication = fields.CharField(8)  # now, decided, never: kept, so that it cannot change later
    put_by = fields.CharField(60)
    opens = fields.DatetimeField()
    closed = fields.DatetimeField(null=True)
    entry = fields.IntField()

    class Meta:
        table = "question"


class RollCall(Model):
    """One delegation on the roll of a question, frozen when the question was put."""

    id = fields.IntField(primary_key=True)
    question: fields.ForeignKeyRelation[Question] = fields.ForeignKeyField(
        "plenary.Question", related_name="roll", db_index=True, on_delete=RESTRICT
    )
    delegation: fields.ForeignKeyRelation[Delegation] = fields.ForeignKeyField(
        "plenary.Delegation", related_name="rolls", db_index=True, on_delete=RESTRICT
    )
    represents = fields.IntField()

    class Meta:
        table = "roll_call"
        unique_together = (("question", "delegation"),)


class Statement(Model):
    """What both ledgers have in common. A later one supersedes; both stay."""

    id = fields.IntField(primary_key=True)
    version = fields.IntField()
    stance = fields.CharField(12)
    clause = fields.CharField(12, default="")
    explanation = fields.TextField(default="")
    would_join = fields.TextField(default="")
    language = fields.CharField(8)
    at = fields.DatetimeField()
    current = fields.BooleanField(default=True)
    entry = fields.IntField()

    class Meta:
        abstract = True


class Position(Statement):
    """A Participant's answer to a question."""

    question: fields.ForeignKeyRelation[Question] = fields.ForeignKeyField(
        "plenary.Question", related_name="positions", db_index=True, on_delete=RESTRICT
    )
    delegation: fields.ForeignKeyRelation[Delegation] = fields.ForeignKeyField(
        "plenary.Delegation", related_name="positions", db_index=True, on_delete=RESTRICT
    )
    ad_referendum = fields.BooleanField(default=False)

    class Meta:
        table = "position"


class View(Statement):
    """An Observer's answer: heard, in a ledger of its own, and in no count."""

    question: fields.ForeignKeyRelation[Question] = fields.ForeignKeyField(
        "plenary.Question", related_name="views", db_index=True, on_delete=RESTRICT
    )
    delegation: fields.ForeignKeyRelation[Delegation] = fields.ForeignKeyField(
        "plenary.Delegation", related_name="views", db_index=True, on_delete=RESTRICT
    )

    class Meta:
        table = "view"


class Decision(Model):
    """An outcome: one that was declared here, or one imported from another register."""

    id = fields.IntField(primary_key=True)
    register = fields.CharField(40)  # "own" for what was declared here
    source_id = fields.CharField(160)  # own: "2019/1"; imported: the source's id
    year = fields.IntField()
    number = fields.IntField(null=True)  # own decisions only
    place_in_source = fields.IntField(default=0)  # keeps the source's order within a day
    symbol = fields.CharField(120, default="")
    title = fields.JSONField[Words]()
    summary = fields.JSONField[Words](default=dict)
    kind = fields.CharField(60, default="")  # the source's own word
    outcome = fields.CharField(24)
    date = fields.CharField(10)  # 2019, 2019-11 or 2019-11-20: as exact as the source
    place = fields.CharField(120, default="")
    meeting = fields.CharField(160, default="")
    procedure = fields.JSONField[dict[str, Any]]()
    confidence = fields.CharField(80, default="confirmed")
    source = fields.TextField(default="")
    note = fields.TextField(default="")
    language = fields.CharField(8, default="en")  # of the note
    declared_by = fields.CharField(60, default="")
    version = fields.IntField(null=True)
    fingerprint = fields.JSONField[Words](default=dict)  # language -> SHA-256 of the plain text
    sample = fields.BooleanField(default=False)
    at = fields.DatetimeField()
    entry = fields.IntField()
    words = fields.TextField()  # folded, to search in
    body: fields.ForeignKeyNullableRelation[Body] = fields.ForeignKeyField(
        "plenary.Body", related_name="decisions", null=True, db_index=True, on_delete=RESTRICT
    )
    question: fields.OneToOneNullableRelation[Question] = fields.OneToOneField(
        "plenary.Question", related_name="decision", null=True, on_delete=RESTRICT
    )
    proposal: fields.ForeignKeyNullableRelation[Proposal] = fields.ForeignKeyField(
        "plenary.Proposal", related_name="decisions", null=True, db_index=True, on_delete=RESTRICT
    )

    class Meta:
        table = "decision"
        unique_together = (("register", "source_id"),)


class Link(Model):
    """One decision amends, supersedes or repeals another."""

    id = fields.IntField(primary_key=True)
    decision: fields.ForeignKeyRelation[Decision] = fields.ForeignKeyField(
        "plenary.Decision", related_name="links", db_index=True, on_delete=RESTRICT
    )
    kind = fields.CharField(12)
    target: fields.ForeignKeyRelation[Decision] = fields.ForeignKeyField(
        "plenary.Decision", related_name="linked", db_index=True, on_delete=RESTRICT
    )
    entry = fields.IntField()

    class Meta:
        table = "link"
        unique_together = (("decision", "kind", "target"),)
