"""Proposals, their versions clause by clause, translations, sponsors and comments."""

from typing import Any

from tortoise import fields
from tortoise.fields import RESTRICT
from tortoise.indexes import Index

from plenary.bodies.models import Body, Delegation, Words
from plenary.db.model import Model

LONGEST_SYMBOL = 60  # characters


class Cycle(Model):
    """A reform cycle: a span of years with a mandate. Its length is data."""

    id = fields.IntField(primary_key=True)
    key = fields.CharField(20, unique=True)
    names = fields.JSONField[Words]()
    begins = fields.IntField()  # year
    ends = fields.IntField()

    class Meta:
        table = "cycle"


class Proposal(Model):
    id = fields.IntField(primary_key=True)
    year = fields.IntField()
    number = fields.IntField()
    symbol = fields.CharField(LONGEST_SYMBOL, unique=True)
    theme = fields.CharField(80)
    matter = fields.CharField(20, db_default="text")  # which procedures may decide it
    party = fields.CharField(12, db_default="")  # code of the delegation concerned, where there is
    title = fields.JSONField[Words]()
    sense = fields.JSONField[Words]()  # one neutral sentence
    original = fields.CharField(8)  # the language it is negotiated in
    stage = fields.CharField(20)
    held = fields.BooleanField(db_default=False)  # no new version while its question is open
    body: fields.ForeignKeyRelation[Body] = fields.ForeignKeyField(
        "plenary.Body", related_name="proposals", db_index=True, on_delete=RESTRICT
    )
    body_id: int
    cycle: fields.ForeignKeyNullableRelation[Cycle] = fields.ForeignKeyField(
        "plenary.Cycle", related_name="proposals", null=True, db_index=True, on_delete=RESTRICT
    )
    cycle_id: int | None
    author = fields.CharField(60)  # delegation:AO, chair:reform, secretariat
    newest = fields.IntField(default=0)  # number of the newest version
    keys = fields.JSONField[list[str]](default=list)  # every clause key ever used
    comments_made = fields.IntField(default=0)
    sample = fields.BooleanField(default=False)
    versions: fields.ReverseRelation["Version"]
    tabled = fields.DatetimeField(null=True)  # until then its draft readers read it
    at = fields.DatetimeField()
    changed = fields.DatetimeField()

    class Meta:
        table = "proposal"
        indexes = (Index(fields=("stage", "year")),)
        unique_together = (("year", "number"),)


class Sponsor(Model):
    """A delegation under a text, as its author or its sponsor."""

    id = fields.IntField(primary_key=True)
    proposal: fields.ForeignKeyRelation[Proposal] = fields.ForeignKeyField(
        "plenary.Proposal", related_name="sponsors", db_index=True, on_delete=RESTRICT
    )
    proposal_id: int
    delegation: fields.ForeignKeyRelation[Delegation] = fields.ForeignKeyField(
        "plenary.Delegation", related_name="sponsored", db_index=True, on_delete=RESTRICT
    )
    delegation_id: int
    role = fields.CharField(12, db_default="sponsor")  # author, sponsor
    state = fields.CharField(12, db_default="stands")  # asked, stands, left, declined
    # The versions that its name stands over: it wrote each, joined on it, or confirmed it.
    versions = fields.JSONField[list[int]](default=list, db_default="[]")
    agreed = fields.IntField(db_default=0)  # an author: the version that it would withdraw
    entry = fields.IntField()  # the last act that moved it

    class Meta:
        table = "sponsor"
        unique_together = (("proposal", "delegation"),)


class DraftReader(Model):
    """Who reads a draft: its authors, and whomever they chose. It stays when it is tabled, for
    what was said on the draft is theirs still."""

    id = fields.IntField(primary_key=True)
    proposal: fields.ForeignKeyRelation[Proposal] = fields.ForeignKeyField(
        "plenary.Proposal", related_name="draft_readers", db_index=True, on_delete=RESTRICT
    )
    proposal_id: int
    reader = fields.CharField(60, db_index=True)  # delegation:BW, chair:monitoring, secretariat
    entry = fields.IntField()  # that made them one

    class Meta:
        table = "draft_reader"
        unique_together = (("proposal", "reader"),)


