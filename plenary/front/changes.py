"""What changed, newest first: one line for each act that a reader may know of."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from plenary.bodies.models import Delegation, Words
from plenary.bodies.reading import names_of_all
from plenary.bodies.viewers import Viewer
from plenary.decisions.models import Decision
from plenary.decisions.rules import DECLARED_HERE
from plenary.disclosure.veils import Veils, veils_over
from plenary.front.addresses import decision_path, delegation_path, proposal_path
from plenary.front.log import entries_of
from plenary.proposals.models import Proposal
from plenary.proposals.reading import proposals_among
from plenary.proposals.rules import comment_path, kept_path
from plenary.record import acts
from plenary.record.entry import read_entry
from plenary.record.entry_types import Leads
from plenary.record.models import Entry
from plenary.record.remembered import remembered

SIZE = 100
READ_AT_ONCE = 500
READ_IN_ALL = 2_000  # for one page: however many one line tells of, the next page goes on
JOINING = ("support", "accept")


@dataclass(frozen=True)
class Change:
    """One line of the log: an act, or several of one kind in one go."""

    n: int  # the newest entry it tells of
    at: datetime
    type: str  # of the entry; `closed` where this reader may not read it yet
    topic: str
    actor: str
    facts: Mapping[str, Any]
    day: date = date.min  # at the seat
    count: int = 1
    why: str = ""  # a closed one's rule of publication
    leaf: str = ""
    on_draft: bool = False  # a comment that was made on a draft
    path: str = ""
    title: Words = field(default_factory=dict)
    sample: bool = False
    names: Mapping[str, Words] = field(default_factory=dict, repr=False)  # codes and keys -> names

    @property
    def words(self) -> str:
        """What such an act is called: for one that has no sentence of its own."""
        return acts.of(self.type).words


@dataclass(frozen=True)
class Log:
    changes: list[Change]
    older: int | None  # the entry that the next page begins before, if there is one


@remembered(answers=True)
async def log_of(
    viewer: Viewer,
    limit: int = SIZE,
    *,
    topic: str = "",
    before: int | None = None,
    passed_on: bool = False,
) -> Log:
    """Read entries until the lines are full; the next page begins with the first one left out.

    `passed_on`: for a feed, which holds no more than may leave the house.
    """
    lines: list[Change] = []
    most, read = min(limit * 4, READ_AT_ONCE), 0
    while True:
        entries = await entries_of(topic, before, most)
        read += len(entries)
        for change in told(entries, await veils_over(viewer, entries), passed_on=passed_on):
            if not topic and (place := place_among(lines, change)) is not None:
                lines[place] = replace(lines[place], count=lines[place].count + 1)
            elif len(lines) == limit:
                return Log(await placed(lines), change.n + 1)
            else:
                lines.append(change)
        if len(entries) < most:
            return Log(await placed(lines), None)
        before, most = entries[-1].n, min(most * 4, READ_AT_ONCE)
        if read >= READ_IN_ALL:
            return Log(await placed(lines), before)


def told(entries: Iterable[Entry], veils: Veils, *, passed_on: bool) -> Iterable[Change]:
    """What one reader may know of each of them; what is told elsewhere has no line."""
    for entry in entries:
        closed = veils.keeps(entry) if passed_on else veils.hides(entry)
        why = veils.why(entry)
        if closed and why == "draft":
            continue
        facts = {} if closed else read_entry(bytes(entry.written))
        if entry.type == "version.issued" and facts.get("version") == 1:
            continue  # told by the line of its tabling
        yield Change(
            n=entry.n,
            at=veils.midnight(entry) if closed else entry.at,
            type="closed" if closed else entry.type,
            topic=entry.topic,
            actor="" if closed else entry.actor,
            facts=facts,
            why=why if closed else "",
            leaf=entry.leaf,
            day=veils.day(entry),
            on_draft=entry.veil.startswith("comment:"),
        )


def place_among(lines: list[Change], change: Change) -> int | None:
    """The line that tells of this too: of the same act, or alike within the hour.

    What is hidden has one line for its day.
    """
    span: Callable[[Change], date | datetime]
    if acts.of(change.type).together:
        same, span = _same_act, _hour
    elif change.type == "closed":  # its hour is hidden, and where it stood would tell it
        same, span = _same_kind, _day
    elif _joins(change):
        same, span = _same_kind, _hour
    else:
        return None
    for place in range(len(lines) - 1, -1, -1):
        if same(lines[place], change):
            return place
        if span(lines[place]) != span(change):
            break
    return None


def _same_act(change: Change, other: Change) -> bool:
    return (change.type, change.actor, change.at) == (other.type, other.actor, other.at)


def _same_kind(change: Change, other: Change) -> bool:
    """An objection or a reservation keeps its line; those who join may share one."""
    alike = (change.type, change.topic, _hour(change)) == (other.type, other.topic, _hour(other))
    if change.type == "position.entered":  # it names who entered them
        alike = alike and change.actor == other.actor
    return alike and _joins(change) == _joins(other)


def _day(change: Change) -> date:
    return change.day


def _hour(change: Change) -> datetime:
    return change.at.replace(minute=0, second=0, microsecond=0)


def _joins(change: Change) -> bool:
    return acts.of(change.type).counted and change.facts.get("value") in JOINING


async def placed(lines: list[Change]) -> list[Change]:
    """With the names and addresses of what they tell of."""
    delegations = await _delegations()
    proposals = await proposals_among(line.topic for line in lines)
    outcomes = Decision.filter(entry__in=[line.n for line in lines] or [-1])
    decided = await outcomes.filter(register__in=DECLARED_HERE)
    decisions = {decision.entry: decision for decision in decided}
    beside = await _decisions_beside(lines)
    names = await names_of_all()

    def place(line: Change) -> Change:
        if decision := decisions.get(line.n):
            title, path = decision.title, decision_path(decision)
        elif decision := beside.get(str(line.facts.get("decision"))):
            title, path = decision.title, decision_path(decision) + _annex(line)
            return replace(line, title=title, path=path, names=names, sample=decision.sample)
        elif proposal := proposals.get(line.topic):
            title, path = proposal.title, _place_of(line, proposal, delegations)
        else:
            title, path = names.get(line.topic, {}), _elsewhere(line, delegations)
        sample = line.topic in proposals and proposals[line.topic].sample
        return replace(line, title=title, path=path, names=names, sample=sample)

    return [place(line) for line in lines]


@remembered()
async def _delegations() -> Mapping[str, Delegation]:
    """By code."""
    return {delegation.code: delegation for delegation in await Delegation.all()}


async def _decisions_beside(lines: list[Change]) -> dict[str, Decision]:
    """The decisions that statements, corrections and follow-ups are about, by own/2019/1."""
    told = [line.facts for line in lines if not ANNEXES.keys().isdisjoint(line.facts)]
    asked: dict[str, set[str]] = {}
    for facts in told:
        register, _, source_id = str(facts["decision"]).partition("/")
        asked.setdefault(register, set()).add(source_id)
    return {
        f"{decision.register}/{decision.source_id}": decision
        for register, ids in asked.items()
        for decision in await Decision.filter(register=register, source_id__in=sorted(ids))
    }


ANNEXES = {
    "statement": "/statements#s",
    "correction": "/corrections#k",
    "follow_up": "/follow-up#a",
}


def _annex(line: Change) -> str:
    """The place beside a decision that an act made."""
    return next(
        (f"{part}{line.facts[name]}" for name, part in ANNEXES.items() if name in line.facts), ""
    )


def _place_of(line: Change, proposal: Proposal, delegations: Mapping[str, Delegation]) -> str:
    """The part of a proposal's page that an act made, or a page of its own."""
    match acts.of(line.type).leads:
        case Leads.COMMENT if line.on_draft:
            return kept_path(proposal.year, proposal.number, line.n)
        case Leads.COMMENT:
            return comment_path(proposal.year, proposal.number, int(line.facts["comment"]))
        case Leads.VERSION:
            return f"{proposal_path(proposal)}/v{line.facts['version']}"
        case Leads.SPONSORS:
            return f"{proposal_path(proposal)}/sponsors"
        case Leads.ON_BEHALF:
            return f"{proposal_path(proposal)}/on-behalf"
        case Leads.POSITIONS:
            return f"{proposal_path(proposal)}/positions{_speaker(line, delegations)}"
    return proposal_path(proposal)


