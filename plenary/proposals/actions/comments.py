"""Comments: each gets its number and its receipt at once, and is never changed."""

from dataclasses import dataclass

from plenary.bodies.models import Delegation
from plenary.proposals import rules
from plenary.proposals.actions.known import clauses_of, draft_veil, load, version_numbered
from plenary.proposals.models import Comment, Proposal
from plenary.proposals.rules import Stage
from plenary.record.act import Record, act, its_receipt, once
from plenary.record.models import Receipt
from plenary.refusal import Fault, Invalid, refuse


@dataclass(frozen=True)
class Remark:
    """A comment as it is handed in: on one clause, or on the whole."""

    text: str
    language: str
    clause: str = ""
    key: str = ""
    version: int = 0  # the one that it was written on; 0: the newest


@once(its_receipt)
async def comment(by: str, year: int, number: int, remark: Remark) -> Receipt:
    """A comment gets its number and its receipt at once."""
    async with act(by=by) as record:
        proposal = await load(year, number)
        return await enter_comment(record, proposal, remark)


async def enter_comment(record: Record, proposal: Proposal, remark: Remark) -> Receipt:
    refuse(rules.bar_to_comment(Stage(proposal.stage)))
    version = await version_numbered(proposal, remark.version or proposal.newest)
    keys = {clause.key for clause in await clauses_of(version)}
    if remark.clause and remark.clause not in keys:
        raise Invalid({"clause": Fault("unknown_clause", clause=remark.clause)})
    code = record.by.removeprefix("delegation:") if record.by.startswith("delegation:") else ""
    made = proposal.comments_made + 1
    entry = record.append(
        "comment.made", proposal.symbol, version=version.number, clause=remark.clause,
        comment=made, veil=draft_veil(proposal),
        payload={"text": remark.text, "language": remark.language},
    )  # fmt: skip
    await Comment.create(
        proposal=proposal, number=made, version=version.number, clause=remark.clause,
        delegation=await Delegation.get(code=code) if code else None, by=record.by,
        text=remark.text, language=remark.language, at=record.now, entry=entry,
    )  # fmt: skip
    proposal.comments_made = made
    await Proposal.filter(id=proposal.id).update(comments_made=made, changed=record.now)
    return await record.receipt(
        entry, topic=proposal.symbol,
        path=rules.comment_path(proposal.year, proposal.number, made),
    )  # fmt: skip
