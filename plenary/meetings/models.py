"""Meetings: where and when a body sits, and what its communiqué says."""

from typing import Any

from tortoise import fields
from tortoise.fields import RESTRICT

from plenary.bodies.models import Body, Words
from plenary.db.model import Model
from plenary.decisions.models import Decision


class Meeting(Model):
    id = fields.IntField(primary_key=True)
    slug = fields.CharField(80, unique=True)
    names = fields.JSONField[Words]()
    body: fields.ForeignKeyRelation[Body] = fields.ForeignKeyField(
        "plenary.Body", related_name="meetings", db_index=True, on_delete=RESTRICT
    )
    body_id: int
    place = fields.JSONField[Words]()
    zone = fields.CharField(60)
    begins = fields.DatetimeField()
    ends = fields.DatetimeField()
    agenda = fields.JSONField[list[dict[str, Any]]](default=list)
    note = fields.JSONField[Words](default=dict)
    sample = fields.BooleanField(default=False)
    entry = fields.IntField()

    class Meta:
        table = "meeting"


class Communique(Model):
    """The communiqué of a meeting: a draft until it is issued, and then as it was issued."""

    id = fields.IntField(primary_key=True)
    meeting: fields.OneToOneRelation[Meeting] = fields.OneToOneField(
        "plenary.Meeting", related_name="communique", on_delete=RESTRICT
    )
    meeting_id: int
    status = fields.CharField(12)  # draft, issued
    issued = fields.DatetimeField(null=True)
    fingerprint = fields.JSONField[Words](default=dict)  # language -> SHA-256 of the plain text
    changed = fields.DatetimeField()
    entry = fields.IntField()

    class Meta:
        table = "communique"


class Paragraph(Model):
    """One paragraph of a communiqué, and the fact it was written from."""

    id = fields.IntField(primary_key=True)
    communique: fields.ForeignKeyRelation[Communique] = fields.ForeignKeyField(
        "plenary.Communique", related_name="paragraphs", db_index=True, on_delete=RESTRICT
    )
    communique_id: int
    place = fields.IntField()
    kind = fields.CharField(16)  # opening, decision, pending, closing, free
    decision: fields.ForeignKeyNullableRelation[Decision] = fields.ForeignKeyField(
        "plenary.Decision",
        related_name="paragraphs",
        null=True,
        db_index=True,
        on_delete=RESTRICT,
    )
    decision_id: int | None
    proposal = fields.CharField(60, default="")  # the symbol of one that is still on the table
    fact = fields.JSONField[dict[str, Any]](default=dict)  # as it was when this was written
    text = fields.JSONField[Words]()
    edited = fields.BooleanField(default=False)
    dropped = fields.BooleanField(default=False)
    changed = fields.DatetimeField()

    class Meta:
        table = "paragraph"
