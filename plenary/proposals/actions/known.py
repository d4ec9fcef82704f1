"""What every act on a text has to know: which it is, its clauses, who may change it."""

from plenary.bodies import powers
from plenary.bodies.days import day_of
from plenary.bodies.models import Words
from plenary.bodies.rolls import capacity_of
from plenary.db.prepared import Prepared
from plenary.proposals import rules
from plenary.proposals.models import ClauseText, Proposal, Sponsor, Version
from plenary.proposals.rules import Stage
from plenary.record.act import Record
from plenary.refusal import Fault, Invalid, Missing, Refused
from plenary.texts import clauses
from plenary.texts.symbols import fault_of_title


async def load(year: int, number: int) -> Proposal:
    """The proposal, locked for this act by the head that the door has locked."""
    proposal = await _PROPOSAL.first(year, number)
    if proposal is None:
        raise Missing("unknown_proposal", year=year, number=number)
    return proposal


_PROPOSAL = Prepared(
    lambda year, number: Proposal.filter(year=year, number=number).select_related("body")
)
_VERSION = Prepared(lambda proposal, number: Version.filter(proposal_id=proposal, number=number))


async def version_numbered(proposal: Proposal, number: int) -> Version:
    """A version of a proposal by its number, or Missing."""
    version = await _VERSION.first(proposal.id, number)
    if version is None:
        raise Missing("unknown_version", version=number, latest=proposal.newest)
    return version


def bar_to_act(by: str, proposal: Proposal) -> Refused | None:
    return rules.bar_to_act_for(by, proposal.author, proposal.body.key)


async def bar_to_author(record: Record, body: str) -> Refused | None:
    """Whether whoever acts may write before this body, as it stands today."""
    who = await capacity_of(record.by, await day_of(record.now))
    return powers.bar_to_author(who, body)


async def sponsors_of(proposal: Proposal) -> frozenset[str]:
    rows = await Sponsor.filter(proposal=proposal).values_list("delegation__code", flat=True)
    return frozenset(str(code) for code in rows)


async def clauses_of(version: Version) -> tuple[clauses.Clause, ...]:
    """The clauses of a version in reading order."""
    rows = await ClauseText.filter(version=version).order_by("place")
    return tuple(
        clauses.Clause(row.key, row.kind, row.number, row.text)  # type: ignore[arg-type]
        for row in rows
    )


async def move(record: Record, proposal: Proposal, stage: Stage) -> None:
    proposal.stage = stage
    await Proposal.filter(id=proposal.id).update(stage=stage, changed=record.now)


def check_titles(titles: Words) -> None:
    """A title that looks like a symbol, or hides what it says, is no title."""
    for title in titles.values():
        if fault := fault_of_title(title):
            raise Invalid({"title": fault})


def draft_veil(proposal: Proposal) -> str:
    """Entries about a draft are read by delegations only, until it is tabled."""
    return "" if proposal.tabled else f"draft:{proposal.symbol}"


def sound(text: str) -> str:
    """The text, or Invalid with the first thing that is wrong with it."""
    for problem in clauses.problems(text):
        raise Invalid({"text": Fault(problem.name, **problem.facts)})
    return text
