"""What the record keeps: entries, payloads, the tree, the one head, and receipts."""

from tortoise import fields
from tortoise.indexes import Index

from plenary.db.model import Model


class Head(Model):
    """The one row that every writer locks first: how long the record is, and its root."""

    id = fields.IntField(primary_key=True)
    size = fields.IntField(default=0)
    root = fields.CharField(64)
    peaks = fields.JSONField[list[str]]()  # complete subtrees, largest first, hex
    at = fields.DatetimeField()

    class Meta:
        table = "head"


class Entry(Model):
    """One act, for ever. The columns beside `written` are copies of it, to search by."""

    n = fields.IntField(primary_key=True, generated=False)
    written = fields.BinaryField()
    leaf = fields.CharField(64)
    type = fields.CharField(40, db_index=True)
    topic = fields.CharField(120, db_index=True)
    actor = fields.CharField(120)
    at = fields.DatetimeField(db_index=True)
    payload = fields.CharField(71, default="")
    # Names the question whose rule of publication decides who may read this entry; empty: public.
    veil = fields.CharField(60, default="", db_index=True)

    class Meta:
        table = "entry"
        indexes = (
            Index(fields=("actor", "type", "n")),  # how much one of them has written
            Index(fields=("topic", "n")),  # the log of one matter
        )


class Payload(Model):
    """Free text and names, kept apart so that redaction changes no leaf and no root."""

    commitment = fields.CharField(71, primary_key=True)
    salt = fields.BinaryField()
    content = fields.BinaryField()

    class Meta:
        table = "payload"


class Redaction(Model):
    """A payload that an order on the record took away; its entry, leaf and place stay."""

    id = fields.IntField(primary_key=True)
    entry = fields.IntField(unique=True)  # whose payload it was
    commitment = fields.CharField(71, unique=True)
    order = fields.IntField(db_index=True)  # the entry that ordered it
    mark = fields.CharField(120)  # what stands in the place of its words: plenary.texts.removed

    class Meta:
        table = "redaction"


class Node(Model):
    """A complete subtree of the record, for proofs in a few reads."""

    id = fields.IntField(primary_key=True)
    level = fields.IntField()
    place = fields.IntField()
    hash = fields.CharField(64)

    class Meta:
        table = "node"
        unique_together = (("level", "place"),)


class Receipt(Model):
    """What someone is given for an act, and what makes the same act sent twice one act."""

    code = fields.CharField(12, primary_key=True)
    entry = fields.IntField(unique=True)
    key = fields.CharField(64, unique=True, null=True)  # SHA-256 of who sent it and the form's key
    content = fields.CharField(64, db_default="")  # SHA-256 of what was sent with that key
    topic = fields.CharField(120)
    path = fields.CharField(200)  # where the thing can be read

    class Meta:
        table = "receipt"
