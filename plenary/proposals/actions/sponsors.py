"""Names under a text: a delegation asks, an author answers; it confirms, and it steps back."""

from plenary.bodies.models import Delegation
from plenary.proposals import sponsorship
from plenary.proposals.actions.moves import bar_to_unseen
from plenary.proposals.actions.shared import (
    bar_to_author,
    bar_to_own,
    draft_veil,
    enter_name,
    enter_reader,
    move,
    read_by,
    row_of,
    stand_over,
)
from plenary.proposals.models import Proposal, Sponsor
from plenary.proposals.names import names_under
from plenary.proposals.reading import load
from plenary.proposals.rules import Stage
from plenary.proposals.sponsorship import Role, State
from plenary.record.act import Record, act, its_receipt, once
from plenary.record.models import Receipt
from plenary.refusal import Refused, refuse


@once(its_receipt)
async def ask_to_join(
    by: str, year: int, number: int, *, role: str, version: int | None = None, key: str = ""
) -> Receipt:
    """A Participant asks to stand under a text that it read, as a sponsor or as an author."""
    async with act(by=by) as record:
        proposal, code = await load(year, number), _code(by)
        await read_by(by, proposal)
        refuse(await bar_to_author(record, proposal.body.key))
        refuse(bar_to_unseen(proposal, version))
        name = (await names_under(proposal)).of(code)
        refuse(sponsorship.bar_to_ask(Stage(proposal.stage), name, Role(role), proposal.author))
        entry = record.append(
            "sponsor.asked",
            proposal.symbol,
            role=role,
            version=proposal.newest,
            veil=draft_veil(proposal),
        )
        delegation = await Delegation.get(code=code)
        await Sponsor.update_or_create(
            proposal=proposal,
            delegation=delegation,
            defaults={
                "role": role, "state": State.ASKED, "versions": [proposal.newest], "agreed": 0,
                "entry": entry,
            },
        )  # fmt: skip
        return await _receipt(record, proposal, entry)


@once(its_receipt)
async def answer_asking(
    by: str, year: int, number: int, code: str, *, accepted: bool, key: str = ""
) -> Receipt:
    """An author accepts whoever asked to join, over the text that they read, or declines."""
    async with act(by=by) as record:
        proposal = await load(year, number)
        refuse(await bar_to_own(by, proposal))
        name = (await names_under(proposal)).of(code)
        refuse(sponsorship.bar_to_answer(Stage(proposal.stage), name))
        row = await row_of(proposal, code)
        if accepted:
            entry = enter_name(record, proposal, code, role=row.role, version=row.versions[-1])
        else:
            entry = record.append(
                "sponsor.declined", proposal.symbol, delegation=code, veil=draft_veil(proposal)
            )
        if accepted and row.role == Role.AUTHOR and proposal.tabled is None:
            await enter_reader(proposal, f"delegation:{code}", entry)
        state = State.STANDS if accepted else State.DECLINED
        await Sponsor.filter(id=row.id).update(state=state, entry=entry)
        return await _receipt(record, proposal, entry)


@once(its_receipt)
async def step_back(
    by: str, year: int, number: int, *, reason: str = "", language: str = "", key: str = ""
) -> Receipt:
    """A delegation takes its name off a text, with or without a reason; or takes back its asking.

    Of several authors the first that is left is named first.
    """
    async with act(by=by) as record:
        proposal, code = await load(year, number), _code(by)
        names = await names_under(proposal)
        name = names.of(code)
        refuse(sponsorship.bar_to_leave(Stage(proposal.stage), name, names, proposal.author))
        said = {"reason": reason, "language": language} if reason else {}
        entry = record.append(
            "sponsor.left", proposal.symbol, veil=draft_veil(proposal), payload=said
        )
        row = await row_of(proposal, code)
        await Sponsor.filter(id=row.id).update(state=State.LEFT, agreed=0, entry=entry)
        left = [author.code for author in names.authors if author.code != code]
        if proposal.author == by and left:
            await Proposal.filter(id=proposal.id).update(author=f"delegation:{left[0]}")
        return await _receipt(record, proposal, entry)


@once(its_receipt)
async def confirm_name(by: str, year: int, number: int, *, version: int, key: str = "") -> Receipt:
    """A delegation lets its name stand over the newest version too, which it has in sight."""
    async with act(by=by) as record:
        proposal, code = await load(year, number), _code(by)
        refuse(bar_to_unseen(proposal, version))
        name = (await names_under(proposal)).of(code)
        refuse(sponsorship.bar_to_confirm(Stage(proposal.stage), name, version))
        entry = record.append(
            "text.confirmed", proposal.symbol, version=version, veil=draft_veil(proposal)
        )
        await stand_over(proposal, code, version, entry)
        return await _receipt(record, proposal, entry)


def _code(by: str) -> str:
    return by.removeprefix("delegation:")


@once(its_receipt)
async def countersign(by: str, year: int, number: int, *, version: int, key: str = "") -> Receipt:
    """A delegation says that what was handed in for it is its own: it is the author from now on."""
    async with act(by=by) as record:
        proposal, code = await load(year, number), _code(by)
        name = (await names_under(proposal)).of(code)
        refuse(sponsorship.bar_to_countersign(Stage(proposal.stage), name))
        row = await row_of(proposal, code)
        if version not in row.versions:
            raise Refused("moved_since_seen", base=version, latest=proposal.newest)
        entry = record.append("text.countersigned", proposal.symbol, version=version)
        await Sponsor.filter(id=row.id).update(state=State.STANDS, entry=entry)
        return await _receipt(record, proposal, entry)


@once(its_receipt)
async def disown(
    by: str, year: int, number: int, *, reason: str = "", language: str = "", key: str = ""
) -> Receipt:
    """A delegation says that what was handed in for it is not its own: it is off the table."""
    async with act(by=by) as record:
        proposal, code = await load(year, number), _code(by)
        name = (await names_under(proposal)).of(code)
        refuse(sponsorship.bar_to_countersign(Stage(proposal.stage), name))
        said = {"reason": reason, "language": language} if reason else {}
        entry = record.append("text.disowned", proposal.symbol, payload=said)
        row = await row_of(proposal, code)
        await Sponsor.filter(id=row.id).update(state=State.LEFT, entry=entry)
        await move(record, proposal, Stage.WITHDRAWN)
        return await _receipt(record, proposal, entry)


async def _receipt(record: Record, proposal: Proposal, entry: int) -> Receipt:
    path = f"/proposals/{proposal.year}/{proposal.number}/sponsors"
    return await record.receipt(entry, topic=proposal.symbol, path=path)
