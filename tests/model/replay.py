"""The record read by itself: what its entries say happened, and whether that may have happened.

Neither the oracle nor the tables are asked. Every entry is judged as it arrives; the root of the
tree is worked out from the bytes.
"""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from plenary.record import tree
from plenary.record.entry import whole

OFFICES = {"chair:plenary", "secretariat", "system"}
VOTES = {"yes", "no", "abstain"}
BEFORE = {
    "deferred": "deferred",
    "referred_back": "working_group",
    "no_consensus": "before_plenary",
}


@dataclass
class Asked:
    """A question as its entries tell it."""

    topic: str
    kind: str
    fixed: bool
    roll: frozenset[str]
    by_clock: bool
    breaks: bool
    closes: str
    said: dict[str, dict[str, Any]] = field(default_factory=dict)
    late: list[dict[str, Any]] = field(default_factory=list)
    closed: str = ""
    broken: bool = False
    outcome: str = ""
    extended: int = 0


@dataclass
class Replay:
    """The record so far. AssertionError where an entry contradicts those before it."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()
    at: str = ""
    stages: dict[str, str] = field(default_factory=dict)
    newest: dict[str, int] = field(default_factory=dict)
    questions: dict[int, Asked] = field(default_factory=dict)  # by entry
    brackets: dict[tuple[str, int], bool] = field(default_factory=dict)
    # By code, the newest first: what it is, from a day, up to another or for good.
    standing: dict[str, list[tuple[str, str, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    statements: dict[str, int] = field(default_factory=dict)

    @property
    def root(self) -> str:
        return tree.root_of(self.peaks).hex()

    def take(self, written: bytes, payload: bytes) -> None:
        words = json.loads(payload or b"{}")
        facts = whole(json.loads(written), words) | {"words": words}
        assert facts["n"] == self.size, "an entry is missing, or stands in another's place"
        assert facts["at"] >= self.at, "time on the record goes back"
        self.peaks, _ = tree.append(self.size, self.peaks, tree.leaf_hash(written))
        self.size, self.at = self.size + 1, facts["at"]
        judge = getattr(self, "_" + facts["type"].replace(".", "_"), None)
        if judge:
            judge(facts)

    def open_on(self, topic: str) -> list[Asked]:
        return [q for q in self.questions.values() if q.topic == topic and not q.closed]

    # --- entries by their type ---

    def _delegation_admitted(self, said: dict[str, Any]) -> None:
        self.standing[said["topic"]].insert(0, (said["value"], "", ""))

    def _participant_standing(self, said: dict[str, Any]) -> None:
        """On a decision, by an office for a month at most, or before anything was asked."""
        since, until = said["since"], said["until"]
        if said.get("office"):
            days = date.fromisoformat(until) - date.fromisoformat(since)
            assert days.days <= 30, "an office alone, for longer than its month"
        elif not said["decision"]:
            assert not self.questions, "a roll was changed without a decision"
        self.standing[said["topic"]].insert(0, (said["value"], since, until))

    def _active(self, day: str) -> frozenset[str]:
        now = {
            code: next(
                v for v, since, until in acts if since <= day and not (until and until <= day)
            )
            for code, acts in self.standing.items()
        }
        return frozenset(code for code, value in now.items() if value == "active")

    def _proposal_tabled(self, said: dict[str, Any]) -> None:
        self.stages[said["topic"]] = "before_plenary"

    def _version_issued(self, said: dict[str, Any]) -> None:
        topic = said["topic"]
        undecided = self.stages[topic] == "question_put" and [
            q for q in self.questions.values() if q.topic == topic and not q.outcome
        ]
        assert not undecided or not undecided[-1].fixed, "a text changed under its question"
        assert said["version"] == self.newest.get(topic, 0) + 1
        self.newest[topic] = said["version"]
        self.brackets[topic, said["version"]] = any("[" in c[-1] for c in said["words"]["clauses"])

    def _proposal_withdrawn(self, said: dict[str, Any]) -> None:
        self.stages[said["topic"]] = "withdrawn"
        for q in self.open_on(said["topic"]):
            q.closed = said["at"]

    def _question_put(self, said: dict[str, Any]) -> None:
        assert not self.open_on(said["topic"]), "two questions at once on one proposal"
        assert said["version"] == self.newest[said["topic"]], "a text that moved on was put"
        assert frozenset(said["roll"]) == self._active(said["at"][:10]), (
            "the roll is not that of the day"
        )
        terms = said["rule"]
        self.questions[said["n"]] = Asked(
            said["topic"],
            terms["kind"],
            terms["text"] == "fixed",
            frozenset(said["roll"]),
            terms["closing"] == "clock",
            "objection" in terms.get("broken_by", []),
            said.get("closes", ""),
        )
        self.stages[said["topic"]] = "question_put"

    def _question_extended(self, said: dict[str, Any]) -> None:
        q = self.questions[said["question"]]
        assert not q.closed, "an ended question was extended"
        assert said["before"] == q.closes < said["closes"]
        if said["why"] == "extended":
            assert said["at"] < q.closes, "extended after its instant"
            q.extended += 1
            assert q.extended <= 1
        q.closes = said["closes"]

    def _position_stated(self, said: dict[str, Any]) -> None:
        q = self.questions[said["question"]]
        code = said["actor"].removeprefix("delegation:")
        assert not q.closed, "a position on a question that is over"
        assert not q.closes or said["at"] < q.closes, "a position at or after the closing instant"
        assert code in q.roll, "a position of one that is not on the roll"
        assert said["version"] == self.newest[q.topic], "a position on an older text"
        assert not (q.breaks and self._objects(q)), "a silence went on over an objection"
        q.said[code] = said

    def _position_entered(self, said: dict[str, Any]) -> None:
        """By an officer, from the room."""
        self._position_stated(said | {"actor": f"delegation:{said['delegation']}"})

    def _position_countersigned(self, said: dict[str, Any]) -> None:
        q = self.questions[said["question"]]
        current = q.said[said["actor"].removeprefix("delegation:")]
        assert current["n"] == said["position"], "countersigned what had been replaced"
        assert current["type"] == "position.entered"

    def _statement_made(self, said: dict[str, Any]) -> None:
        of = said["decision"]
        assert said["statement"] == self.statements.get(of, 0) + 1, "statements out of number"
        self.statements[of] = said["statement"]

    def _observer_heard(self, said: dict[str, Any]) -> None:
        q = self.questions[said["question"]]
        assert not q.closed
        assert not q.closes or said["at"] < q.closes, "heard at or after the closing instant"

    def _position_late(self, said: dict[str, Any]) -> None:
        q = self.questions[said["question"]]
        assert q.closed, "late before the end"
        q.late.append(said)

    _observer_late = _position_late

    def _silence_broken(self, said: dict[str, Any]) -> None:
        q = self.questions[said["question"]]
        assert not q.closed, "broken twice, or after its end"
        assert self._objects(q)
        q.closed, q.broken = said["at"], True
        self.stages[q.topic] = "before_plenary"

    def _question_closed(self, said: dict[str, Any]) -> None:
        q = self.questions[said["question"]]
        assert not q.closed, "closed twice"
        assert said["actor"] in OFFICES
        if "closes" in said:
            assert q.closes == said["closes"] <= said["at"], "closed at another instant"
        q.closed = said.get("closes", said["at"])
        if q.by_clock and said["standing"] != "carries":
            self.stages[q.topic] = "before_plenary"

    def _decision_declared(self, said: dict[str, Any]) -> None:
        q = self.questions[said["question"]]
        assert not q.outcome, "decided twice"
        assert said["version"] <= self.newest[q.topic]
        adopted = said["outcome"].startswith("adopted")
        assert not (adopted and self.brackets[q.topic, said["version"]]), "adopted with brackets"
        if adopted and q.kind in ("consensus", "silence", "written"):
            standing = self._objects(q, said["version"])
            assert not standing, f"adopted over the objection of {standing}"
        q.outcome, q.closed = said["outcome"], q.closed or said["at"]
        self.stages[q.topic] = BEFORE.get(said["outcome"], "decided")

    def _objects(self, q: Asked, version: int = 0) -> list[str]:
        """Whose last stance on this text is an objection, on whichever question it was stated."""
        on, last = version or self.newest[q.topic], dict[str, dict[str, Any]]()
        for asked in (q_ for q_ in self.questions.values() if q_.topic == q.topic):
            stated = [*asked.said.items()]
            if asked is not q:
                stated += [(s["actor"].removeprefix("delegation:"), s) for s in asked.late]
            last |= {code: s for code, s in stated if s["value"] not in VOTES}
            if asked is q:
                break
        found = (c for c, s in last.items() if s["value"] == "object" and s["version"] == on)
        return sorted(q.roll & {*found})
