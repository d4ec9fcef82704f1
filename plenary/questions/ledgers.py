"""The roll and the ledgers of a question as they are now, read once and kept while they are so.

Nothing here depends on who reads, or on the hour: `record/remembered.py` keeps it while it is true.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from tortoise.queryset import QuerySet

from plenary.bodies.measures import absence_of
from plenary.bodies.models import Delegation
from plenary.bodies.rules import Roll
from plenary.procedures.terms import Terms, terms_of
from plenary.proposals.models import Proposal
from plenary.questions import rules
from plenary.questions.carried import lines_of, newest
from plenary.questions.circulated import circulated
from plenary.questions.clearance import Circulated
from plenary.questions.comparisons import Weighed, weighed
from plenary.questions.models import Late, Position, Question, RollCall, TimeAsked, View
from plenary.questions.reading import concerns_at
from plenary.questions.rules import CurrentAnswer, Stance, Standing
from plenary.questions.stated import OffTheRoll, Party, Stated, TimeRequest, by_name, in_order
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
    texts: Mapping[int, Circulated]  # each version, by its number
    time: tuple[TimeRequest, ...]  # who in the room has asked for time, oldest first
    sources: Mapping[int, frozenset[int]]  # by version: ids of earlier questions that speak here
    objections: tuple[Stated, ...]  # who objects, on whichever version, and under whatever rule
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
    lines = await lines_of(questions)
    every = sorted({each.id for line in lines.values() for each in line})
    positions = await said_of(Position.filter(question_id__in=every, current=True), "-id", parties)
    views = await said_of(View.filter(question_id__in=every, current=True), "-id", parties)
    openly = await _openly(every, views, parties)
    late = await said_of(Late.filter(question_id__in=every), "id", parties)
    texts = await circulated({question.proposal_id for question in questions})
    time, sources = await _time(ids, parties), await _sources(lines)

    def ledgers(question: Question) -> Ledgers:
        terms, called = terms_of(under[question.id]), rolls[question.id]
        *before, _ = line = lines[question.id]
        roll = Roll({parties[key].code: states for key, states in called.items()})
        # What came too late for an earlier question is in time for this one.
        spoken = (
            (positions[each.id] for each in line),
            (_taken_up(late[each.id]) for each in before),
        )
        said = [each for each in chain(*chain(*spoken)) if each.party.code in roll.participating]
        among = rules.kin(terms.answers)
        current = newest(said, among)
        heard = newest(chain(*(views[each.id] for each in line)), among)
        public = newest(chain(*(openly[each.id] for each in line)), among)
        return Ledgers(
            terms,
            roll,
            tuple(sorted((parties[key] for key in called), key=in_order)),
            {answer.party.code: _counted(answer) for answer in reversed(current)},
            tuple(current),
            by_name(heard),
            by_name(public),
            tuple(late[question.id]),
            texts[question.proposal_id],
            tuple(time[question.id]),
            _by_version(sources, before, among),
            _objections(said),
            _absent(question, parties),
        )

    return {question.id: ledgers(question) for question in questions}


async def _time(ids: Sequence[int], parties: Parties) -> Mapping[int, list[TimeRequest]]:
    found: dict[int, list[TimeRequest]] = defaultdict(list)
    rows = TimeAsked.filter(question_id__in=ids).order_by("id")
    said = await rows.values_list(
        "question_id", "delegation_id", "version", "reason", "language", "at"
    )
    for question, delegation, *request in said:
        found[question].append(TimeRequest(parties[delegation], *request))
    return found


def _objections(said: Iterable[Stated]) -> tuple[Stated, ...]:
    return tuple(last for last in newest(said, rules.STANCES) if last.stance is Stance.OBJECT)


def _taken_up(late: Iterable[Stated]) -> list[Stated]:
    return [replace(spoken, current=True) for spoken in late]


async def _sources(lines: Mapping[int, Sequence[Question]]) -> frozenset[tuple[int, int, str]]:
    """Question, version and stance of all that was said on questions that others followed."""
    followed = {each.id for line in lines.values() for each in line[:-1]}
    found = set[tuple[int, int, str]]()
    for ledger in (Position, Late) if followed else ():
        rows = ledger.filter(question_id__in=sorted(followed)).distinct()
        for question, version, stance in await rows.values_list("question_id", "version", "stance"):
            found.add((int(question), int(version), str(stance)))
    return frozenset(found)


def _by_version(
    sources: Iterable[tuple[int, int, str]], before: Iterable[Question], among: frozenset[Stance]
) -> Mapping[int, frozenset[int]]:
    asked, found = {each.id for each in before}, defaultdict[int, set[int]](set)
    for question, version, stance in sources:
        if question in asked and stance in among:
            found[version].add(question)
    return {version: frozenset(questions) for version, questions in found.items()}


async def _openly(
    ids: Sequence[int], views: Mapping[int, Sequence[Stated]], parties: Parties
) -> Mapping[int, list[Stated]]:
    """Public views stay in sight of those who may not read what the same Observer said since."""
    kept = [question for question in ids if any(view.follows for view in views[question])]
    before = View.filter(question_id__in=kept, current=False, follows=False)
    earlier = await said_of(before, "id", parties) if kept else {}
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


async def said_of(
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
        more |= {"apart": apart.get(said[ENTRY - 1], ()), "question": question}
        if "bloc_id" in more:
            more["bloc"] = more.pop("bloc_id")
        found[question].append(
            Stated(parties[delegation], Stance(stance), *said[: len(COLUMNS) - 1], **more)
        )
    return found
