"""What was said before on a question and those before it, for the pages that show it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from tortoise.expressions import Q

from plenary.bodies.viewers import Viewer
from plenary.questions.carried import by_party, kin, lines_of, questions_on
from plenary.questions.ledgers import Earlier, parties, said_of
from plenary.questions.models import Late, Position, Question, View
from plenary.questions.stand import Stand
from plenary.questions.stated import Stated
from plenary.record.remembered import remembered


async def with_earlier(
    stands: Sequence[Stand], viewer: Viewer, codes: Iterable[str] | None = None
) -> list[Stand]:
    """The same with what these delegations (None: all of them) said before, in two queries."""
    asked, codes = [stand.question for stand in stands], None if codes is None else [*codes]
    positions = await superseded(Position, asked, codes)
    views = await superseded(View, asked, codes)

    def read(said: Earlier, stand: Stand) -> Earlier:
        """Each by the rule of the question on which it was said."""
        shown = {view.entry for view in stand.heard}
        found = {
            code: tuple(
                past
                for past in before
                if past.entry not in shown
                and past.read_by(viewer.code, named=stand.named and past.question in stand.reads)
            )
            for code, before in said.items()
        }
        return {code: before for code, before in found.items() if before}

    return [
        replace(
            stand,
            earlier=read(positions.get(stand.question.id, {}), stand),
            heard_earlier=read(views.get(stand.question.id, {}), stand),
        )
        for stand in stands
    ]


async def superseded(
    ledger: type[Position] | type[View],
    questions: Iterable[Question],
    codes: Sequence[str] | None,
) -> Mapping[int, Earlier]:
    """What these delegations (None: all of them) said before, by id of the question."""
    asked = tuple((question.id, question.proposal_id) for question in questions)
    return await _superseded(ledger, asked, None if codes is None else tuple(codes))


@remembered(answers=True)
async def _superseded(
    ledger: type[Position] | type[View],
    asked: tuple[tuple[int, int], ...],
    codes: tuple[str, ...] | None,
) -> Mapping[int, Earlier]:
    on = await questions_on(tuple(sorted({proposal for _, proposal in asked})))
    wanted = [each for key, of in asked for each in on.get(of, ()) if each.id == key]
    lines = await lines_of(wanted)
    # Of a question with none before it only what was replaced is read; else the newest is left out.
    several = {each.id for line in lines.values() if len(line) > 1 for each in line}
    here = Q(question_id__in=[question.id for question in wanted] or [0], current=False)
    there = Q(question_id__in=sorted(several) or [0])
    said = await _by_question(ledger, Q(here, there, join_type="OR"), codes)
    late = await _by_question(Late, there, codes) if several and ledger is Position else {}
    found: dict[int, Earlier] = {}
    for question in wanted:
        *before, _ = line = lines[question.id]
        all_said = chain(
            *(said.get(each.id, ()) for each in line), *(late.get(each.id, ()) for each in before)
        )
        found[question.id] = {
            code: tuple(spoken[1:] if before else spoken)
            for code, spoken in by_party(all_said, kin(question)).items()
        }
    return found


async def _by_question(
    ledger: type[Position] | type[View] | type[Late], among: Q, codes: tuple[str, ...] | None
) -> Mapping[int, list[Stated]]:
    query = ledger.filter(among)
    if codes is not None:
        query = query.filter(delegation__code__in=codes or [""])
    return await said_of(query, "-id", await parties())
