"""Who signs in. A person never holds a position; a delegation does."""

from typing import Any

from tortoise import fields
from tortoise.fields import RESTRICT

from plenary.db.model import Model


class Person(Model):
    id = fields.IntField(primary_key=True)
    email = fields.CharField(254, unique=True)  # lower case
    name = fields.CharField(200)
    language = fields.CharField(8, default="en")
    created = fields.DatetimeField()
    accreditations: fields.ReverseRelation[Any]  # for whom it speaks, of a room above

    class Meta:
        table = "person"


class SignInLink(Model):
    """A one-use link: kept as a hash, bound to the browser that asked, short of life."""

    id = fields.IntField(primary_key=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "plenary.Person", related_name="links", db_index=True, on_delete=RESTRICT
    )
    person_id: int
    token = fields.CharField(64, unique=True)  # SHA-256
    # SHA-256 of the asking browser's cookie; empty: the operator's
    browser = fields.CharField(64, db_index=True)
    expires = fields.DatetimeField()
    used = fields.DatetimeField(null=True)

    class Meta:
        table = "sign_in_link"


class Session(Model):
    """A browser signed in. The cookie holds a signed random id, the table only its hash."""

    id = fields.IntField(primary_key=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "plenary.Person", related_name="sessions", db_index=True, on_delete=RESTRICT
    )
    person_id: int
    token = fields.CharField(64, unique=True)  # SHA-256
    agent = fields.CharField(200)
    created = fields.DatetimeField()
    seen = fields.DatetimeField()
    expires = fields.DatetimeField()
    revoked = fields.DatetimeField(null=True)

    class Meta:
        table = "session"


class Tally(Model):
    """Tries within a window, under a keyed hash of what was tried: counted, never read."""

    id = fields.IntField(primary_key=True)
    who = fields.CharField(64, unique=True)
    since = fields.DatetimeField(db_index=True)  # when the window began
    used = fields.IntField()

    class Meta:
        table = "tally"


class SetAside(Model):
    """A form as it was sent by somebody who was not signed in: it comes back once they are.

    No act and no record: it is forgotten after some hours, and earlier where its network, or its
    sender if it is somebody whom we know, has sent too many.
    """

    id = fields.IntField(primary_key=True)
    token = fields.CharField(64, unique=True)  # SHA-256
    path = fields.CharField(500)
    query = fields.CharField(500)
    typed = fields.JSONField[dict[str, str]]()
    at = fields.DatetimeField(db_index=True)
    sender = fields.CharField(64, db_default="")  # a keyed hash of the network, or of the person
    site = fields.CharField(64, db_default="")  # of the wider network; none: its sender's alone
    known = fields.BooleanField(db_default=False, db_index=True)  # a person, and no stranger

    class Meta:
        table = "set_aside"
