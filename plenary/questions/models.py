"""Questions, their rolls, and the two ledgers: positions of Participants, views of Observers."""

from typing import Any

from tortoise import fields
from tortoise.fields import RESTRICT
from tortoise.indexes import Index

from plenary.bodies.models import Body, Delegation
from plenary.db.model import Model
from plenary.proposals.models import Proposal


class Question(Model):
    """One version of a proposal put to one roll under one procedure, from an instant on."""

    id = fields.IntField(primary_key=True)
    proposal: fields.ForeignKeyRelation[Proposal] = fields.ForeignKeyField(
        "plenary.Proposal", related_name="questions", db_index=True, on_delete=RESTRICT
    )
    proposal_id: int
    body: fields.ForeignKeyRelation[Body] = fields.ForeignKeyField(
        "plenary.Body", related_name="questions", db_index=True, on_delete=RESTRICT
    )
    body_id: int
    version = fields.IntField()
    procedure = fields.JSONField[dict[str, Any]]()  # kind and terms, as they were when it was put
    publication = fields.CharField(8)  # now, decided, never: kept, so that it cannot change later
    decides = fields.BooleanField(db_default=True)  # else its body agrees, and its parent decides
    # The decision by which a body below the Plenary decides on this matter.
    power = fields.CharField(120, db_default="")
    put_by = fields.CharField(60)
    meeting = fields.CharField(80, db_default="")  # the address of the meeting it was put in
    opens = fields.DatetimeField()
    closes = fields.DatetimeField(null=True)  # the exact instant; none: until the Chair declares
    zone = fields.CharField(60, db_default="UTC")  # in which the closing instant is printed
    deadline = fields.JSONField[dict[str, Any]](
        default=dict, db_default="{}"
    )  # how it was computed
    absent = fields.JSONField[list[dict[str, Any]] | None](
        null=True
    )  # who was off the roll, by whose act, since when (`Absence.data`); none of before it was kept
    uneven = fields.TextField(db_default="")  # why it was put before every language was level
    closed = fields.DatetimeField(null=True)
    ended = fields.CharField(12, db_default="")  # how: declared, broken, ran_out, withdrawn
    ending = fields.IntField(null=True)  # the entry that says so
    decision: fields.BackwardOneToOneRelation[Any]  # what was decided on it, of a room above
    entry = fields.IntField()

    class Meta:
        table = "question"
        indexes = (("closed", "closes"),)


class RollCall(Model):
    """One delegation on the roll of a question, frozen when the question was put."""

    id = fields.IntField(primary_key=True)
    question: fields.ForeignKeyRelation[Question] = fields.ForeignKeyField(
        "plenary.Question", related_name="roll", db_index=True, on_delete=RESTRICT
    )
    question_id: int
    delegation: fields.ForeignKeyRelation[Delegation] = fields.ForeignKeyField(
        "plenary.Delegation", related_name="rolls", db_index=True, on_delete=RESTRICT
    )
    delegation_id: int
    represents = fields.IntField()

    class Meta:
        table = "roll_call"
        unique_together = (("question", "delegation"),)


class Answered(Model):
    """What both ledgers have in common. A later one supersedes; both stay."""

    id = fields.IntField(primary_key=True)
    version = fields.IntField()
    stance = fields.CharField(12)
    clause = fields.CharField(12, default="")
    explanation = fields.TextField(default="")
    would_join = fields.TextField(default="")
    language = fields.CharField(8)
    # How many concerns it has that are kept apart, by its entry: it is about several paragraphs.
    several = fields.IntField(db_default=0)
    entered_by = fields.CharField(60, db_default="")  # the officer who entered it from the room
    at = fields.DatetimeField()
    current = fields.BooleanField(default=True)
    entry = fields.IntField()

    class Meta:
        abstract = True


class Concern(Model):
    """What an answer that is about several paragraphs holds on one of them: why, and what would
    lift it. A position stated on behalf of others shares those of its speaker's own."""

    id = fields.IntField(primary_key=True)
    entry = fields.IntField()  # of the answer
    place = fields.IntField()  # among those of the answer, from 0
    clause = fields.CharField(12, default="")  # none: the text as a whole
    explanation = fields.TextField(default="")
    would_join = fields.TextField(default="")

    class Meta:
        table = "concern"
        unique_together = (("entry", "place"),)


