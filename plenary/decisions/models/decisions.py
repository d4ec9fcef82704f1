"""Decisions, and what links them."""

from typing import Any

from tortoise import fields
from tortoise.fields import RESTRICT
from tortoise.indexes import Index
from tortoise.models import Model

from plenary.bodies.models import Body, Words
from plenary.decisions.models.questions import Question
from plenary.proposals.models import Proposal


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
        indexes = (  # the order of the register, and what it is filtered by
            Index(fields=("date", "at", "place_in_source", "id")),
            Index(fields=("register", "date", "at", "place_in_source", "id")),
            Index(fields=("outcome", "date", "at", "place_in_source", "id")),
            Index(fields=("year",)),
        )
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
