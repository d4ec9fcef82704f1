"""Delegations and their standing, bodies as a tree, seats, officers, accreditations."""

from tortoise import fields
from tortoise.expressions import Q
from tortoise.fields import RESTRICT

from plenary.db.model import Model
from plenary.people.models import Person

Words = dict[str, str]  # language -> text


class Delegation(Model):
    """The party that holds a seat, a position and a name on the record."""

    id = fields.IntField(primary_key=True)
    code = fields.CharField(12, unique=True)  # BW, EU, WDC
    slug = fields.CharField(80, unique=True)
    kind = fields.CharField(12)  # participant, observer, applicant, guest
    constituency = fields.CharField(20, default="")  # industry, civil_society, independent
    represents = fields.IntField(default=1)  # states spoken for
    names = fields.JSONField[Words]()
    members = fields.JSONField[list[Words]](default=list)  # the states behind a regional body
    admitted = fields.CharField(10, default="")
    note = fields.JSONField[Words](default=dict)
    source = fields.TextField(default="")
    confidence = fields.CharField(80, default="")

    class Meta:
        table = "delegation"


class Spell(Model):
    """A Participant's standing from one day to another, and the decision that made it so."""

    id = fields.IntField(primary_key=True)
    delegation: fields.ForeignKeyRelation[Delegation] = fields.ForeignKeyField(
        "plenary.Delegation", related_name="spells", db_index=True, on_delete=RESTRICT
    )
    delegation_id: int
    standing = fields.CharField(12)  # active, provisional, suspended
    since = fields.DateField()
    until = fields.DateField(null=True)  # the first day on which it no longer holds
    decision = fields.CharField(120, default="")  # symbol
    entry = fields.IntField()

    class Meta:
        table = "spell"


class Body(Model):
    id = fields.IntField(primary_key=True)
    key = fields.CharField(60, unique=True)
    symbol = fields.CharField(20)  # the root's begins every symbol: KP
    names = fields.JSONField[Words]()
    organisation = fields.JSONField[Words](default=dict)  # the root's only: whose Plenary it is
    sample = fields.BooleanField(default=False)  # the root's only: everything here is a sample
    numbering = fields.IntField(null=True)  # the root's only: the year of symbols, if not this year
    mandate = fields.JSONField[Words](default=dict)
    parent: fields.ForeignKeyNullableRelation["Body"] = fields.ForeignKeyField(
        "plenary.Body", related_name="children", null=True, db_index=True, on_delete=RESTRICT
    )
    parent_id: int | None
    zone = fields.CharField(60, default="UTC")
    place = fields.JSONField[Words](default=dict)
    source = fields.TextField(default="")
    as_of = fields.JSONField[Words](default=dict)  # how old the source is, where it matters
    interim_days = fields.IntField(default=30, db_default=30)  # an interim measure's most

    class Meta:
        table = "body"


class Competence(Model):
    """A body below the Plenary decides on a matter, by a decision of its parent."""

    id = fields.IntField(primary_key=True)
    body: fields.ForeignKeyRelation[Body] = fields.ForeignKeyField(
        "plenary.Body", related_name="competences", db_index=True, on_delete=RESTRICT
    )
    body_id: int
    matter = fields.CharField(16)
    decision = fields.CharField(120)  # by which the parent gave it: symbol or address
    ended = fields.IntField(null=True)  # the entry by which the parent took it back
    ended_by = fields.CharField(120, db_default="")  # the decision by which it did
    entry = fields.IntField()

    class Meta:
        table = "competence"


class Symbol(Model):
    """How a text is called. One key for all that looks the same; its address never moves."""

    id = fields.IntField(primary_key=True)
    key = fields.CharField(160, unique=True)  # as plenary.texts.symbols.key_of makes it
    symbol = fields.CharField(120)
    path = fields.CharField(255)

    class Meta:
        table = "symbol"


class Seat(Model):
    id = fields.IntField(primary_key=True)
    body: fields.ForeignKeyRelation[Body] = fields.ForeignKeyField(
        "plenary.Body", related_name="seats", db_index=True, on_delete=RESTRICT
    )
    body_id: int
    delegation: fields.ForeignKeyRelation[Delegation] = fields.ForeignKeyField(
        "plenary.Delegation", related_name="seats", db_index=True, on_delete=RESTRICT
    )
    delegation_id: int
    kind = fields.CharField(12)  # member, provisional, observer
    since = fields.DateField()
    until = fields.DateField(null=True)
    source = fields.TextField(default="")
    entry = fields.IntField()

    class Meta:
        table = "seat"


class Officer(Model):
    """An office of a body, held for a term by a delegation, a person, or both."""

    id = fields.IntField(primary_key=True)
    body: fields.ForeignKeyRelation[Body] = fields.ForeignKeyField(
        "plenary.Body", related_name="officers", db_index=True, on_delete=RESTRICT
    )
    body_id: int
    office = fields.CharField(24)  # chair, vice_chair, secretariat, regional_coordinator
    delegation: fields.ForeignKeyNullableRelation[Delegation] = fields.ForeignKeyField(
        "plenary.Delegation", related_name="offices", null=True, db_index=True, on_delete=RESTRICT
    )
    delegation_id: int | None
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "plenary.Person", related_name="offices", null=True, db_index=True, on_delete=RESTRICT
    )
    person_id: int | None
    since = fields.DateField()
    until = fields.DateField(null=True)
    source = fields.TextField(default="")
    entry = fields.IntField()

    class Meta:
        table = "officer"


