"""What stands beside a decision: statements, notes of correction, and what is to be done."""

from hashlib import sha256

from tortoise import fields
from tortoise.fields import RESTRICT
from tortoise.models import Model

from plenary.bodies.models import Body, Delegation, Words
from plenary.decisions.models.decisions import Decision


class Statement(Model):
    """What a delegation wants printed with a decision; numbered in the order of arrival."""

    id = fields.IntField(primary_key=True)
    decision: fields.ForeignKeyRelation[Decision] = fields.ForeignKeyField(
        "plenary.Decision", related_name="statements", db_index=True, on_delete=RESTRICT
    )
    delegation: fields.ForeignKeyRelation[Delegation] = fields.ForeignKeyField(
        "plenary.Delegation", related_name="statements", db_index=True, on_delete=RESTRICT
    )
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
    number = fields.IntField()
    delegation: fields.ForeignKeyNullableRelation[Delegation] = fields.ForeignKeyField(
        "plenary.Delegation", related_name="corrections", null=True, db_index=True,
        on_delete=RESTRICT,
    )  # fmt: skip
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
    number = fields.IntField()
    kind = fields.CharField(16)  # action, recommendation (of a peer review)
    text = fields.JSONField[Words]()
    clause = fields.CharField(12, db_default="")
    delegation: fields.ForeignKeyNullableRelation[Delegation] = fields.ForeignKeyField(
        "plenary.Delegation", related_name="to_do", null=True, db_index=True, on_delete=RESTRICT
    )
    body: fields.ForeignKeyNullableRelation[Body] = fields.ForeignKeyField(
        "plenary.Body", related_name="to_do", null=True, db_index=True, on_delete=RESTRICT
    )
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
    status = fields.CharField(12)
    note = fields.TextField(default="")
    language = fields.CharField(8)
    by = fields.CharField(60)
    at = fields.DatetimeField()
    entry = fields.IntField()

    class Meta:
        table = "progress"
