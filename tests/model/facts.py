"""What the oracle keeps of a text, a question on it and an answer to that."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tests.model import verdicts


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
    stage: str = "before_plenary"
    newest: int = 1
    questions: list[Question] = field(default_factory=list)

    @property
    def symbol(self) -> str:
        return f"KP/2019/P.{self.number}"

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

    def end(self, q: Question, how: str, at: datetime) -> None:
        q.closed, q.ended, q.version = at, how, self.newest
