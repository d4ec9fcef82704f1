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

    def current(self, version: int) -> dict[str, Said]:
        """The answers that count: the last of each delegation, if it is on this version."""
        found = (said for said in self.said if said.current and said.version == version)
        return {said.code: said for said in found if said.code in self.roll}

    def standing(self, version: int) -> str:
        said = {code: answer.stance for code, answer in self.current(version).items()}
        return verdicts.standing(self.kind, self.chosen, self.roll, said)


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

    def end(self, q: Question, how: str, at: datetime) -> None:
        q.closed, q.ended, q.version = at, how, self.newest
