"""The procedures that a body adopted, each with its rule as data."""

from typing import Any

from tortoise import fields
from tortoise.fields import RESTRICT

from plenary.bodies.models import Body, Words
from plenary.db.model import Model


class Procedure(Model):
    """A way to decide that a body adopted: a name, a number, and the rule as data."""

    id = fields.IntField(primary_key=True)
    body: fields.ForeignKeyRelation[Body] = fields.ForeignKeyField(
        "plenary.Body", related_name="procedures", db_index=True, on_delete=RESTRICT
    )
    body_id: int
    key = fields.CharField(40)  # silence, written, vote …: what a question asks for
    number = fields.IntField()  # 1, 2, …: a later one takes its place, old questions keep theirs
    names = fields.JSONField[Words]()
    terms = fields.JSONField[dict[str, Any]]()  # kind, rule, window, …: read by procedures.terms
    ground = fields.CharField(12, db_default="decision")  # or founding, or before (see rules)
    authority = fields.CharField(300, db_default="")  # of a founding: on whose, in words
    decision = fields.CharField(120, db_default="")  # the symbol that adopted it
    since = fields.DateField()
    entry = fields.IntField(null=True)  # none: it was in force before rules were adopted
    until = fields.DateField(null=True)  # the first day on which it is no longer in force
    ended_by = fields.CharField(120, db_default="")  # the symbol that ended it
    ending = fields.IntField(null=True)  # the entry that says so

    class Meta:
        table = "procedure"
        unique_together = (("body", "key", "number"),)
