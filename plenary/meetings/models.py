"""Meetings: where and when a body sits."""

from typing import Any

from tortoise import fields
from tortoise.fields import RESTRICT
from tortoise.models import Model

from plenary.bodies.models import Body, Words


class Meeting(Model):
    id = fields.IntField(primary_key=True)
    slug = fields.CharField(80, unique=True)
    names = fields.JSONField[Words]()
    body: fields.ForeignKeyRelation[Body] = fields.ForeignKeyField(
        "plenary.Body", related_name="meetings", db_index=True, on_delete=RESTRICT
    )
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
