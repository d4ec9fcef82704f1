"""The roll and the ledgers of a question as they are now, read once and kept while they are so.

Nothing here depends on who reads, or on the hour: `record/remembered.py` keeps it while it is true.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tortoise.queryset import QuerySet

from plenary.bodies.measures import absence_of
from plenary.bodies.models import Delegation
from plenary.bodies.rules import Roll
from plenary.procedures.terms import Terms, terms_of
from plenary.proposals.models import Proposal, Version
from plenary.questions import rules
from plenary.questions.comparisons import Weighed, weighed
from plenary.questions.models import Late, Position, Question, RollCall, View
from plenary.questions.reading import concerns_at
from plenary.questions.rules import CurrentAnswer, Stance, Standing
from plenary.questions.stated import OffTheRoll, Party, Stated, by_name, in_order
from plenary.record.remembered import Kind, Since, remembered

MOST = 2_000_000  # of what is kept, by its weight
EACH = 600  # about so much weighs what was said, beside its words
Earlier = dict[str, tuple[Stated, ...]]  # by code, newest first
Parties = Mapping[int, Party]  # by id of the delegation


@dataclass(frozen=True)
class Judged:
    """What its rule says of the positions as they are."""

    standing: Standing
    counts: Mapping[str, int]
    checks: tuple[Weighed, ...]


@dataclass(frozen=True)
class Ledgers:
    """One question. Participants and Observers never share a list."""

    terms: Terms
    roll: Roll
    parties: tuple[Party, ...]  # the roll, in order
    said: Mapping[str, CurrentAnswer]  # by code, what counts now
    positions: tuple[Stated, ...]  # current, the newest first
    heard: tuple[Stated, ...]  # Observers, current, in order
    openly: tuple[Stated, ...]  # the last that each of them said in public, in order
    late: tuple[Stated, ...]  # what came at or after its end, oldest first
    brackets: Mapping[int, int]  # open in each version of its text
    absent: tuple[OffTheRoll, ...] = ()  # whom somebody's act kept off the roll, in order
    judgements: dict[tuple[int, frozenset[str] | None], Judged] = field(default_factory=dict)

    def judged(self, version: int, present: frozenset[str] | None) -> Judged:
        """Once for a version and a room."""
        if (version, present) not in self.judgements:
            asked = (self.terms, self.roll, self.said, version, present)
            self.judgements[version, present] = Judged(
                rules.standing(*asked),
                rules.counts(self.roll, self.said, version, self.terms),
                weighed(*asked),
            )
        return self.judgements[version, present]

    @property
    def weight(self) -> int:
        said = (*self.positions, *self.heard, *self.openly, *self.late)
        things = 1 + sum(1 + len(spoken.apart) for spoken in said)
        return EACH * things + sum(spoken.characters for spoken in said)


Asked = tuple[Question, Proposal]


async def ledgers_of(asked: Sequence[Asked]) -> dict[int, Ledgers]:
    """By id of the question: from memory, or read now, all of them in six queries."""
    known = await _LEDGERS.now()
    found = {question.id: kept[1] for question, _ in asked if (kept := known.get(question.id))}
    wanted = [(question, proposal) for question, proposal in asked if question.id not in found]
    if wanted:
        questions = [question for question, _ in wanted]
        try:
            read = await _read(questions, await parties())
        except KeyError:  # of somebody who was admitted since this reader came
            read = await _read(questions, await _parties())
        for question, proposal in wanted:
            ledgers = read[question.id]
            known.keep(question.id, (proposal.symbol, ledgers), ledgers.weight)
        found |= read
    return found


def _is_past(kept: tuple[str, Ledgers], since: Since) -> bool:
    """An answer makes the ledgers of its own question new, every other act all of them."""
    return since.topics is None or kept[0] in since.topics


_LEDGERS: Kind[int, tuple[str, Ledgers]] = Kind(MOST, _is_past)


async def superseded(
    ledger: type[Position] | type[View], questions: Iterable[int], codes: Sequence[str] | None
) -> Mapping[int, Earlier]:
    """What these delegations (None: all of them) said before, by question."""
    return await _superseded(ledger, tuple(questions), None if codes is None else tuple(codes))


@remembered(answers=True)
async def _superseded(
    ledger: type[Position] | type[View],
    questions: tuple[int, ...],
    codes: tuple[str, ...] | None,
) -> Mapping[int, Earlier]:
    query = ledger.filter(question_id__in=questions or [0], current=False)
    if codes is not None:
        query = query.filter(delegation__code__in=codes or [""])
    found: dict[int, Earlier] = {}
    for question, said in (await _said(query, "-id", await parties())).items():
        by_code: dict[str, list[Stated]] = defaultdict(list)
        for position in said:
            by_code[position.party.code].append(position)
        found[question] = {code: tuple(positions) for code, positions in by_code.items()}
    return found


async def _parties() -> Parties:
    """Every delegation by its id."""
    rows = Delegation.all().values_list("id", "code", "slug", "names", "constituency")
    return {int(key): Party(*party) for key, *party in await rows}


parties = remembered()(_parties)


async def _read(questions: Sequence[Question], parties: Parties) -> dict[int, Ledgers]:
    ids = [question.id for question in questions]
    # As it is now: whoever asks may have read the question before a name was removed from it.
    under = dict(await Question.filter(id__in=ids).values_list("id", "procedure"))
    rolls: dict[int, dict[int, int]] = defaultdict(dict)
    calls = RollCall.filter(question_id__in=ids).order_by("id")
    for asked, key, states in await calls.values_list("question_id", "delegation_id", "represents"):
        rolls[asked][key] = states
    positions = await _said(Position.filter(question_id__in=ids, current=True), "-id", parties)
    views = await _said(View.filter(question_id__in=ids, current=True), "-id", parties)
    openly = await _openly(ids, views, parties)
    late = await _said(Late.filter(question_id__in=ids), "id", parties)
    brackets = await _brackets({question.proposal_id for question in questions})
    return {
        question.id: Ledgers(
            terms_of(under[question.id]),
            Roll({parties[key].code: states for key, states in rolls[question.id].items()}),
            tuple(sorted((parties[key] for key in rolls[question.id]), key=in_order)),
            {said.party.code: _counted(said) for said in reversed(positions[question.id])},
            tuple(positions[question.id]),
            by_name(views[question.id]),
            by_name(openly[question.id]),
            tuple(late[question.id]),
            brackets[question.proposal_id],
            _absent(question, parties),
        )
        for question in questions
    }


async def _brackets(proposals: Iterable[int]) -> Mapping[int, Mapping[int, int]]:
    """How many are open, by id of the proposal and number of the version."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    rows = Version.filter(proposal_id__in=[*proposals])
    for proposal, number, open_ in await rows.values_list("proposal_id", "number", "brackets"):
        found[proposal][number] = open_
    return found


