"""Positions and views in two ledgers, what came late, and what was said for others."""

from tortoise import fields
from tortoise.fields import RESTRICT
from tortoise.indexes import Index
from tortoise.models import Model

from plenary.bodies.models import Delegation
from plenary.decisions.models.questions import Question


class Answered(Model):
    """What both ledgers have in common. A later one supersedes; both stay."""

    id = fields.IntField(primary_key=True)
    version = fields.IntField()
    stance = fields.CharField(12)
    clause = fields.CharField(12, default="")
    explanation = fields.TextField(default="")
    would_join = fields.TextField(default="")
    language = fields.CharField(8)
    entered_by = fields.CharField(60, db_default="")  # the officer who entered it from the room
    at = fields.DatetimeField()
    current = fields.BooleanField(default=True)
    entry = fields.IntField()

    class Meta:
        abstract = True


class Position(Answered):
    """A Participant's answer to a question."""

    question: fields.ForeignKeyRelation[Question] = fields.ForeignKeyField(
        "plenary.Question", related_name="positions", db_index=True, on_delete=RESTRICT
    )
    delegation: fields.ForeignKeyRelation[Delegation] = fields.ForeignKeyField(
        "plenary.Delegation", related_name="positions", db_index=True, on_delete=RESTRICT
    )
    ad_referendum = fields.BooleanField(default=False)
    countersigned = fields.DatetimeField(null=True)  # when the delegation confirmed an entered one
    bloc: fields.ForeignKeyNullableRelation["Bloc"] = fields.ForeignKeyField(
        "plenary.Bloc", related_name="positions", null=True, db_index=True, on_delete=RESTRICT
    )

    class Meta:
        table = "position"
        indexes = (Index(fields=("question_id", "current")),)


class View(Answered):
    """An Observer's answer: heard, in a ledger of its own, and in no count."""

    question: fields.ForeignKeyRelation[Question] = fields.ForeignKeyField(
        "plenary.Question", related_name="views", db_index=True, on_delete=RESTRICT
    )
    delegation: fields.ForeignKeyRelation[Delegation] = fields.ForeignKeyField(
        "plenary.Delegation", related_name="views", db_index=True, on_delete=RESTRICT
    )
    countersigned = fields.DatetimeField(null=True)  # when the Observer confirmed an entered one

    class Meta:
        table = "view"
        indexes = (Index(fields=("question_id", "current")),)


class Late(Answered):
    """What came at or after the end: on the record with its time, and in no count."""

    question: fields.ForeignKeyRelation[Question] = fields.ForeignKeyField(
        "plenary.Question", related_name="late", db_index=True, on_delete=RESTRICT
    )
    delegation: fields.ForeignKeyRelation[Delegation] = fields.ForeignKeyField(
        "plenary.Delegation", related_name="late", db_index=True, on_delete=RESTRICT
    )

    class Meta:
        table = "late"


class Bloc(Answered):
    """A position that one delegation states on behalf of others; each of them confirms its own."""

    question: fields.ForeignKeyRelation[Question] = fields.ForeignKeyField(
        "plenary.Question", related_name="blocs", db_index=True, on_delete=RESTRICT
    )
    delegation: fields.ForeignKeyRelation[Delegation] = fields.ForeignKeyField(
        "plenary.Delegation", related_name="blocs", db_index=True, on_delete=RESTRICT
    )
    name = fields.CharField(120, db_default="")  # the African Group

    class Meta:
        table = "bloc"


class BlocMember(Model):
    """A delegation that was named in a bloc's position, and whether it said yes."""

    id = fields.IntField(primary_key=True)
    bloc: fields.ForeignKeyRelation[Bloc] = fields.ForeignKeyField(
        "plenary.Bloc", related_name="members", db_index=True, on_delete=RESTRICT
    )
    delegation: fields.ForeignKeyRelation[Delegation] = fields.ForeignKeyField(
        "plenary.Delegation", related_name="spoken_for", db_index=True, on_delete=RESTRICT
    )
    answered = fields.DatetimeField(null=True)
    confirmed = fields.BooleanField(default=False)
    entry = fields.IntField(null=True)  # of its answer

    class Meta:
        table = "bloc_member"
        unique_together = (("bloc", "delegation"),)
