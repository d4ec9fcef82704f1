"""Decisions, what stands beside them, and the times at which the service was away."""

from hashlib import sha256
from typing import Any

from tortoise import fields
from tortoise.fields import RESTRICT
from tortoise.indexes import Index

from plenary.bodies.models import Body, Delegation, Words
from plenary.db.model import Model
from plenary.decisions.rules import GROUPS, path_to
from plenary.proposals.models import Proposal
from plenary.questions.models import Question


class Decision(Model):
    """An outcome: one that was declared here, or one imported from another register.

    What a body below the Plenary agreed or reported is one too, and stands in no register of
    decisions.
    """

    id = fields.IntField(primary_key=True)
    register = fields.CharField(40)  # OWN, GROUPS or that of an import
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
    notice = fields.CharField(8, db_default="")  # waived: on the record, by whoever declared it
    version = fields.IntField(null=True)
    fingerprint = fields.JSONField[Words](default=dict)  # language -> SHA-256 of the plain text
    sample = fields.BooleanField(default=False)
    at = fields.DatetimeField()
    entry = fields.IntField()
    words = fields.TextField()  # folded, to search in
    body: fields.ForeignKeyNullableRelation[Body] = fields.ForeignKeyField(
        "plenary.Body", related_name="decisions", null=True, db_index=True, on_delete=RESTRICT
    )
    body_id: int | None
    question: fields.OneToOneNullableRelation[Question] = fields.OneToOneField(
        "plenary.Question", related_name="decision", null=True, on_delete=RESTRICT
    )
    question_id: int | None
    proposal: fields.ForeignKeyNullableRelation[Proposal] = fields.ForeignKeyField(
        "plenary.Proposal", related_name="decisions", null=True, db_index=True, on_delete=RESTRICT
    )
    proposal_id: int | None

    class Meta:
        table = "decision"
        indexes = (  # the order of the register, and what it is filtered by
            Index(fields=("date", "at", "place_in_source", "id")),
            Index(fields=("register", "date", "at", "place_in_source", "id")),
            Index(fields=("outcome", "date", "at", "place_in_source", "id")),
            Index(fields=("year",)),
        )
        unique_together = (("register", "source_id"),)

    @property
    def path(self) -> str:
        return path_to(self.register, self.source_id)

    @property
    def of_a_group(self) -> bool:
        return self.register == GROUPS


class Link(Model):
    """One decision amends, supersedes or repeals another."""

    id = fields.IntField(primary_key=True)
    decision: fields.ForeignKeyRelation[Decision] = fields.ForeignKeyField(
        "plenary.Decision", related_name="links", db_index=True, on_delete=RESTRICT
    )
    decision_id: int
    kind = fields.CharField(12)
    target: fields.ForeignKeyRelation[Decision] = fields.ForeignKeyField(
        "plenary.Decision", related_name="linked", db_index=True, on_delete=RESTRICT
    )
    target_id: int
    entry = fields.IntField()

    class Meta:
        table = "link"
        unique_together = (("decision", "kind", "target"),)


class Statement(Model):
    """What a delegation wants printed with a decision; numbered in the order of arrival."""

    id = fields.IntField(primary_key=True)
    decision: fields.ForeignKeyRelation[Decision] = fields.ForeignKeyField(
        "plenary.Decision", related_name="statements", db_index=True, on_delete=RESTRICT
    )
    decision_id: int
    delegation: fields.ForeignKeyRelation[Delegation] = fields.ForeignKeyField(
        "plenary.Delegation", related_name="statements", db_index=True, on_delete=RESTRICT
    )
    delegation_id: int
    number = fields.IntField()
    kind = fields.CharField(16)  # explanation, reservation, interpretative, dissociation
    clause = fields.CharField(12, db_default="")  # of the decided text, or the whole
    language = fields.CharField(8)  # in which it was made
    text = fields.JSONField[Words]()  # language -> text; a later language is a courtesy
    at = fields.DatetimeField()
    entry = fields.IntField()

    @property
    def fingerprint(self) -> str:
        """Of its words in the language that it was made in, with one newline at the end."""
        return sha256(f"{self.text[self.language].strip()}\n".encode()).hexdigest()

    class Meta:
        table = "statement"
        unique_together = (("decision", "number"),)