# The office that administers: the secretariat of the root body, and of no other.
KEEPS_THE_RECORD = Q(office="secretariat", body__parent_id=None)


class Accreditation(Model):
    """A person speaks for a delegation from a day to a day."""

    id = fields.IntField(primary_key=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "plenary.Person", related_name="accreditations", db_index=True, on_delete=RESTRICT
    )
    person_id: int
    delegation: fields.ForeignKeyRelation[Delegation] = fields.ForeignKeyField(
        "plenary.Delegation", related_name="accreditations", db_index=True, on_delete=RESTRICT
    )
    delegation_id: int
    role = fields.CharField(12)  # head, alternate, delegate, adviser
    since = fields.DateField()
    until = fields.DateField(null=True)
    entry = fields.IntField()

    class Meta:
        table = "accreditation"


class Holiday(Model):
    """A day on which a body's working days do not count. A question freezes the list it found."""

    id = fields.IntField(primary_key=True)
    body: fields.ForeignKeyRelation[Body] = fields.ForeignKeyField(
        "plenary.Body", related_name="holidays", db_index=True, on_delete=RESTRICT
    )
    body_id: int
    day = fields.DateField()
    names = fields.JSONField[Words]()
    entry = fields.IntField()

    class Meta:
        table = "holiday"
        unique_together = (("body", "day"),)


class Credential(Model):
    """How a delegation's credentials stand for one meeting of a body."""

    id = fields.IntField(primary_key=True)
    body: fields.ForeignKeyRelation[Body] = fields.ForeignKeyField(
        "plenary.Body", related_name="credentials", db_index=True, on_delete=RESTRICT
    )
    body_id: int
    meeting = fields.CharField(80)  # its address
    delegation: fields.ForeignKeyRelation[Delegation] = fields.ForeignKeyField(
        "plenary.Delegation", related_name="credentials", db_index=True, on_delete=RESTRICT
    )
    delegation_id: int
    status = fields.CharField(12)  # presented, accepted, refused
    until = fields.DateField(null=True)  # of a refusal: the first day on which it no longer holds
    note = fields.CharField(240, default="")
    at = fields.DatetimeField()
    entry = fields.IntField()

    class Meta:
        table = "credential"
        unique_together = (("meeting", "delegation"),)


class Presence(Model):
    """A delegation is in the room of a meeting, from when to when."""

    id = fields.IntField(primary_key=True)
    body: fields.ForeignKeyRelation[Body] = fields.ForeignKeyField(
        "plenary.Body", related_name="presences", db_index=True, on_delete=RESTRICT
    )
    body_id: int
    meeting = fields.CharField(80)
    delegation: fields.ForeignKeyRelation[Delegation] = fields.ForeignKeyField(
        "plenary.Delegation", related_name="presences", db_index=True, on_delete=RESTRICT
    )
    delegation_id: int
    arrived = fields.DatetimeField()
    left = fields.DatetimeField(null=True)
    entry = fields.IntField()

    class Meta:
        table = "presence"


class Measure(Model):
    """What was done about a delegation's place or access: by whom, on what ground, until when.

    Its place: a standing, a seat, credentials, its admission. Its access: a document, a sitting, a
    badge or a visa refused, the floor cut.
    """

    id = fields.IntField(primary_key=True)
    delegation: fields.ForeignKeyRelation[Delegation] = fields.ForeignKeyField(
        "plenary.Delegation", related_name="measures", db_index=True, on_delete=RESTRICT
    )
    delegation_id: int
    body: fields.ForeignKeyNullableRelation[Body] = fields.ForeignKeyField(
        "plenary.Body", related_name="measures", null=True, db_index=True, on_delete=RESTRICT
    )
    body_id: int | None
    kind = fields.CharField(16)  # standing, seat, seat_ended, credentials, admission, document…
    value = fields.CharField(16, default="")  # suspended, active…; member, observer…; refused
    meeting = fields.CharField(80, default="")  # its address, where it is about one
    since = fields.DateField()
    until = fields.DateField(null=True)  # the first day on which it no longer holds
    decision = fields.CharField(210, default="")  # that it rests on: its symbol or its address
    path = fields.CharField(255, default="")  # of that decision's page
    office = fields.CharField(70, default="")  # that took it: an interim one, or one of access
    ground = fields.TextField(default="")
    language = fields.CharField(8, default="en")  # of the ground
    by = fields.CharField(70)  # who entered it: the office, or of its access the delegation itself
    at = fields.DatetimeField()
    entry = fields.IntField(unique=True)

    class Meta:
        table = "measure"


class Appeal(Model):
    """What is said beside a measure: the appeal of the delegation, and the answer to it."""

    id = fields.IntField(primary_key=True)
    measure: fields.ForeignKeyRelation[Measure] = fields.ForeignKeyField(
        "plenary.Measure", related_name="appeals", db_index=True, on_delete=RESTRICT
    )
    measure_id: int
    number = fields.IntField()
    kind = fields.CharField(8)  # appeal, answer
    text = fields.TextField()
    language = fields.CharField(8)
    decision = fields.CharField(210, default="")  # that answers it: its symbol or its address
    path = fields.CharField(255, default="")
    by = fields.CharField(70)
    at = fields.DatetimeField()
    entry = fields.IntField(unique=True)

    class Meta:
        table = "appeal"
        unique_together = (("measure", "number"),)
