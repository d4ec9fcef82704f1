"""One decision as a reader may see it: its text, who stood where, how it came about, its links."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from plenary.bodies.models import Words
from plenary.bodies.viewers import Viewer
from plenary.decisions.annexes import Annexes, Noted, annexes_of
from plenary.decisions.models import Decision, Link
from plenary.decisions.register import title_in
from plenary.decisions.text import decision_text
from plenary.proposals.models import Proposal, Version
from plenary.proposals.names import names_at
from plenary.proposals.reading import (
    ClauseLine,
    authentic_in,
    languages_of,
    length_of,
    lines_of,
    plain_of,
    version_of,
)
from plenary.proposals.sponsorship import Names
from plenary.questions.models import Question
from plenary.questions.rules import VOTES
from plenary.questions.stand import PassedOn, Stand, Stated, stand_on
from plenary.record import acts
from plenary.record.entry import read_entry
from plenary.record.models import Entry
from plenary.refusal import Missing
from plenary.texts import clauses
from plenary.texts.clauses import Clause
from plenary.texts.removed import is_removed

KEY = ("put", "broken", "closed", "declared")


@dataclass(frozen=True)
class Moment:
    """One step on the way to a decision."""

    # put, extended, issued, objected, lifted, reserved, unnamed, broken, closed, declared
    name: str
    at: datetime
    actor: str
    facts: Mapping[str, Any]
    key: bool = False


@dataclass(frozen=True)
class Linked:
    kind: str  # amends, supersedes, repeals; with `by`: the other way round
    by: bool
    decision: Decision


@dataclass(frozen=True)
class Decided:
    decision: Decision
    leaf: str
    payload: str
    links: list[Linked]
    annexes: Annexes = field(default_factory=Annexes)
    proposal: Proposal | None = None
    stand: Stand | None = None
    lines: tuple[ClauseLine, ...] = ()
    moments: tuple[Moment, ...] = ()
    later: Decision | None = None  # what came of the same proposal afterwards
    ordinal: int = 1  # of the question among those put on the proposal
    issued: Version | None = None  # the version that was decided on
    texts: Mapping[str, str] = field(default_factory=dict)  # language -> the whole text in it
    authentic: tuple[str, ...] = ()  # languages: the original first
    under: Names = field(default_factory=Names)  # the text, when it was decided on

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return tuple(line.clause for line in self.lines)

    @property
    def length(self) -> int:
        """Characters that are printed of what people wrote."""
        return length_of(self.lines) + self.annexes.length

    @property
    def reservations(self) -> list[Stated]:
        """Printed with the decision, as far as the rule of publication lets names be printed."""
        return self.stand.by_stance("reservation") if self.stand and self.stand.named else []

    @property
    def filed(self) -> PassedOn | None:
        """Where it stood, as a file says it."""
        return self.stand.for_file() if self.stand else None

    @property
    def passed_on(self) -> PassedOn | None:
        """What a file may name; None where it may name nobody."""
        stand = self.filed
        return stand if stand and stand.named else None

    @property
    def heard(self) -> tuple[Stated, ...]:
        """The Observers that a file may name: those that spoke in public, always."""
        return self.stand.for_file().heard if self.stand else ()

    @property
    def corrections(self) -> list[Noted]:
        """Those that a file may hold: under `never` none that is about a position."""
        return [
            correction
            for correction in self.annexes.corrections
            if not correction.closed and (self.passed_on or not correction.note.delegation)
        ]

    def language_of_file(self, asked: str) -> str:
        """The language of a whole text: the one that is asked for where it is there."""
        return asked if asked in self.texts else self.original

    def plain(self, language: str) -> str:
        """The exact text that the fingerprint in this language is of."""
        return _as_recorded(self.decision, self.texts.get(language, ""), language, self)

    @property
    def removed(self) -> bool:
        """Whether an order took words out of what its fingerprints are of."""
        said = (*self.decision.title.values(), *self.texts.values())
        return any(is_removed(text) for text in said)

    @property
    def original(self) -> str:
        return self.proposal.original if self.proposal else "en"

    @property
    def fingerprint(self) -> str:
        return self.decision.fingerprint.get(self.original, "")

    @property
    def brackets(self) -> int:
        return self.issued.brackets if self.issued else 0


async def decision_at(register: str, source_id: str) -> Decision:
    found = await Decision.get_or_none(register=register, source_id=source_id).prefetch_related(
        "body", "question", "proposal"
    )
    if found is None:
        raise Missing("unknown_decision", id=source_id)
    return found


async def decided(decision: Decision, viewer: Viewer, language: str) -> Decided:
    """All that belongs to a decision; an imported one has neither text nor positions here."""
    entry = await Entry.get(n=decision.entry)
    links, proposal, question = await _links(decision), decision.proposal, decision.question
    annexes = await annexes_of(decision, viewer)
    if proposal is None or question is None or decision.version is None:
        return Decided(decision, entry.leaf, entry.payload, links, annexes)
    stand = await stand_on(question, proposal, viewer)
    version = await version_of(proposal, decision.version)
    authentic = (proposal.original, *await authentic_in(proposal, version))
    later = await Decision.filter(proposal=proposal, id__gt=decision.id).order_by("-id").first()
    return Decided(
        decision,
        entry.leaf,
        entry.payload,
        links,
        annexes,
        proposal,
        stand,
        tuple(await lines_of(proposal, version, language)),
        tuple(await _moments(decision, proposal, question, stand)),
        later,
        await Question.filter(proposal=proposal, id__lte=question.id).count(),
        version,
        await _texts(proposal, version),
        authentic,
        await names_at(proposal, decision.entry),
    )


async def _texts(proposal: Proposal, version: Version) -> dict[str, str]:
    """In the original, and in each language in which no clause is missing or lags behind."""
    found = {proposal.original: plain_of(await lines_of(proposal, version, proposal.original))}
    for language in await languages_of(proposal):
        lines = await lines_of(proposal, version, language)
        if all(line.translation and not line.lags for line in lines):
            found[language] = plain_of(lines)
    return found


def _as_recorded(decision: Decision, text: str, language: str, shown: Decided) -> str:
    """As the record has it: a decision of an earlier release has no outcome in its first line, and
    a title that came later stands in no text that was decided before it."""
    own, first = decision.title, title_in(decision.title, shown.original, shown.original)
    titles = (title_in(own, language, shown.original), first)
    more: dict[str, Any] = {"outcome": decision.outcome, "brackets": shown.brackets}
    forms = [
        decision_text(decision.symbol, title, text, sample=decision.sample, **with_it)
        for with_it in (more, {})
        for title in titles
    ]
    recorded = decision.fingerprint.get(language)
    return next((form for form in forms if clauses.fingerprint(form) == recorded), forms[0])


async def _links(decision: Decision) -> list[Linked]:
    to = await Link.filter(decision=decision).prefetch_related("target").order_by("id")
    by = await Link.filter(target=decision).prefetch_related("decision").order_by("id")
    return [Linked(link.kind, False, link.target) for link in to] + [
        Linked(link.kind, True, link.decision) for link in by
    ]


async def _moments(
    decision: Decision, proposal: Proposal, question: Question, stand: Stand
) -> list[Moment]:
    """From the question to the gavel, in order."""
    between = {"n__gte": question.entry, "n__lte": decision.entry}
    told = (*acts.on_questions(), *acts.counted(), "version.issued")
    entries = await Entry.filter(topic=proposal.symbol, type__in=told, **between).order_by("n")
    found: list[Moment] = []
    objecting = await _objecting(proposal, question) if stand.named else set[str]()
    unnamed: Entry | None = None
    for entry in entries:
        facts = read_entry(bytes(entry.written))
        if acts.of(entry.type).counted:
            speaker = _speaker(entry, facts)
            if not stand.named:
                unnamed = entry
            elif name := _turn(speaker, str(facts["value"]), objecting):
                found.append(Moment(name, entry.at, speaker, facts))
        else:
            if entry.type in acts.DECLARED and unnamed:
                found.append(Moment("unnamed", entry.at, "", {}))  # its own hour is hidden
            found.append(_step(entry, facts))
    return found


async def _objecting(proposal: Proposal, question: Question) -> set[str]:
    """Whose objection stood when the question was put: on the same text it stands until changed."""
    before = Entry.filter(topic=proposal.symbol, type__in=acts.counted(), n__lt=question.entry)
    found: set[str] = set()
    for entry in await before.order_by("n"):
        facts = read_entry(bytes(entry.written))
        _turn(_speaker(entry, facts), str(facts["value"]), found)
    return found


def _step(entry: Entry, facts: Mapping[str, Any]) -> Moment:
    name = entry.type.partition(".")[2]
    return Moment(name, entry.at, entry.actor, facts, key=name in KEY)


def _speaker(entry: Entry, facts: Mapping[str, Any]) -> str:
    """Whose position it is; an officer may have entered it for a delegation."""
    return f"delegation:{facts['delegation']}" if "delegation" in facts else entry.actor


def _turn(actor: str, stance: str, objecting: set[str]) -> str:
    """What a position changed on the way; those who simply join are in the counts."""
    if stance == "object":
        objecting.add(actor)
        return "objected"
    if stance in VOTES:
        return ""
    if actor in objecting:
        objecting.remove(actor)
        return "lifted"
    return "reserved" if stance == "reservation" else ""


def names_of(stand: Stand | None) -> dict[str, Words]:
    """The names of everyone on the roll and of the Observers heard, by code."""
    if stand is None:
        return {}
    parties = (*stand.parties, *(view.party for view in stand.heard))
    return {party.code: party.names for party in parties}
