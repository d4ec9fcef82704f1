"""The terms of a question: the procedure that a body adopted, as the question keeps it. Pure.

A procedure is data: `{"kind", "key", "number", "names", "rule", …}`. Besides its rule (see
`procedures`) it says how a question under it ends and what may happen meanwhile:

    closing    "chair": the Chair declares; "clock": the closing instant makes the outcome
    text       "moves": an open question follows the text; "fixed": no new version while it is open
    broken_by  what ends it at once: "objection", "amendment"
    window     {"least": {"hours": 72}, "usual": {"days": 10}}: how long it is open
    extend     {"times": 1}: how often the Chair may move the closing instant to a later one
    outage     {"within": …, "longer_than": …, "by": …}: see `deadlines.after_outage`
    notice     {"sitting": …, "outside": …}: how long before the gavel; see `notice`
    after      the procedure that must have failed first; then: the one that follows when it fails
    choose     which of its terms the Chair may set, and within which bounds: see `bounds`
    matters    what it may decide: ["election", "admission"]; every matter where it names none
    party      whether the party concerned may be left out, which the proposal has named
    late_swing {"hours": 24}: a closing by the clock moves once by as much, where what would come
               turned within so many hours before it
    follows    the published rules that it follows, by their keys in published.toml
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from plenary.procedures import rules as procedures
from plenary.procedures.bounds import UNCHOSEN, Bound, bounds_of, leaves_party_out
from plenary.procedures.deadlines import Span
from plenary.procedures.notice import Notice
from plenary.procedures.rules import Rule

KINDS = ("consensus", "silence", "written", "vote", "consensus_minus", "double")
RULED = ("min_support", "threshold", "base", "allowed", "without", "quorum", "all", "classes")
OUTAGE = {"within": {"hours": 6}, "longer_than": {"minutes": 15}, "by": {"hours": 24}}

# What a body may adopt: offers, of which it has none until it does. A window of 72 hours is the
# General Assembly's (74/544); the Kimberley Process has not published its own for a written
# procedure, so the days are ours to be changed.
STANDARD: dict[str, dict[str, Any]] = {
    "consensus": {
        "names": {"en": "Consensus", "fr": "Consensus"},
        "closing": "chair", "text": "moves", "then": "vote",
    },
    "silence": {
        "names": {"en": "Silence procedure", "fr": "Procédure d’approbation tacite"},
        "closing": "clock", "text": "fixed", "broken_by": ["objection"],
        "window": {"least": {"hours": 72}, "usual": {"days": 5}},
        "extend": {"times": 1}, "outage": OUTAGE, "then": "consensus",
    },
    "written": {
        "names": {"en": "Written procedure", "fr": "Procédure écrite"},
        "closing": "clock", "text": "fixed",
        "window": {"least": {"days": 10}, "usual": {"days": 20}},
        "extend": {"times": 1}, "outage": OUTAGE, "then": "consensus",
        "choose": {"min_support": {"from": "1/2", "to": "1/1"}},
    },
    "vote": {
        "names": {"en": "Recorded vote", "fr": "Vote enregistré"},
        "closing": "chair", "text": "fixed",
        "choose": {
            "threshold": {"one_of": ["1/2", "2/3", "3/4"]},
            "base": {"one_of": ["cast", "present", "roll"]},
        },
    },
    "consensus_minus": {
        "names": {"en": "Consensus minus one", "fr": "Consensus moins un"},
        "closing": "chair", "text": "moves", "allowed": 1, "party": True,
        "matters": ["standing", "other"],
    },
    "double": {
        "names": {"en": "Double majority", "fr": "Double majorité"},
        "closing": "chair", "text": "fixed",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Terms:
    """One procedure with its number, as a question keeps it."""

    data: Mapping[str, Any]

    @property
    def kind(self) -> str:
        return str(self.data["kind"])

    @property
    def key(self) -> str:
        return str(self.data.get("key", self.kind))

    @cached_property
    def rule(self) -> Rule:
        return procedures.read(self.data["rule"])

    @property
    def answers(self) -> tuple[str, ...]:
        """What a delegation may answer, in the order in which it is offered.

        Asked at every position, so the rest of the rule is not read for it.
        """
        return tuple(self.data["rule"]["answers"])

    @property
    def by_clock(self) -> bool:
        return bool(self.data.get("closing") == "clock")

    @property
    def seeks_consensus(self) -> bool:
        """Whether one can object: else nobody sought a consensus that could be missed."""
        return "object" in self.answers

    @property
    def text_moves(self) -> bool:
        return bool(self.data.get("text", "moves") == "moves")

    @property
    def least(self) -> Span | None:
        """The shortest window that the body allows; None where none is needed."""
        return self._span("least")

    @property
    def usual(self) -> Span | None:
        return self._span("usual") or self.least

    def breaks(self, act: str) -> bool:
        """Whether one such act (an objection, an amendment) ends the question at once."""
        return act in self.data.get("broken_by", ())

    @property
    def extensions(self) -> int:
        """How often its closing may be moved."""
        return int(self.data.get("extend", {}).get("times", 0))

    @property
    def outage(self) -> Mapping[str, Any] | None:
        return self.data.get("outage")

    @property
    def matters(self) -> tuple[str, ...]:
        """What it may decide; empty where that is every matter."""
        return tuple(self.data.get("matters", ()))

    @property
    def bounds(self) -> Mapping[str, Bound]:
        """What is left to the Chair, each with its bound."""
        return bounds_of(self.data)

    @property
    def party(self) -> bool:
        """Whether the party concerned may be left out."""
        return leaves_party_out(self.data)

    def value(self, name: str) -> Any:
        """A term as it holds: chosen, set by the procedure, or what is usual."""
        return self.data.get(name) or UNCHOSEN[name]

    def decides(self, matter: str) -> bool:
        return not self.matters or matter in self.matters

    @property
    def notice(self) -> Notice | None:
        """How long before the gavel; None where it was adopted before there was such a term."""
        return Notice.read(self.data["notice"]) if "notice" in self.data else None

    @property
    def late_swing(self) -> timedelta | None:
        """Within how long before the closing a turn moves it, and by how much."""
        hours = self.data.get("late_swing", {}).get("hours", 0)
        return timedelta(hours=int(hours)) if hours else None

    @property
    def after(self) -> str:
        return str(self.data.get("after", ""))

    @property
    def then(self) -> str:
        return str(self.data.get("then", ""))

    def _span(self, name: str) -> Span | None:
        data = self.data.get("window", {}).get(name)
        return Span.read(data) if data else None


def standard(kind: str) -> dict[str, Any]:
    """A standard procedure as a body would adopt it."""
    return {"kind": kind, "key": kind, "number": 0} | STANDARD[kind]


def complete(data: Mapping[str, Any], chosen: Mapping[str, Any]) -> dict[str, Any]:
    """A procedure with what the Chair has chosen, and its rule spelt out: what a question keeps.

    Raises ValueError where a term is not open to choice, or says what no rule can mean.
    """
    open_to_choice = {*bounds_of(data), *(["without"] if leaves_party_out(data) else [])}
    if closed := sorted(set(chosen) - open_to_choice):
        raise ValueError(f"{closed[0]}: is fixed by the procedure")
    full = {**data, **chosen}
    if "rule" in data and set(chosen) == {"without"}:
        full["rule"] = {**data["rule"], "without": [chosen["without"]]}
        procedures.read(full["rule"])
        return full
    if "without" in chosen:  # of all but the party concerned, none may object
        full.pop("allowed", None)
    if "rule" not in data or chosen:
        terms = {name: full[name] for name in RULED if name in full}
        full["rule"] = procedures.usual(str(data["kind"]), **terms)
    procedures.read(full["rule"])
    return full


def terms_of(procedure: Mapping[str, Any]) -> Terms:
    """The terms that a question keeps; the first questions kept no more than a kind."""
    if "rule" in procedure:
        return Terms(procedure)
    return Terms(complete({**standard(str(procedure["kind"])), **procedure}, {}))