async def _openly(
    ids: Sequence[int], views: Mapping[int, Sequence[Stated]], parties: Parties
) -> Mapping[int, list[Stated]]:
    """Public views stay in sight of those who may not read what the same Observer said since."""
    kept = [question for question in ids if any(view.follows for view in views[question])]
    before = View.filter(question_id__in=kept, current=False, follows=False)
    earlier = await _said(before, "id", parties) if kept else {}
    found = {}
    for question in ids:
        public = (*earlier.get(question, ()), *(v for v in views[question] if not v.follows))
        found[question] = [*{view.party.code: view for view in public}.values()]
    return found


async def off_the_roll(question: Question) -> tuple[OffTheRoll, ...]:
    """Whom somebody's act keeps off the roll of a question, be it only rehearsed."""
    return _absent(question, await parties())


def _absent(question: Question, parties: Parties) -> tuple[OffTheRoll, ...]:
    by_code = {party.code: party for party in parties.values()}
    off = [
        OffTheRoll(by_code[kept["delegation"]], absence_of(kept)) for kept in question.absent or ()
    ]
    return tuple(sorted(off, key=lambda each: in_order(each.party)))


def _counted(said: Stated) -> CurrentAnswer:
    return CurrentAnswer(said.stance, said.version, said.ad_referendum, said.reasoned)


# Columns of every ledger, in the order of the fields of Stated after its party.
COLUMNS = (
    "stance", "version", "clause", "explanation", "would_join", "language", "at", "entry",
    "current",
)  # fmt: skip
ENTRY = COLUMNS.index("entry")
OWN = {
    Position: ("ad_referendum", "entered_by", "countersigned", "bloc_id"),
    View: ("entered_by", "countersigned", "follows"),
    Late: ("entered_by", "follows"),
}


async def _said(
    query: QuerySet[Any], order: str, parties: Parties
) -> defaultdict[int, list[Stated]]:
    """Values and no models: a roll of eighty says much."""
    own = OWN[query.model]
    rows = await query.order_by(order).values_list(
        "question_id", "delegation_id", *COLUMNS, *own, "several"
    )
    apart = await concerns_at([row[2 + ENTRY] for row in rows if row[-1]])
    found: defaultdict[int, list[Stated]] = defaultdict(list)
    for question, delegation, stance, *said, _ in rows:
        more = dict(zip(own, said[len(COLUMNS) - 1 :], strict=True))
        more["apart"] = apart.get(said[ENTRY - 1], ())
        if "bloc_id" in more:
            more["bloc"] = more.pop("bloc_id")
        found[question].append(
            Stated(parties[delegation], Stance(stance), *said[: len(COLUMNS) - 1], **more)
        )
    return found
