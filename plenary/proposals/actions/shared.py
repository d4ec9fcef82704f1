"""What every act on a text has to know: who may change it, and what it may hold."""

from plenary.bodies import powers
from plenary.bodies.days import day_of
from plenary.bodies.models import Words
from plenary.bodies.rolls import capacity_of
from plenary.proposals import authorship
from plenary.proposals.models import DraftReader, Proposal, Sponsor
from plenary.proposals.reading import authors_of, draft_readers
from plenary.proposals.rules import Stage
from plenary.record.act import Record
from plenary.refusal import Fault, Invalid, Missing, Refused
from plenary.texts import clauses
from plenary.texts.symbols import fault_of_title


async def bar_to_own(by: str, proposal: Proposal) -> Refused | None:
    """Whether whoever acts is among its authors."""
    return authorship.bar_to_own(by, await authors_of(proposal), proposal.body.key)


async def read_by(by: str, proposal: Proposal) -> None:
    """Missing where whoever acts is not shown the draft: it may have been taken from their sight
    since they read it."""
    if proposal.tabled is None and by not in await draft_readers(proposal):
        raise Missing("unknown_proposal", year=proposal.year, number=proposal.number)


async def enter_reader(proposal: Proposal, reader: str, entry: int) -> None:
    """Somebody more reads a draft."""
    made = {"entry": entry}
    await DraftReader.get_or_create(proposal=proposal, reader=reader, defaults=made)


async def bar_to_author(record: Record, body: str, *, of: str = "") -> Refused | None:
    """Whether whoever acts, or somebody else, may write before this body, as they stand today."""
    who = await capacity_of(of or record.by, await day_of(record.now))
    return powers.bar_to_author(who, body)


async def move(record: Record, proposal: Proposal, stage: Stage) -> None:
    proposal.stage, proposal.changed = stage, record.now
    await proposal.save(update_fields=("stage", "changed"))


def check_titles(titles: Words) -> None:
    """A title that looks like a symbol, or hides what it says, is no title."""
    for title in titles.values():
        if fault := fault_of_title(title):
            raise Invalid({"title": fault})


def draft_veil(proposal: Proposal) -> str:
    """Entries about a draft are its readers' alone, until it is tabled."""
    return "" if proposal.tabled else f"draft:{proposal.symbol}"


def sound(text: str) -> str:
    """The text, or Invalid with the first thing that is wrong with it."""
    for problem in clauses.problems(text):
        raise Invalid({"text": Fault(problem.name, **problem.facts)})
    return text


# --- names under a text ---


def enter_name(record: Record, proposal: Proposal, code: str, *, role: str, version: int) -> int:
    """A name comes to stand under a text, over one of its versions."""
    return record.append(
        "proposal.sponsored",
        proposal.symbol,
        delegation=code,
        role=role,
        version=version,
        veil=draft_veil(proposal),
    )


async def row_of(proposal: Proposal, code: str) -> Sponsor:
    """A delegation under a text, or Missing."""
    row = await Sponsor.get_or_none(proposal=proposal, delegation__code=code)
    if row is None:
        raise Missing("no_name_here")
    return row


async def stand_over(proposal: Proposal, code: str, version: int, entry: int) -> None:
    """A name stands over one more version."""
    row = await row_of(proposal, code)
    versions = sorted({*row.versions, version})
    await Sponsor.filter(id=row.id).update(versions=versions, entry=entry)
