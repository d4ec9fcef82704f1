"""The way of a proposal: drafted, tabled, sponsored, referred, withdrawn."""

from dataclasses import dataclass, field

from plenary.bodies.actions.symbols import take_symbol
from plenary.bodies.models import Body, Delegation, Words
from plenary.bodies.reading import numbering_year, root
from plenary.proposals import rules
from plenary.proposals.actions.shared import (
    bar_to_author,
    bar_to_own,
    check_titles,
    draft_veil,
    move,
)
from plenary.proposals.actions.versions import write_version
from plenary.proposals.cycles import cycle_of
from plenary.proposals.models import Proposal, Sponsor
from plenary.proposals.reading import load, sponsors_of
from plenary.proposals.rules import Stage
from plenary.record.act import Record, act, door, once
from plenary.refusal import Missing, Refused, refuse


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
    sponsors: tuple[str, ...] = ()
    sample: bool = False
    key: str = ""
    note: Words = field(default_factory=dict)


@once(lambda receipt: Proposal.get(symbol=receipt.topic))
async def propose(by: str, proposed: Tabled, *, draft: bool) -> Proposal:
    """Open a proposal with its first version: a delegation's is a draft until it is tabled."""
    async with act(by=by) as record:
        refuse(await bar_to_author(record, proposed.body))
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
        author=record.by,
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
    await write_version(record, proposal, proposed.text, note=proposed.note)
    codes = [*proposed.sponsors]
    if record.by.startswith("delegation:"):
        codes.insert(0, record.by.removeprefix("delegation:"))
    for code in dict.fromkeys(codes):
        role = "author" if f"delegation:{code}" == record.by else "sponsor"
        await _sponsor(record, proposal, code, role=role)
    return proposal


def _matter(proposal: Proposal) -> dict[str, str]:
    """What it is about, and whom it concerns, as an entry says it."""
    return {"matter": proposal.matter} | ({"party": proposal.party} if proposal.party else {})


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
    """Its authors withdraw a proposal, and nobody else; the page stays, with the reason.

    `version`: the text that whoever withdraws had in sight; Refused where a newer one has come.
    """
    async with act(by=by) as record:
        proposal = await load(year, number)
        refuse(await bar_to_own(by, proposal))
        refuse(rules.bar_to_withdraw(Stage(proposal.stage)))
        refuse(bar_to_unseen(proposal, version))
        await move(record, proposal, Stage.WITHDRAWN)
        record.append(
            "proposal.withdrawn",
            proposal.symbol,
            veil=draft_veil(proposal),
            payload={"reason": reason, "language": language},
        )
        return proposal


@door
async def sponsor(by: str, year: int, number: int, *, version: int | None = None) -> Proposal:
    """A Participant puts its name to a proposal that is on the table, and to the text it saw."""
    async with act(by=by) as record:
        proposal = await load(year, number)
        code = by.removeprefix("delegation:")
        refuse(await bar_to_author(record, proposal.body.key))
        refuse(bar_to_unseen(proposal, version))
        refuse(rules.bar_to_sponsor(Stage(proposal.stage), code, await sponsors_of(proposal)))
        await _sponsor(record, proposal, code)
        return proposal


async def _sponsor(record: Record, proposal: Proposal, code: str, *, role: str = "sponsor") -> None:
    delegation = await Delegation.get_or_none(code=code)
    if delegation is None:
        raise Missing("unknown_delegation", code=code)
    entry = record.append(
        "proposal.sponsored",
        proposal.symbol,
        delegation=code,
        veil=draft_veil(proposal),
    )
    await Sponsor.create(
        proposal=proposal,
        delegation=delegation,
        role=role,
        versions=[proposal.newest],
        entry=entry,
    )
