"""A delegation in the room asks for time: then the Chair cannot waive the notice."""

from plenary.proposals.reading import load
from plenary.questions import bars
from plenary.questions.actions.shared import delegation_in
from plenary.questions.models import TimeAsked
from plenary.questions.reading import asked, called, is_open, present_at, version_of
from plenary.record.act import act, its_receipt, once
from plenary.record.models import Receipt
from plenary.refusal import Forbidden, Refused, refuse


@once(its_receipt, natural=True)
async def ask_for_time(
    by: str, year: int, number: int, *, version: int, reason: str, language: str = "en"
) -> Receipt:
    """On the text that the question is on now; public at once, with its reason."""
    async with act(by=by) as record:
        proposal = await load(year, number)
        question, code = await asked(proposal), delegation_in(by)
        participant = await called(question, code)
        if participant is None:
            raise Forbidden("not_on_the_roll")
        now_on = version_of(question, proposal)
        if version != now_on:
            raise Refused("version_moved", version=version, asked=now_on)
        before = TimeAsked.filter(question=question, delegation=participant, version=version)
        here = await present_at(question, record.now) or frozenset()
        refuse(
            bars.bar_to_ask_for_time(
                open=is_open(question, proposal, record.now),
                here=code in here,
                already=await before.exists(),
            )
        )
        entry = record.append(
            "time.asked",
            proposal.symbol,
            question=question.entry,
            version=version,
            body=proposal.body.key,
            payload={"reason": reason, "language": language},
        )
        await TimeAsked.create(
            question=question,
            delegation=participant,
            version=version,
            reason=reason,
            language=language,
            at=record.now,
            entry=entry,
        )
        path = f"/proposals/{proposal.year}/{proposal.number}#time"
        return await record.receipt(entry, topic=proposal.symbol, path=path)