class Position(Answered):
    """A Participant's answer to a question."""

    question: fields.ForeignKeyRelation[Question] = fields.ForeignKeyField(
        "plenary.Question", related_name="positions", db_index=True, on_delete=RESTRICT
    )
    question_id: int
    delegation: fields.ForeignKeyRelation[Delegation] = fields.ForeignKeyField(
        "plenary.Delegation", related_name="positions", db_index=True, on_delete=RESTRICT
    )
    delegation_id: int
    ad_referendum = fields.BooleanField(default=False)
    countersigned = fields.DatetimeField(null=True)  # when the delegation confirmed an entered one
    bloc: fields.ForeignKeyNullableRelation["Bloc"] = fields.ForeignKeyField(
        "plenary.Bloc", related_name="positions", null=True, db_index=True, on_delete=RESTRICT
    )
    bloc_id: int | None

    class Meta:
        table = "position"
        indexes = (Index(fields=("question_id", "current")),)


class View(Answered):
    """An Observer's answer: heard, in a ledger of its own, and in no count."""

    question: fields.ForeignKeyRelation[Question] = fields.ForeignKeyField(
        "plenary.Question", related_name="views", db_index=True, on_delete=RESTRICT
    )
    question_id: int
    delegation: fields.ForeignKeyRelation[Delegation] = fields.ForeignKeyField(
        "plenary.Delegation", related_name="views", db_index=True, on_delete=RESTRICT
    )
    delegation_id: int
    countersigned = fields.DatetimeField(null=True)  # when the Observer confirmed an entered one
    # By its own choice read when its question's rule of publication says; else public at once.
    follows = fields.BooleanField(db_default=True)  # as every view did before there was a choice

    class Meta:
        table = "view"
        indexes = (Index(fields=("question_id", "current")),)


class Late(Answered):
    """What came at or after the end: on the record with its time, and in no count."""

    question: fields.ForeignKeyRelation[Question] = fields.ForeignKeyField(
        "plenary.Question", related_name="late", db_index=True, on_delete=RESTRICT
    )
    question_id: int
    delegation: fields.ForeignKeyRelation[Delegation] = fields.ForeignKeyField(
        "plenary.Delegation", related_name="late", db_index=True, on_delete=RESTRICT
    )
    delegation_id: int
    follows = fields.BooleanField(db_default=True)  # an Observer chooses, as in a view

    class Meta:
        table = "late"


class TimeAsked(Model):
    """A delegation in the room asked for time before the gavel, on one version of the text."""

    id = fields.IntField(primary_key=True)
    question: fields.ForeignKeyRelation[Question] = fields.ForeignKeyField(
        "plenary.Question", related_name="time_asked", db_index=True, on_delete=RESTRICT
    )
    question_id: int
    delegation: fields.ForeignKeyRelation[Delegation] = fields.ForeignKeyField(
        "plenary.Delegation", related_name="time_asked", db_index=True, on_delete=RESTRICT
    )
    delegation_id: int
    version = fields.IntField()
    reason = fields.TextField(default="")
    language = fields.CharField(8)
    at = fields.DatetimeField()
    entry = fields.IntField()

    class Meta:
        table = "time_asked"
        unique_together = (("question", "delegation", "version"),)


class Bloc(Answered):
    """A position that one delegation states on behalf of others; each of them confirms its own."""

    question: fields.ForeignKeyRelation[Question] = fields.ForeignKeyField(
        "plenary.Question", related_name="blocs", db_index=True, on_delete=RESTRICT
    )
    question_id: int
    delegation: fields.ForeignKeyRelation[Delegation] = fields.ForeignKeyField(
        "plenary.Delegation", related_name="blocs", db_index=True, on_delete=RESTRICT
    )
    delegation_id: int
    name = fields.CharField(120, db_default="")  # the African Group
    members: fields.ReverseRelation["BlocMember"]

    class Meta:
        table = "bloc"


class BlocMember(Model):
    """A delegation that was named in a bloc's position, and whether it said yes."""

    id = fields.IntField(primary_key=True)
    bloc: fields.ForeignKeyRelation[Bloc] = fields.ForeignKeyField(
        "plenary.Bloc", related_name="members", db_index=True, on_delete=RESTRICT
    )
    bloc_id: int
    delegation: fields.ForeignKeyRelation[Delegation] = fields.ForeignKeyField(
        "plenary.Delegation", related_name="spoken_for", db_index=True, on_delete=RESTRICT
    )
    delegation_id: int
    answered = fields.DatetimeField(null=True)
    confirmed = fields.BooleanField(default=False)
    entry = fields.IntField(null=True)  # of its answer

    class Meta:
        table = "bloc_member"
        unique_together = (("bloc", "delegation"),)
