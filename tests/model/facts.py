"""What the oracle keeps of a text, a question on it, an answer to that, and a standing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from tests.model import verdicts


@dataclass(frozen=True)
class Stood:
    """An act on a Participant's standing: from a day, up to but without another, or for good."""

    standing: str
    since: date
    until: date | None = None
    office: str = ""  # whose interim measure it is; empty where a decision or the founding says so
    decided: bool = False

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass
class Participant:
    """What was done to its standing, in that order: of two acts the later one holds."""

    code: str
    acts: list[Stood]

    def on(self, day: date) -> Stood:
        return next(act for act in reversed(self.acts) if act.covers(day))

    def over(self, span: Stood) -> list[Stood]:
        """What holds on the days of a span, as they are."""
        edges = {span.since} | {day for act in self.acts for day in (act.since, act.until) if day}
        return [self.on(day) for day in sorted(edges) if span.covers(day)]

    def interim_days(self, standing: str) -> int:
        """That offices alone have taken; a history is shorter than the year that counts."""
        alike = (a for a in self.acts if a.office and a.standing == standing)
        return sum((act.until - act.since).days for act in alike if act.until)


@dataclass(frozen=True)
class Issued:
    """A version as everybody had it."""

    at: datetime
    open: bool = False  # whether words of it stand in brackets


@dataclass
class Said:
    code: str
    stance: str
    version: int
    ad_referendum: bool = False
    current: bool = True


@dataclass
class Question:
    kind: str
    chosen: Mapping[str, object]
    version: int
    roll: frozenset[str]
    opens: datetime
    closes: datetime | None
    serial: int  # in the order in which they were put
    absent: Mapping[str, str] = field(default_factory=dict)  # code -> whose interim measure, or ""
    closed: datetime | None = None
    ended: str = ""
    extended: int = 0
    moved: int = 0
    outcome: str = ""
    decided_by: str = ""
    said: list[Said] = field(default_factory=list)
    heard: list[Said] = field(default_factory=list)
    late: list[Said] = field(default_factory=list)

    @property
    def by_clock(self) -> bool:
        return self.kind in verdicts.BY_CLOCK


@dataclass
class Text:
    number: int
    issued: list[Issued]
    stage: str = "before_plenary"
    questions: list[Question] = field(default_factory=list)

    @property
    def symbol(self) -> str:
        return f"KP/2019/P.{self.number}"

    @property
    def newest(self) -> int:
        return len(self.issued)

    @property
    def asked(self) -> Question | None:
        return self.questions[-1] if self.questions else None

    @property
    def held(self) -> bool:
        """No new text between the putting of a question on a fixed text and its outcome, nor
        between the end of the answering and its outcome on any."""
        return bool(
            self.stage == "question_put"
            and self.asked
            and (self.asked.kind not in verdicts.TEXT_MOVES or self.asked.closed)
        )

    def version_of(self, q: Question) -> int:
        return self.newest if q.closed is None else q.version

    def is_open(self, q: Question, now: datetime) -> bool:
        """By the clock alone."""
        stands = q.closed is None and self.stage == "question_put"
        return stands and (q.closes is None or now < q.closes)

    def last(self, roll: frozenset[str], answers: tuple[str, ...], until: int) -> dict[str, Said]:
        """The last answer of this kind of each delegation, on whichever question so far; what
        was late for an earlier one stands for the next."""
        found: dict[str, Said] = {}
        for q in self.questions:
            if q.serial > until:
                break
            for said in [s for s in q.said if s.current] + (q.late if q.serial < until else []):
                if said.code in roll and said.stance in answers:
                    found[said.code] = said
        return found

    def current(self, q: Question, version: int) -> dict[str, Said]:
        """The answers that count: the last of each delegation, if it is on this version."""
        said = self.last(q.roll, verdicts.answers_to(q.kind), q.serial)
        return {code: last for code, last in said.items() if last.version == version}

    def standing(self, q: Question, version: int) -> str:
        said = {code: last.stance for code, last in self.current(q, version).items()}
        return verdicts.standing(q.kind, q.chosen, q.roll, said)

    def objected(self, roll: frozenset[str]) -> bool:
        """Whether an objection stands on the newest text, under whatever question it was made."""
        said = self.last(roll, verdicts.STANCES, 1_000_000).values()
        return any(last.stance == "object" and last.version == self.newest for last in said)

    def objected_earlier(self, q: Question, version: int) -> bool:
        """Whether one who objected to another text has not answered on this one."""
        said = self.last(q.roll - {str(q.chosen.get("without", ""))}, verdicts.STANCES, 1_000_000)
        found = any(s.stance == "object" and s.version != version for s in said.values())
        return found and q.kind in verdicts.OBJECTING

    def end(self, q: Question, how: str, at: datetime) -> None:
        q.closed, q.ended, q.version = at, how, self.newest
