"""The way of a proposal: drafted, tabled, referred, withdrawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from plenary.bodies.actions.symbols import take_symbol
from plenary.bodies.models import Body, Delegation, Words
from plenary.bodies.reading import delegation_of, numbering_year, root
from plenary.proposals import rules
from plenary.proposals.actions.shared import (
    bar_to_author,
    bar_to_own,
    check_titles,
    draft_veil,
    enter_name,
    enter_reader,
    move,
    row_of,
)
from plenary.proposals.actions.versions import write_version
from plenary.proposals.authorship import bar_to_hand_in
from plenary.proposals.cycles import cycle_of
from plenary.proposals.models import Proposal, Sponsor
from plenary.proposals.names import names_under
from plenary.proposals.reading import load
from plenary.proposals.rules import Stage
from plenary.proposals.sponsorship import Role, State
from plenary.record.act import Record, act, door, once
from plenary.refusal import Missing, Refused, refuse


@dataclass(frozen=True)
class Letter:
    """On what the secretariat hands in a text for a delegation."""

    code: str  # of the delegation
    day: date  # of its letter
    reference: str


@dataclass(frozen=True)
class Tabled:
    """A proposal as it is handed in."""

    title: Words
    sense: Words
    theme: str
    body: str
    language: str
    text: str
    matter: str = "text"
    party: str = ""  # the delegation concerned, by its code
    sample: bool = False
    key: str = ""
    note: Words = field(default_factory=dict)
    letter: Letter | None = None


@once(lambda receipt: Proposal.get(symbol=receipt.topic))
async def propose(by: str, proposed: Tabled, *, draft: bool) -> Proposal:
    """Open a proposal with its first version: a delegation's is a draft until it is tabled."""
    async with act(by=by) as record:
        refuse(await bar_to_author(record, proposed.body))
        refuse(bar_to_hand_in(by, for_another=proposed.letter is not None))
        if proposed.letter:
            refuse(await bar_to_author(record, proposed.body, of=_author_of(record, proposed)))
        return await enter_proposal(record, proposed, draft=draft)


async def enter_proposal(record: Record, proposed: Tabled, *, draft: bool) -> Proposal:
    body = await Body.get_or_none(key=proposed.body)
    if body is None:
        raise Missing("unknown_body", body=proposed.body)
    check_titles(proposed.title)
    concerned = [party.code for party in await Delegation.filter(code=proposed.party)]
    refuse(rules.fault_of_matter(proposed.matter, proposed.party, concerned))
    year = await numbering_year(record.now)
    number = 1 + await Proposal.filter(year=year).count()
    proposal = await Proposal.create(
        year=year,
        number=number,
        symbol=f"{(await root()).symbol}/{year}/P.{number}",
        theme=proposed.theme,
        matter=proposed.matter,
        party=proposed.party,
        title=proposed.title,
        sense=proposed.sense,
        original=proposed.language,
        body=body,
        author=_author_of(record, proposed),
        cycle=await cycle_of(year),
        stage=Stage.DRAFT if draft else rules.stage_before(proposed.body),
        sample=proposed.sample or (await root()).sample,
        tabled=None if draft else record.now,
        at=record.now,
        changed=record.now,
    )
    entry = record.append(
        "proposal.drafted" if draft else "proposal.tabled",
        proposal.symbol,
        body=proposed.body,
        language=proposed.language,
        **_matter(proposal),
        veil=draft_veil(proposal),
        payload={"title": proposed.title, "sense": proposed.sense, "theme": proposed.theme},
    )
    path = f"/proposals/{year}/{number}"
    await take_symbol(proposal.symbol, path)
    await record.receipt(entry, topic=proposal.symbol, path=path)
    if draft:
        await enter_reader(proposal, record.by, entry)
    await write_version(record, proposal, proposed.text, note=proposed.note)
    if record.by.startswith("delegation:"):
        await _author(record, proposal, record.by.removeprefix("delegation:"))
    if proposed.letter:
        await _handed_in(record, proposal, proposed.letter)
    return proposal


def _author_of(record: Record, proposed: Tabled) -> str:
    return f"delegation:{proposed.letter.code}" if proposed.letter else record.by


async def _handed_in(record: Record, proposal: Proposal, letter: Letter) -> None:
    """Nobody's name stands over it until its delegation countersigns."""
    entry = record.append(
        "text.entered",
        proposal.symbol,
        delegation=letter.code,
        day=letter.day.isoformat(),
        version=proposal.newest,
        payload={"reference": letter.reference},
    )
    await Sponsor.create(
        proposal=proposal,
        delegation=await delegation_of(letter.code),
        role=Role.AUTHOR,
        state=State.ENTERED,
        versions=[proposal.newest],
        entry=entry,
    )