def _speaker(line: Change, delegations: Mapping[str, Delegation]) -> str:
    """The place of whoever spoke, or was spoken for; none where several did."""
    entered = str(line.facts.get("delegation", ""))
    delegation = delegations.get(entered or line.actor.removeprefix("delegation:"))
    return f"#{delegation.slug}" if delegation and line.count == 1 else ""


def _elsewhere(line: Change, delegations: Mapping[str, Delegation]) -> str:
    meeting = f"/meetings/{line.facts.get('meeting', '')}"
    match acts.of(line.type).leads:
        case Leads.REGISTER:
            return f"/decisions?register={line.topic}"
        case Leads.COMMUNIQUE:
            return f"{meeting}/communique"
        case Leads.MEASURE:
            return f"/measures/{line.facts.get('measure', line.n)}"
        case Leads.CONCERNED:
            return f"/register/{line.facts['entry']}"
        case Leads.PROCEDURE:
            return f"/procedures/{line.topic}/{line.facts['key']}"
        case Leads.MEETING:
            return meeting
        case Leads.ROLL:
            return f"{meeting}/roll"
        case Leads.BODY:
            return "/groups" + (f"/{line.topic}" if line.count == 1 else "")
    if delegation := delegations.get(line.topic):
        return delegation_path(delegation) if line.count == 1 else ""
    return ""
