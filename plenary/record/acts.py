"""The catalogue of entry types: what may be put on the record, and what each of them is. Pure.

One row for each type: its words, where a reader is led, what its payload holds and hence who reads
it, which veils may lie over it, and whatever lists of acts the house asks for. The door refuses a
type that has no row. A row stays for ever: entries of its type do.
"""

from collections.abc import Callable, Mapping
from typing import Any

from plenary.record.entry_types import EntryType, Leads, Payload, Says, Veil

_ = str  # a sentence for the catalogues of languages; it is translated where it is shown

SECRETARIAT, ROOM = "secretariat", "room"
TEXTS, TITLES, BESIDE, ANSWERS = (300, 2_000), (300, 1_500), (200, 1_000), (600, 10_000)
ACT = _("Act on %(symbol)s")
DEED: Mapping[str, Any] = {"receipt": ACT, "screen": SECRETARIAT}
IN_THE_ROOM: Mapping[str, Any] = {"receipt": ACT, "screen": ROOM}
TITLED: Mapping[str, Any] = {"payload": Payload.TITLE, "quoted": ("title",), "veils": (Veil.DRAFT,)}
POSITION: dict[str, Any] = {
    "receipt": _("Position on %(symbol)s"),
    "says": Says.POSITION,
    "veils": (Veil.QUESTION,),
}
VIEW: dict[str, Any] = {
    "receipt": _("View on %(symbol)s"),
    "says": Says.VIEW,
    "veils": (Veil.QUESTION,),
}

