"""Throwaway models: a question with positions, and a table that only grows."""

from tortoise import fields
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.models import Model


class Question(Model):
    id = fields.IntField(primary_key=True)
    title = fields.CharField(200, db_index=True)
    status = fields.CharField(20, db_default="open")
    round = fields.IntField(db_default=1)

    class Meta:
        table = "question"
        unique_together = (("title", "round"),)
        constraints = (
            CheckConstraint(check="status IN ('open', 'closed')", name="question_status"),
        )


class Position(Model):
    id = fields.IntField(primary_key=True)
    question: fields.ForeignKeyRelation[Question] = fields.ForeignKeyField(
        "plenary.Question", related_name="positions", db_index=True
    )
    delegation = fields.CharField(12)
    stance = fields.CharField(20)
    current = fields.BooleanField(db_default=True)

    class Meta:
        table = "position"
        constraints = (
            CheckConstraint(check="stance <> ''", name="position_stance"),
            UniqueConstraint(
                fields=("question", "delegation"), condition='"current"', name="position_current"
            ),
        )


class Act(Model):
    n = fields.IntField(primary_key=True)
    said = fields.TextField()
    hidden = fields.BooleanField(db_default=False)

    class Meta:
        table = "act"


class Tally(Model):
    """A number that two processes raise."""

    id = fields.IntField(primary_key=True)
    value = fields.IntField(db_default=0)

    class Meta:
        table = "tally"
