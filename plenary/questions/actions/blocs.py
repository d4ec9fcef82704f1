"""State a position on behalf of others; each of them confirms its own, and only then it counts."""

from dataclasses import dataclass

from plenary.bodies.actions.naming import named_otherwise
from plenary.bodies.models import Delegation
from plenary.proposals.models import Proposal
from plenary.proposals.reading import load
from plenary.questions.actions.answering import enter_position
from plenary.questions.actions.answers import Answer, columns, facts, payload, veil
from plenary.questions.actions.shared import delegation_in
from plenary.questions.models import Bloc, BlocMember, Question, RollCall
from plenary.questions.reading import apart_of, asked, is_open, lapsed, version_of
from plenary.questions.rules import Stance
from plenary.record.act import Record, act, its_receipt, once
from plenary.record.models import Receipt
from plenary.refusal import Fault, Forbidden, Invalid, Missing, Refused

LONGEST_NAME = 120  # of a group, in characters


@dataclass(frozen=True)
class OnBehalf:
    """A position as it is stated for the speaker itself and for others, who are named."""

    answer: Answer
    others: tuple[str, ...]  # codes of delegations on the roll
    name: str = ""  # of the group: the African Group


@once(lambda receipt: Bloc.get(entry=receipt.entry))
async def state_on_behalf(by: str, year: int, number: int, said: OnBehalf) -> Bloc:
    """The speaker's own position stands at once; for the others it is a question to each."""
    async with act(by=by) as record:
        return await enter_bloc(record, await load(year, number), said)


async def enter_bloc(record: Record, proposal: Proposal, said: OnBehalf) -> Bloc:
    """The same inside an open act."""
    code, question = delegation_in(record.by), await asked(proposal)
    if not is_open(question, proposal, record.now):
        raise Refused("over_for_others")
    speaker, others = await _parties(question, code, said)
    name = await named_otherwise(said.name)
    about = await facts(proposal, question, said.answer)
    receipt = await enter_position(record, proposal, code, said.answer)
    await Bloc.filter(question=question, delegation=speaker, current=True).update(current=False)
    bloc = await Bloc.create(
        question=question,
        delegation=speaker,
        name=name,
        **columns(said.answer),
        at=record.now,
        entry=receipt.entry,
    )
    for other in others:  # an entry for each, so that each reads its own and nobody else's
        record.append(
            "bloc.named",
            proposal.symbol,
            **about,
            bloc=receipt.entry,
            delegation=other.code,
            veil=veil(question),
            payload={"group": name} | payload(said.answer),
        )
        await BlocMember.create(bloc=bloc, delegation=other)
    return bloc


@once(its_receipt, natural=True)
async def answer_bloc(by: str, year: int, number: int, id: int, *, confirmed: bool) -> Receipt:
    """Who was named confirms, and it is its position from then on; or declines, on the record."""
    async with act(by=by) as record:
        proposal = await load(year, number)
        return await enter_bloc_answer(record, proposal, id, confirmed=confirmed)


async def enter_bloc_answer(
    record: Record, proposal: Proposal, id: int, *, confirmed: bool
) -> Receipt:
    member = await _member(record, proposal, id)
    bloc: Bloc = member.bloc
    if member.answered is not None:
        raise Refused("bloc_answered")
    if why := lapsed(
        bloc,
        open=is_open(bloc.question, proposal, record.now),
        version=version_of(bloc.question, proposal),
    ):
        raise Refused("bloc_lapsed", why=why)
    if confirmed:
        code = delegation_in(record.by)
        receipt = await enter_position(record, proposal, code, await answer_of(bloc), bloc=bloc)
    else:
        receipt = await _decline(record, proposal, bloc)
    await BlocMember.filter(id=member.id).update(
        answered=record.now, confirmed=confirmed, entry=receipt.entry
    )
    return receipt


async def answer_of(bloc: Bloc) -> Answer:
    """The same words, as the position of whoever confirms them."""
    return Answer(
        stance=Stance(bloc.stance),
        version=bloc.version,
        clause=bloc.clause,
        explanation=bloc.explanation,
        would_join=bloc.would_join,
        language=bloc.language,
        apart=(await apart_of([bloc])).get(bloc.entry, ()),
    )


async def _decline(record: Record, proposal: Proposal, bloc: Bloc) -> Receipt:
    question: Question = bloc.question
    entry = record.append(
        "bloc.declined",
        proposal.symbol,
        question=question.entry,
        bloc=bloc.entry,
        version=bloc.version,
        body=proposal.body.key,
        veil=veil(question),
    )
    path = f"/proposals/{proposal.year}/{proposal.number}/on-behalf/{bloc.id}"
    return await record.receipt(entry, topic=proposal.symbol, path=path)


async def _parties(
    question: Question, code: str, said: OnBehalf
) -> tuple[Delegation, list[Delegation]]:
    """The speaker, and the others as they stand on the roll."""
    rows = await RollCall.filter(question=question).prefetch_related("delegation")
    called = {row.delegation.code: row.delegation for row in rows}
    if code not in called:
        raise Forbidden("not_on_the_roll")
    others = sorted({*said.others} - {code})
    if not others:
        raise Invalid({"for": Fault("nobody_chosen")})
    if unknown := [other for other in others if other not in called]:
        raise Missing("unknown_delegation", code=unknown[0])
    return called[code], [called[other] for other in others]


async def _member(record: Record, proposal: Proposal, id: int) -> BlocMember:
    """The place that the answering delegation has in it; to whoever has none it is not there."""
    code = delegation_in(record.by)
    member = await BlocMember.get_or_none(
        bloc_id=id, delegation__code=code, bloc__question__proposal=proposal
    ).prefetch_related("bloc__question")
    if member is None:
        raise Missing("unknown_bloc")
    return member
