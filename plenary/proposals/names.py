"""The names under a text as they are read: now, at an act of the record, and for a desk."""

from dataclasses import dataclass
from typing import Any

from plenary.bodies.viewers import Viewer
from plenary.proposals.models import Proposal, Sponsor
from plenary.proposals.rules import CLOSED
from plenary.proposals.sponsorship import Name, Names, Role, State, told_by
from plenary.record import acts
from plenary.record.entry import read_entry
from plenary.record.models import Entry
from plenary.record.remembered import remembered
from plenary.record.telling import told_by as told


@remembered()
async def names_under(proposal: Proposal) -> Names:
    """Every name under a text today, its authors first."""
    rows = await Sponsor.filter(proposal=proposal).prefetch_related("delegation").order_by("id")
    names = [_name(row) for row in rows]
    return Names(tuple(sorted(names, key=lambda name: name.role is not Role.AUTHOR)))


@remembered()
async def names_at(proposal: Proposal, entry: int) -> Names:
    """The names as they stood when an entry was made: those that a decision was taken with."""
    rows = Entry.filter(topic=proposal.symbol, type__in=acts.milestones(), n__lt=entry)
    found = await rows.order_by("n")
    return told_by([(row.type, row.actor, read_entry(bytes(row.written))) for row in found])


def _name(row: Sponsor) -> Name:
    return Name(
        row.delegation.code, Role(row.role), State(row.state), tuple(row.versions), row.agreed
    )


def names_json(names: Names, version: int) -> list[dict[str, Any]]:
    """Whose name stands under a text, and whether it stands over one of its versions."""
    return [
        {
            "delegation": name.code, "role": name.role.value, "version": name.version,
            "versions": list(name.versions), "confirmed": version in name.versions,
        }
        for name in names.standing
    ]  # fmt: skip


@dataclass(frozen=True)
class HandedIn:
    """A text that the secretariat handed in for a delegation, on a letter."""

    code: str
    day: str  # of the letter
    reference: str
    entry: Entry
    answered: str = ""  # countersigned, disowned


@remembered()
async def handed_in(proposal: Proposal) -> HandedIn | None:
    """For whom it was handed in, if it was, and what they said of it."""
    entry = await Entry.filter(topic=proposal.symbol, type="text.entered").first()
    if entry is None:
        return None
    facts, payload = read_entry(bytes(entry.written)), await told(entry)
    answers = Entry.filter(topic=proposal.symbol, type__startswith="text.", n__gt=entry.n)
    given = await answers.exclude(type="text.confirmed").order_by("n").first()
    answered = given.type.partition(".")[2] if given else ""
    return HandedIn(
        str(facts["delegation"]), str(facts["day"]), payload["reference"], entry, answered
    )


def handed_json(handed: HandedIn | None) -> dict[str, Any] | None:
    """For whom a text was handed in, on which letter, and what they said of it."""
    if handed is None:
        return None
    return {
        "delegation": handed.code, "by": handed.entry.actor, "letter": handed.day,
        "reference": handed.reference, "answered": handed.answered or None,
        "entry": handed.entry.n,
    }  # fmt: skip


@dataclass(frozen=True)
class Asking:
    """What a text wants of a reader as one of its authors or sponsors."""

    proposal: Proposal
    asked: tuple[str, ...] = ()  # codes of those who would join, and whom an author answers
    confirm: int = 0  # the version that its own name would stand over
    stands: int = 0  # the version that it stands over so far
    withdraw: int = 0  # the version that another author would withdraw
    countersign: bool = False  # or disown what was handed in for it


async def asked_of(viewer: Viewer) -> list[Asking]:
    """What is asked of a reader's delegation or office under the texts that are not over."""
    theirs = [State.STANDS, State.ENTERED]
    own = Sponsor.filter(delegation_id=viewer.delegation or 0, state__in=theirs)
    ids = await own.values_list("proposal_id", flat=True)
    offices = [actor for actor in viewer.capacities if not actor.startswith("delegation:")]
    of_office = await Proposal.filter(author__in=offices or [""]).values_list("id", flat=True)
    texts = Proposal.filter(id__in=[*ids, *of_office] or [0]).exclude(stage__in=sorted(CLOSED))
    found = []
    for proposal in await texts.order_by("-year", "-number").prefetch_related("body"):
        asking = _asking(proposal, await names_under(proposal), viewer)
        if asking.asked or asking.confirm or asking.withdraw or asking.countersign:
            found.append(asking)
    return found


def _asking(proposal: Proposal, names: Names, viewer: Viewer) -> Asking:
    own, newest = names.of(viewer.code), proposal.newest
    stands = bool(own and own.stands)
    writes = bool(own and own in names.authors) or proposal.author in viewer.capacities
    lags = bool(own and stands and newest not in own.versions)
    agreed = any(name.agreed == newest for name in names.authors)
    waits = bool(own and own in names.authors and own.agreed != newest and agreed)
    return Asking(
        proposal,
        asked=tuple(name.code for name in names.asking) if writes else (),
        confirm=newest if lags else 0,
        stands=own.version if own else 0,
        withdraw=newest if waits else 0,
        countersign=bool(own and own in names.entered),
    )