class Version(Model):
    """An immutable, numbered text. A new text is a new version."""

    id = fields.IntField(primary_key=True)
    proposal: fields.ForeignKeyRelation[Proposal] = fields.ForeignKeyField(
        "plenary.Proposal", related_name="versions", db_index=True, on_delete=RESTRICT
    )
    proposal_id: int
    number = fields.IntField()
    issued_by = fields.CharField(60)
    hand = fields.CharField(12, db_default="")  # chair, body: not its authors' (authorship.Hand)
    note = fields.JSONField[Words](default=dict)
    fingerprint = fields.CharField(64)  # SHA-256 of the plain text in the original language
    step = fields.JSONField[dict[str, Any]](default=dict, db_default="{}")  # from the one before
    brackets = fields.IntField(default=0)
    at = fields.DatetimeField()
    entry = fields.IntField()

    class Meta:
        table = "version"
        indexes = (Index(fields=("fingerprint",)),)  # whether a copy is true
        unique_together = (("proposal", "number"),)


class ClauseText(Model):
    """One clause of one version, in the original language. `key` survives versions."""

    id = fields.IntField(primary_key=True)
    version: fields.ForeignKeyRelation[Version] = fields.ForeignKeyField(
        "plenary.Version", related_name="clauses", db_index=True, on_delete=RESTRICT
    )
    version_id: int
    key = fields.CharField(12)
    kind = fields.CharField(12)
    number = fields.IntField(null=True)
    place = fields.IntField()
    text = fields.TextField()

    class Meta:
        table = "clause_text"
        unique_together = (("version", "key"), ("version", "place"))


class Translation(Model):
    """One clause of one version in another language; a later one supersedes, both are kept."""

    id = fields.IntField(primary_key=True)
    version: fields.ForeignKeyRelation[Version] = fields.ForeignKeyField(
        "plenary.Version", related_name="translations", db_index=True, on_delete=RESTRICT
    )
    version_id: int
    key = fields.CharField(12)
    language = fields.CharField(8)
    text = fields.TextField()
    authentic = fields.BooleanField(db_default=False)  # else a courtesy
    by = fields.CharField(60)
    at = fields.DatetimeField()
    entry = fields.IntField()

    class Meta:
        table = "translation"


class Comment(Model):
    """What a delegation says of a clause or of the whole. Never changed, never removed.

    Made on a draft it is read by that draft's readers, and gets its number when its author
    publishes it (`plenary.proposals.comments`).
    """

    id = fields.IntField(primary_key=True)
    proposal: fields.ForeignKeyRelation[Proposal] = fields.ForeignKeyField(
        "plenary.Proposal", related_name="comments", db_index=True, on_delete=RESTRICT
    )
    proposal_id: int
    number = fields.IntField(null=True)  # none: not published
    # Made on a draft: `:chosen`, for whom its authors show it to; the key of a body, before they
    # chose, for all who read that body's drafts then. Empty: on no draft.
    readers = fields.CharField(60, db_default="")
    published = fields.DatetimeField(null=True)  # by its author; none: it was public from the first
    version = fields.IntField()  # the version it was made on
    clause = fields.CharField(12, default="")  # empty: the whole text
    delegation: fields.ForeignKeyNullableRelation[Delegation] = fields.ForeignKeyField(
        "plenary.Delegation", related_name="comments", null=True, db_index=True, on_delete=RESTRICT
    )
    delegation_id: int | None
    by = fields.CharField(60)  # delegation:AO, chair:plenary, secretariat
    text = fields.TextField()
    language = fields.CharField(8)
    at = fields.DatetimeField()
    entry = fields.IntField()

    class Meta:
        table = "comment"
        unique_together = (("proposal", "number"),)
