"""Procedures, questions and rolls."""

from typing import Any

from tortoise import fields
from tortoise.fields import RESTRICT
from tortoise.models import Model

from plenary.bodies.models import Body, Delegation, Words
from plenary.proposals.models import Proposal


class Procedure(Model):
    """A way to decide that a body adopted: a name, a number, and the rule as data."""

    id = fields.IntField(primary_key=True)
    body: fields.ForeignKeyRelation[Body] = fields.ForeignKeyField(
        "plenary.Body", related_name="procedures", db_index=True, on_delete=RESTRICT
    )
    key = fields.CharField(40)  # silence, written, vote …: what a question asks for
    number = fields.IntField()  # 1, 2, …: a later one takes its place, old questions keep theirs
    names = fields.JSONField[Words]()
    terms = fields.JSONField[dict[str, Any]]()  # kind, rule, window, …: decisions.procedures
    decision = fields.CharField(120, db_default="")  # the symbol that adopted it
    since = fields.DateField()
    entry = fields.IntField()

    class Meta:
        table = "procedure"
        unique_together = (("body", "key", "number"),)


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
    procedure = fields.JSONField[dict[str, Any]]()  # kind and terms, as they were when it was put
    publication = fields.CharField(8)  # now, decided, never: kept, so that it cannot change later
    put_by = fields.CharField(60)
    meeting = fields.CharField(80, db_default="")  # the address of the meeting it was put in
    opens = fields.DatetimeField()
    closes = fields.DatetimeField(null=True)  # the exact instant; none: until the Chair declares
    zone = fields.CharField(60, db_default="UTC")  # in which the closing instant is printed
    deadline = fields.JSONField[dict[str, Any]](
        default=dict, db_default="{}"
    )  # how it was computed
    uneven = fields.TextField(db_default="")  # why it was put before every language was level
    closed = fields.DatetimeField(null=True)
    ended = fields.CharField(12, db_default="")  # how: declared, broken, ran_out, withdrawn
    ending = fields.IntField(null=True)  # the entry that says so
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
    delegation: fields.ForeignKeyRelation[Delegation] = fields.ForeignKeyField(
        "plenary.Delegation", related_name="rolls", db_index=True, on_delete=RESTRICT
    )
    represents = fields.IntField()

    class Meta:
        table = "roll_call"
        unique_together = (("question", "delegation"),)
