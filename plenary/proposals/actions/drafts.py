"""Who reads a draft: its authors show it to others, and take it from their sight again."""

from typing import Any

from plenary.bodies.models import Body, Delegation
from plenary.proposals import drafts
from plenary.proposals.actions.shared import bar_to_own, enter_reader
from plenary.proposals.drafts import readers_veil
from plenary.proposals.models import DraftReader, Proposal
from plenary.proposals.reading import authors_of, draft_readers, load
from plenary.proposals.rules import Stage
from plenary.record.act import Record, act, its_receipt, once
from plenary.record.models import Receipt
from plenary.refusal import Missing, refuse


@once(its_receipt)
async def show_draft(by: str, year: int, number: int, reader: str, *, key: str = "") -> Receipt:
    """An author shows a draft to a delegation or an office: they read it, and comment on it.

    `reader`: in whose name they act, delegation:BW, secretariat, chair:monitoring.
    """
    async with act(by=by) as record:
        proposal = await load(year, number)
        refuse(await bar_to_own(by, proposal))
        await _there(reader)
        refuse(drafts.bar_to_show(Stage(proposal.stage), reader, await draft_readers(proposal)))
        facts: dict[str, Any] = _delegation(reader)
        entry = record.append(
            "draft.shown",
            proposal.symbol,
            reader=reader,
            veil=readers_veil(proposal.symbol),
            **facts,
        )
        await enter_reader(proposal, reader, entry)
        return await _receipt(record, proposal, entry)


@once(its_receipt)
async def hide_draft(by: str, year: int, number: int, reader: str, *, key: str = "") -> Receipt:
    """An author takes a draft from the sight of whoever is none of its authors."""
    async with act(by=by) as record:
        proposal = await load(year, number)
        refuse(await bar_to_own(by, proposal))
        readers, authors = await draft_readers(proposal), await authors_of(proposal)
        refuse(drafts.bar_to_hide(Stage(proposal.stage), reader, readers, authors))
        facts: dict[str, Any] = _delegation(reader)
        entry = record.append(
            "draft.hidden",
            proposal.symbol,
            reader=reader,
            veil=readers_veil(proposal.symbol),
            **facts,
        )
        await DraftReader.filter(proposal=proposal, reader=reader).delete()
        return await _receipt(record, proposal, entry)


async def _there(reader: str) -> None:
    """Missing where there is no such delegation, and no such body whose chair it would be."""
    kind, _, name = reader.partition(":")
    if kind == "delegation" and not await Delegation.exists(code=name):
        raise Missing("unknown_delegation", code=name)
    if kind == "chair" and not await Body.exists(key=name):
        raise Missing("unknown_body", body=name)


def _delegation(reader: str) -> dict[str, str]:
    kind, _, code = reader.partition(":")
    return {"delegation": code} if kind == "delegation" else {}


async def _receipt(record: Record, proposal: Proposal, entry: int) -> Receipt:
    path = f"/proposals/{proposal.year}/{proposal.number}/readers"
    return await record.receipt(entry, topic=proposal.symbol, path=path)
