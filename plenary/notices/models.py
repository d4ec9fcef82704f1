"""Notices: what was told to whom, once."""

from tortoise import fields
from tortoise.fields import RESTRICT

from plenary.db.model import Model
from plenary.decisions.models import FollowUp
from plenary.people.models import Person
from plenary.questions.models import Question

ENTRY = "entry:"  # how the key of a notice begins that tells of an entry


class Installation(Model):
    """The one row that tells this installation from every other: a random key, made once."""

    id = fields.IntField(primary_key=True)
    key = fields.CharField(32)

    class Meta:
        table = "installation"


class Notice(Model):
    """One message to one person about a question or a follow-up; the same is never queued twice."""

    id = fields.IntField(primary_key=True)
    question: fields.ForeignKeyNullableRelation[Question] = fields.ForeignKeyField(
        "plenary.Question", related_name="notices", null=True, db_index=True, on_delete=RESTRICT
    )
    question_id: int | None
    follow_up: fields.ForeignKeyNullableRelation[FollowUp] = fields.ForeignKeyField(
        "plenary.FollowUp", related_name="notices", null=True, db_index=True, on_delete=RESTRICT
    )
    follow_up_id: int | None
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "plenary.Person", related_name="notices", db_index=True, on_delete=RESTRICT
    )
    person_id: int
    key = fields.CharField(120)  # question:7 two_hours 2019-11-21T12:30:00.000Z
    name = fields.CharField(24)  # opened, half, day, two_hours, broken, adopted, …
    due = fields.DatetimeField()  # when there was a reason to send it
    queued = fields.DatetimeField()
    again = fields.DatetimeField()  # not to be tried before
    attempts = fields.IntField(default=0)
    sent = fields.DatetimeField(null=True)
    ended = fields.DatetimeField(null=True)  # no news any more: it stays unsent
    # Why the last attempt failed: away (no mail server answered), refused (it took no letter to
    # this address); empty while none has failed or one is under way.
    failed = fields.CharField(12, db_default="")

    @property
    def entry(self) -> int | None:
        """The number of the entry that it tells of, where it tells of one."""
        return int(self.key.removeprefix(ENTRY)) if self.key.startswith(ENTRY) else None

    class Meta:
        table = "notice"
        unique_together = (("key", "person"),)
        indexes = (("sent", "again"),)