def _matter(proposal: Proposal) -> dict[str, str]:
    """What it is about, and whom it concerns, as an entry says it."""
    return {"matter": proposal.matter} | ({"party": proposal.party} if proposal.party else {})


async def _author(record: Record, proposal: Proposal, code: str) -> None:
    """Whoever wrote a text stands under it first."""
    entry = enter_name(record, proposal, code, role=Role.AUTHOR, version=proposal.newest)
    await Sponsor.create(
        proposal=proposal,
        delegation=await Delegation.get(code=code),
        role=Role.AUTHOR,
        versions=[proposal.newest],
        entry=entry,
    )


def bar_to_unseen(proposal: Proposal, version: int | None) -> Refused | None:
    """`version`: the text that whoever acts had in sight; none where nothing was shown."""
    if version is None or version == proposal.newest:
        return None
    return Refused("moved_since_seen", base=version, latest=proposal.newest)


@door
async def table(by: str, year: int, number: int, *, version: int | None = None) -> Proposal:
    """A draft goes on the table: from now on everyone can read it."""
    async with act(by=by) as record:
        proposal = await load(year, number)
        refuse(await bar_to_own(by, proposal))
        refuse(bar_to_unseen(proposal, version))
        refuse(await bar_to_author(record, proposal.body.key))
        refuse(rules.bar_to_table(Stage(proposal.stage)))
        proposal.tabled = record.now
        await proposal.save(update_fields=("tabled",))
        await move(record, proposal, rules.stage_before(proposal.body.key))
        record.append(
            "proposal.tabled",
            proposal.symbol,
            body=proposal.body.key,
            language=proposal.original,
            version=proposal.newest,
            **_matter(proposal),
            payload={"title": proposal.title, "sense": proposal.sense, "theme": proposal.theme},
        )
        return proposal


@door
async def refer(
    by: str, year: int, number: int, *, body: str, version: int | None = None, before: str = ""
) -> Proposal:
    """Send a proposal to another body: to a working group, or on to the Plenary.

    `before`: the body that whoever refers it had it before.
    """
    async with act(by=by) as record:
        proposal = await load(year, number)
        if before and before != proposal.body.key:
            raise Refused("moved_since_seen")
        refuse(rules.bar_to_preside(by, proposal.body.key))
        refuse(bar_to_unseen(proposal, version))
        refuse(rules.bar_to_refer(Stage(proposal.stage)))
        target = await Body.get_or_none(key=body)
        if target is None:
            raise Missing("unknown_body", body=body)
        await Proposal.filter(id=proposal.id).update(body_id=target.id)
        await move(record, proposal, rules.stage_before(body))
        record.append("proposal.referred", proposal.symbol, body=body)
        return proposal


@door
async def withdraw(
    by: str, year: int, number: int, *, reason: str, language: str, version: int | None = None
) -> Proposal:
    """All of its authors withdraw a proposal, and nobody else; its page stays, with the reason.

    Of several each agrees by this act, and the last one withdraws it; a new version is agreed to
    anew. `version`: the text that whoever withdraws had in sight; Refused where it has moved.
    """
    async with act(by=by) as record:
        proposal = await load(year, number)
        refuse(await bar_to_own(by, proposal))
        refuse(rules.bar_to_withdraw(Stage(proposal.stage)))
        refuse(bar_to_unseen(proposal, version))
        said = {"reason": reason, "language": language}
        if await _is_agreed_by_others(by, proposal):
            await move(record, proposal, Stage.WITHDRAWN)
            record.append(
                "proposal.withdrawn", proposal.symbol, veil=draft_veil(proposal), payload=said
            )
        else:
            await _agree(record, proposal, said)
        return proposal


async def _is_agreed_by_others(by: str, proposal: Proposal) -> bool:
    code = by.removeprefix("delegation:")
    return not (await names_under(proposal)).to_agree(proposal.newest, code)


async def _agree(record: Record, proposal: Proposal, said: Mapping[str, object]) -> None:
    """One of several authors would withdraw the text as it is now."""
    row = await row_of(proposal, record.by.removeprefix("delegation:"))
    if row.agreed == proposal.newest:
        raise Refused("withdrawal_agreed")
    record.append(
        "withdrawal.agreed",
        proposal.symbol,
        version=proposal.newest,
        veil=draft_veil(proposal),
        payload=said,
    )
    await Sponsor.filter(id=row.id).update(agreed=proposal.newest)
