"""Comments: each gets its receipt at once, and is never changed.

On a text that is on the table it gets its number at once too, and everyone reads it. On a draft it
is the draft's readers', before the tabling and after it, until its author publishes it.
"""

from dataclasses import dataclass

from plenary.bodies.models import Delegation
from plenary.proposals import rules
from plenary.proposals.actions.shared import read_by
from plenary.proposals.models import Comment, Proposal
from plenary.proposals.reading import clauses_of, load, version_of
from plenary.proposals.rules import Stage, comment_veil
from plenary.record.act import Record, act, its_receipt, once
from plenary.record.models import Receipt
from plenary.refusal import Fault, Invalid, Missing, refuse


@dataclass(frozen=True)
class Remark:
    """A comment as it is handed in: on one clause, or on the whole."""

    text: str
    language: str
    clause: str = ""
    key: str = ""
    version: int = 0  # the one that it was written on; 0: the newest
    on_draft: bool = False  # whether its form said that the draft's readers read it, and no others


@once(its_receipt)
async def comment(by: str, year: int, number: int, remark: Remark) -> Receipt:
    """A comment gets its receipt at once, and on the table its number."""
    async with act(by=by) as record:
        proposal = await load(year, number)
        return await enter_comment(record, proposal, remark)


async def enter_comment(record: Record, proposal: Proposal, remark: Remark) -> Receipt:
    tabled = proposal.tabled is not None
    await read_by(record.by, proposal)
    refuse(rules.bar_to_comment(Stage(proposal.stage)))
    refuse(rules.bar_to_comment_as_seen(on_draft=remark.on_draft, tabled=tabled))
    version = await version_of(proposal, remark.version or proposal.newest)
    keys = {clause.key for clause in await clauses_of(version)}
    if remark.clause and remark.clause not in keys:
        raise Invalid({"clause": Fault("unknown_clause", clause=remark.clause)})
    code = record.by.removeprefix("delegation:") if record.by.startswith("delegation:") else ""
    number = proposal.comments_made + 1 if tabled else None
    entry = record.append(
        "comment.made",
        proposal.symbol,
        version=version.number,
        clause=remark.clause,
        veil="" if tabled else comment_veil(record.next),
        payload={"text": remark.text, "language": remark.language},
        **({"comment": number} if number else {}),
    )
    await Comment.create(
        proposal=proposal,
        number=number,
        version=version.number,
        clause=remark.clause,
        readers="" if tabled else rules.CHOSEN,
        delegation=await Delegation.get(code=code) if code else None,
        by=record.by,
        text=remark.text,
        language=remark.language,
        at=record.now,
        entry=entry,
    )
    return await _placed(record, proposal, entry, number)


@once(its_receipt)
async def publish_comment(by: str, year: int, number: int, entry: int, *, key: str = "") -> Receipt:
    """Its author opens to everyone what was said on a draft; it gets its number."""
    async with act(by=by) as record:
        proposal = await load(year, number)
        kept = await Comment.get_or_none(proposal=proposal, entry=entry)
        if kept is None:
            raise Missing("unknown_comment", entry=entry)
        refuse(
            rules.bar_to_publish(
                by, kept.by, tabled=proposal.tabled is not None, published=kept.number is not None
            )
        )
        made = proposal.comments_made + 1
        n = record.append(
            "comment.published",
            proposal.symbol,
            comment=made,
            entry=entry,
            version=kept.version,
            clause=kept.clause,
        )
        await Comment.filter(id=kept.id).update(number=made, published=record.now)
        return await _placed(record, proposal, n, made)


async def _placed(record: Record, proposal: Proposal, entry: int, number: int | None) -> Receipt:
    """Count it where it is public, and say where it is read."""
    year, of_year = proposal.year, proposal.number
    if number is None:
        await Proposal.filter(id=proposal.id).update(changed=record.now)
        path = rules.kept_path(year, of_year, entry)
    else:
        proposal.comments_made = number
        await Proposal.filter(id=proposal.id).update(comments_made=number, changed=record.now)
        path = rules.comment_path(year, of_year, number)
    return await record.receipt(entry, topic=proposal.symbol, path=path)