CATALOGUE: dict[str, EntryType] = {
    # Who takes part, and where.
    "delegation.admitted": EntryType(
        _("A delegation was admitted"), Leads.DELEGATION, Payload.WORDS, together=True, **DEED),
    "participant.standing": EntryType(
        _("The standing of a Participant was set"), Leads.DELEGATION, Payload.WORDS,
        by_another=True, notice="measure", **DEED),
    "body.formed": EntryType(
        _("A body was formed"), Leads.BODY, Payload.WORDS, together=True,
        quoted=("names",), **DEED),
    "power.given": EntryType(
        _("A body was given the power to decide on a matter"), Leads.BODY, **DEED),
    "power.taken": EntryType(
        _("A body has the power to decide on a matter no more"), Leads.BODY, **DEED),
    "seat.given": EntryType(
        _("A seat was given"), Leads.BODY, Payload.WORDS,
        together=True, by_another=True, notice="measure", **DEED),
    "seat.left": EntryType(_("A delegation gave up its seat"), Leads.BODY, **DEED),
    "seat.ended": EntryType(
        _("A seat was ended by an office"), Leads.MEASURE, Payload.WORDS,
        by_another=True, notice="measure", **DEED),
    "access.refused": EntryType(
        _("Access was refused to an Observer"), Leads.MEASURE, Payload.WORDS, pace=BESIDE,
        by_another=True, notice="measure", **DEED),
    "appeal.entered": EntryType(
        _("An appeal was entered"), Leads.MEASURE, Payload.WORDS,
        pace=BESIDE, by_another=True, notice="appeal",
        receipt=_("Appeal of %(symbol)s")),
    "appeal.answered": EntryType(
        _("An appeal was answered"), Leads.MEASURE, Payload.WORDS,
        by_another=True, notice="appeal_answered", **DEED),
    "office.filled": EntryType(
        _("An office was filled"), Leads.BODY, Payload.PERSON, together=True, **DEED),
    "office.left": EntryType(_("An office was left"), Leads.BODY, **DEED),
    "person.accredited": EntryType(
        _("A person was accredited"), Leads.DELEGATION, Payload.PERSON, together=True,
        by_another=True, **DEED),
    "person.left": EntryType(
        _("An accreditation ended"), Leads.DELEGATION, Payload.PERSON, **DEED),
    "sessions.ended": EntryType(
        _("The secretariat ended somebody’s sessions"), Leads.DELEGATION, Payload.PERSON, **DEED),
    "holidays.entered": EntryType(
        _("Holidays were entered in a calendar"), Leads.BODY, Payload.WORDS, **DEED),
    "holiday.removed": EntryType(
        _("A holiday was taken out of a calendar"), Leads.BODY, Payload.WORDS, **DEED),
    # Meetings.
    "meeting.called": EntryType(
        _("A meeting was called"), Leads.MEETING, Payload.WORDS, quoted=("names", "place"), **DEED),
    "room.entered": EntryType(
        _("A delegation came into the room"), Leads.ROLL, together=True, **IN_THE_ROOM),
    "room.left": EntryType(
        _("A delegation left the room"), Leads.ROLL, together=True, **IN_THE_ROOM),
    "credentials.recorded": EntryType(
        _("Credentials were recorded"), Leads.ROLL, Payload.WORDS, together=True,
        by_another=True, notice="measure", **IN_THE_ROOM),
    "communique.drafted": EntryType(
        _("A draft communiqué followed its facts"), Leads.COMMUNIQUE, Payload.COMMUNIQUE,
        veils=(Veil.COMMUNIQUE,), receipt=ACT, quoted=("texts",)),
    "communique.edited": EntryType(
        _("A draft communiqué was edited"), Leads.COMMUNIQUE, Payload.COMMUNIQUE,
        veils=(Veil.COMMUNIQUE,), receipt=ACT, quoted=("text",)),
    "communique.issued": EntryType(
        _("A communiqué was issued"), Leads.COMMUNIQUE, Payload.COMMUNIQUE,
        receipt=ACT, repeats=True),
    # Texts.
    "cycle.opened": EntryType(_("A reform cycle was opened"), Leads.ENTRY, Payload.WORDS, **DEED),
    "proposal.drafted": EntryType(
        _("A draft was begun"), Leads.PROPOSAL, receipt=ACT, pace=TITLES,
        milestone=True, **TITLED),
    "proposal.tabled": EntryType(
        _("A proposal was tabled"), Leads.PROPOSAL, receipt=ACT, pace=TITLES,
        milestone=True, turning=True, **TITLED),
    "proposal.named": EntryType(_("A title was given in a language"), Leads.PROPOSAL, **TITLED),
    "proposal.sponsored": EntryType(
        _("A proposal was sponsored"), Leads.SPONSORS, veils=(Veil.DRAFT,), milestone=True,
        receipt=ACT, together=True),
    "draft.shown": EntryType(
        _("A draft was shown to others"), Leads.PROPOSAL, veils=(Veil.READERS,), receipt=ACT),
    "draft.hidden": EntryType(
        _("A draft is no longer shown to others"), Leads.PROPOSAL, veils=(Veil.READERS,),
        receipt=ACT),
    "text.entered": EntryType(
        _("A text was handed in for a delegation"), Leads.SPONSORS, Payload.WORDS, milestone=True,
        by_another=True),
    "text.countersigned": EntryType(
        _("A text that was handed in was countersigned"), Leads.SPONSORS, receipt=ACT,
        milestone=True),
    "text.disowned": EntryType(
        _("A text that was handed in was disowned"), Leads.SPONSORS, Payload.WORDS, receipt=ACT,
        milestone=True, turning=True),
    "sponsor.asked": EntryType(
        _("A delegation asked to sponsor a proposal"), Leads.SPONSORS, veils=(Veil.DRAFT,),
        receipt=ACT),
    "sponsor.declined": EntryType(
        _("An author declined a sponsor"), Leads.SPONSORS, veils=(Veil.DRAFT,), receipt=ACT),
    "sponsor.left": EntryType(
        _("A sponsor stepped back"), Leads.SPONSORS, Payload.WORDS, veils=(Veil.DRAFT,),
        receipt=ACT, milestone=True),
    "text.confirmed": EntryType(
        _("A name was put over a new version"), Leads.SPONSORS, veils=(Veil.DRAFT,), receipt=ACT,
        milestone=True),
    "withdrawal.agreed": EntryType(
        _("An author agreed to a withdrawal"), Leads.SPONSORS, Payload.WORDS, veils=(Veil.DRAFT,),
        milestone=True),
    "proposal.referred": EntryType(
        _("A proposal was sent to another body"), Leads.PROPOSAL, milestone=True),
    "proposal.withdrawn": EntryType(
        _("A proposal was withdrawn"), Leads.PROPOSAL, Payload.WORDS, veils=(Veil.DRAFT,),
        milestone=True),
    "version.issued": EntryType(
        _("A version was issued"), Leads.VERSION, Payload.TEXT, veils=(Veil.DRAFT,), pace=TEXTS,
        milestone=True, turning=True),
    "translation.issued": EntryType(
        _("A version was issued in another language"), Leads.VERSION, Payload.TEXT,
        veils=(Veil.DRAFT,), pace=TEXTS, milestone=True),
    "comment.made": EntryType(
        _("A comment"), Leads.COMMENT, Payload.WORDS, veils=(Veil.COMMENT,),
        receipt=_("Comment on %(symbol)s"), pace=TEXTS),
    "comment.published": EntryType(
        _("The publication of a comment made on a draft"), Leads.COMMENT,
        receipt=_("Publication of a comment on %(symbol)s")),
    # Questions, and what is answered.
    "procedure.adopted": EntryType(
        _("A procedure was adopted"), Leads.PROCEDURE, Payload.WORDS,
        receipt=ACT),
    "procedure.ended": EntryType(
        _("A procedure was ended"), Leads.PROCEDURE, receipt=ACT),
    "question.put": EntryType(
        _("The question was put"), Leads.PROPOSAL, Payload.WORDS, milestone=True, turning=True,
        on_question=True),
    "question.extended": EntryType(
        _("The closing instant was moved"), Leads.PROPOSAL, Payload.WORDS, milestone=True,
        on_question=True),
    "time.asked": EntryType(
        _("A delegation in the room asked for time"), Leads.PROPOSAL, Payload.WORDS, receipt=ACT,
        milestone=True, on_question=True),
    "silence.broken": EntryType(
        _("Silence was broken"), Leads.PROPOSAL, milestone=True, turning=True, on_question=True),
    "question.closed": EntryType(
        _("The question was closed"), Leads.PROPOSAL, milestone=True, on_question=True),
    "decision.declared": EntryType(
        _("The outcome was declared"), Leads.DECISION, Payload.WORDS, milestone=True, turning=True,
        on_question=True, repeats=True),
    "group.declared": EntryType(
        _("What a body below the Plenary agreed was declared"), Leads.DECISION, Payload.WORDS,
        milestone=True, turning=True, on_question=True, repeats=True),
    "position.stated": EntryType(
        _("A position"), Leads.POSITIONS, Payload.WORDS, pace=ANSWERS, counted=True, **POSITION),
    "position.entered": EntryType(
        _("A position, entered for a delegation"), Leads.POSITIONS, Payload.WORDS, counted=True,
        by_another=True, **POSITION),
    "position.countersigned": EntryType(
        _("The countersignature of a position"), Leads.POSITIONS,
        **POSITION | {"receipt": _("Countersignature on %(symbol)s")}),
    "position.late": EntryType(
        _("A position that arrived too late"), Leads.PROPOSAL, Payload.WORDS, pace=ANSWERS,
        **POSITION | {"receipt": _("Position on %(symbol)s, arrived after the end")}),
    "observer.heard": EntryType(
        _("An Observer’s view"), Leads.POSITIONS, Payload.WORDS, pace=ANSWERS, **VIEW),
    "observer.entered": EntryType(
        _("An Observer’s view, entered for it"), Leads.POSITIONS, Payload.WORDS,
        by_another=True, **VIEW),
    "observer.countersigned": EntryType(
        _("The countersignature of an Observer’s view"), Leads.POSITIONS,
        **VIEW | {"receipt": _("Countersignature on %(symbol)s")}),
    "observer.late": EntryType(
        _("An Observer’s view that arrived too late"), Leads.PROPOSAL, Payload.WORDS,
        pace=ANSWERS, **VIEW | {"receipt": _("View on %(symbol)s, arrived after the end")}),
    "bloc.named": EntryType(
        _("A position on behalf of others"), Leads.ON_BEHALF, Payload.WORDS,
        veils=(Veil.QUESTION,), together=True, by_another=True),
    "bloc.declined": EntryType(
        _("A position on behalf of others, declined"), Leads.ON_BEHALF, veils=(Veil.QUESTION,),
        receipt=_("Answer on %(symbol)s")),
    "service.interrupted": EntryType(_("An interruption of the service"), Leads.ENTRY),
    "clock.confirmed": EntryType(_("The clock of the service was confirmed"), Leads.ENTRY),
    # Beside decisions.
    "decision.linked": EntryType(_("Two decisions were linked"), Leads.ENTRY),
    "statement.made": EntryType(
        _("A statement beside a decision"), Leads.BESIDE, Payload.WORDS, pace=BESIDE,
        receipt=_("Statement beside %(symbol)s")),
    "statement.translated": EntryType(
        _("A translation of a statement"), Leads.BESIDE, Payload.WORDS, pace=BESIDE,
        receipt=ACT),
    "record.corrected": EntryType(
        _("A correction of the record"), Leads.BESIDE, Payload.WORDS, veils=(Veil.QUESTION,),
        pace=BESIDE, receipt=_("Correction of the record of %(symbol)s")),
    "follow_up.opened": EntryType(
        _("A follow-up"), Leads.BESIDE, Payload.WORDS, receipt=ACT),
    "follow_up.reported": EntryType(
        _("A report on a follow-up"), Leads.BESIDE, Payload.WORDS, pace=BESIDE,
        receipt=_("Report on follow-up of %(symbol)s")),
    # Past decisions. Each decision stands in the register: one line tells of the file they
    # came in.
    "register.imported": EntryType(_("Past decisions were imported"), Leads.REGISTER),
    "decision.imported": EntryType(
        _("A past decision was imported"), Leads.DECISION, Payload.WORDS, listed=False),
    "payload.redacted": EntryType(
        _("Words were removed by order"), Leads.CONCERNED, Payload.WORDS, veils=tuple(Veil),
        receipt=ACT, by_another=True),
}  # fmt: skip
DECLARED = ("decision.declared", "group.declared")  # an outcome, of whichever body
# Of a later build, read by an earlier one.
_UNKNOWN = EntryType(_("An act"), Leads.ENTRY, Payload.PERSON)