class Correction(Model):
    """A correction of the record: a note beside what was recorded, which stays as it was."""

    id = fields.IntField(primary_key=True)
    decision: fields.ForeignKeyRelation[Decision] = fields.ForeignKeyField(
        "plenary.Decision", related_name="corrections", db_index=True, on_delete=RESTRICT
    )
    decision_id: int
    number = fields.IntField()
    delegation: fields.ForeignKeyNullableRelation[Delegation] = fields.ForeignKeyField(
        "plenary.Delegation",
        related_name="corrections",
        null=True,
        db_index=True,
        on_delete=RESTRICT,
    )
    delegation_id: int | None
    by = fields.CharField(60)
    stance = fields.CharField(12, db_default="")  # what the delegation had meant to state
    text = fields.TextField()
    language = fields.CharField(8)
    at = fields.DatetimeField()
    entry = fields.IntField()

    class Meta:
        table = "correction"
        unique_together = (("decision", "number"),)


class FollowUp(Model):
    """What is to be done after a decision: by whom, by when, and whether it was."""

    id = fields.IntField(primary_key=True)
    decision: fields.ForeignKeyRelation[Decision] = fields.ForeignKeyField(
        "plenary.Decision", related_name="follow_ups", db_index=True, on_delete=RESTRICT
    )
    decision_id: int
    number = fields.IntField()
    kind = fields.CharField(16)  # action, recommendation (of a peer review)
    text = fields.JSONField[Words]()
    clause = fields.CharField(12, db_default="")
    delegation: fields.ForeignKeyNullableRelation[Delegation] = fields.ForeignKeyField(
        "plenary.Delegation", related_name="to_do", null=True, db_index=True, on_delete=RESTRICT
    )
    delegation_id: int | None
    body: fields.ForeignKeyNullableRelation[Body] = fields.ForeignKeyField(
        "plenary.Body", related_name="to_do", null=True, db_index=True, on_delete=RESTRICT
    )
    body_id: int | None
    due = fields.DateField(null=True)
    status = fields.CharField(12)  # open, under_way, done, dropped
    at = fields.DatetimeField()
    changed = fields.DatetimeField()
    entry = fields.IntField()

    class Meta:
        table = "follow_up"
        unique_together = (("decision", "number"),)


class Progress(Model):
    """A report on a follow-up: its new status, and what was done."""

    id = fields.IntField(primary_key=True)
    follow_up: fields.ForeignKeyRelation[FollowUp] = fields.ForeignKeyField(
        "plenary.FollowUp", related_name="progress", db_index=True, on_delete=RESTRICT
    )
    follow_up_id: int
    status = fields.CharField(12)
    note = fields.TextField(default="")
    language = fields.CharField(8)
    by = fields.CharField(60)
    at = fields.DatetimeField()
    entry = fields.IntField()

    class Meta:
        table = "progress"


class Interruption(Model):
    """A time in which the service could not be reached, and that it counted against nobody."""

    id = fields.IntField(primary_key=True)
    began = fields.DatetimeField()
    ended = fields.DatetimeField()
    entry = fields.IntField()

    class Meta:
        table = "interruption"


class Pulse(Model):
    """The last sign of life of any process that serves: a gap before it is an interruption."""

    id = fields.IntField(primary_key=True)
    at = fields.DatetimeField()
    # The ticks of the machine at that moment, and of which of its starts: what no one can set.
    boot = fields.CharField(64, default="", db_default="")
    ticks = fields.FloatField(null=True)

    class Meta:
        table = "pulse"