def of(type: str) -> EntryType:
    """What is known of the type of an entry that stands on the record."""
    return CATALOGUE.get(type, _UNKNOWN)


def fault_of(type: str, *, payload: bool, veil: str) -> str:
    """Why an entry cannot be appended: a mistake of ours, told to ourselves; nothing, else."""
    if type not in CATALOGUE:
        return f"{type} has no row in plenary/record/acts.py"
    row = CATALOGUE[type]
    if payload and row.payload is Payload.NONE:
        return f"{type} has a payload that no order could remove"
    if row.says is Says.POSITION and not veil:  # an Observer's view is its own to publish
        return f"{type} tells who said what, past the rule of publication of its question"
    if veil and veil.partition(":")[0] not in row.veils:
        return f"{type} lies under a veil that is none of its own: {veil}"
    return ""


# --- what the house asks of it ---


def _where(asked: Callable[[EntryType], object]) -> tuple[str, ...]:
    return tuple(name for name, row in CATALOGUE.items() if asked(row))


def milestones() -> tuple[str, ...]:
    """What the history of a proposal tells: what moves the text or the question."""
    return _where(lambda row: row.milestone)


def on_questions() -> tuple[str, ...]:
    """The acts on a question itself; what delegations said on it stands elsewhere."""
    return _where(lambda row: row.on_question)


def counted() -> tuple[str, ...]:
    """Positions that enter a count."""
    return _where(lambda row: row.counted)


def unlisted() -> tuple[str, ...]:
    """What has no line of its own in the log of changes."""
    return _where(lambda row: not row.listed)


def by_another() -> tuple[str, ...]:
    """What is told to the heads of the delegation for which it was done."""
    return _where(lambda row: row.by_another)


def shown_on(screen: str) -> tuple[str, ...]:
    """What the forms of the secretariat, or of a room, show once it is done."""
    return _where(lambda row: row.screen == screen)


def holding(*payloads: Payload) -> tuple[str, ...]:
    """Types by what stands in their payloads."""
    return _where(lambda row: row.payload in payloads)
