"""What can be removed by an order, and whose order stands. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from plenary.proposals.rules import Stage
from plenary.record import acts
from plenary.refusal import Fault, Refused
from plenary.texts.removed import GROUNDS

OFFICES = ("chair", "body", "court")
EVERYWHERE = "plenary"  # whose order reaches the words of every body
# Why there is nothing to remove where a payload holds no words: the roll, the rule, the window.
KEPT = {"question.put": "outcome_rests_on_it"}


@dataclass(frozen=True)
class Order:
    """Who ordered that words go, when, on what ground; and the reason in words."""

    office: str  # chair, body, court
    body: str  # whose chair, or which body
    ground: str
    reason: str
    language: str
    day: date
    decision: str = ""  # by which the body ordered it

    @property
    def by(self) -> str:
        return self.office if self.office == "court" else f"{self.office}:{self.body}"


@dataclass(frozen=True)
class Text:
    """Of which version of a proposal an entry is the text."""

    version: int
    newest: int  # version of the proposal
    stage: str  # of the proposal
    lasting: bool  # an authentic translation, which goes for later versions too


@dataclass(frozen=True)
class Adopted:
    """The decision whose text or title it is."""

    symbol: str
    entry: int


@dataclass(frozen=True)
class Subject:
    """An entry whose words are to go, and what rests on them."""

    n: int
    type: str
    day: date  # at the seat, on which it was written
    body: str  # to which it belongs
    has_words: bool
    removed: int | None = None  # the order by which its own words went already
    text: Text | None = None
    adopted: Adopted | None = None
    followed: Adopted | None = None  # whose translation was made from it, and still says the same


@dataclass(frozen=True)
class Ordering:
    """The decision by which a body is said to have ordered it."""

    adopted: bool
    body: str
    date: str  # as exact as its register
    entry: int  # by which it came into the register
    declared: bool = True  # here; else it was decided elsewhere, and imported


def bar_to_removal(subject: Subject) -> Refused | None:
    """Why no order can remove the words of an entry."""
    if subject.removed is not None:
        return Refused("words_removed", n=subject.n, order=subject.removed)
    if not subject.has_words:
        return Refused(KEPT.get(subject.type, "no_words_to_remove"), n=subject.n)
    if subject.text and is_asked_about(subject.text):
        return Refused("text_is_asked_about", n=subject.n)
    return None


def is_asked_about(text: Text) -> bool:
    """Whether it is the text of a question that runs: a gavel or a clock falls on no text that
    nobody can read, and without its words its brackets are open no more."""
    in_use = text.version == text.newest or text.lasting
    return text.stage == Stage.QUESTION_PUT and in_use


def only_repeated(kind: str, n: int, order: int, orders: Mapping[int, int]) -> bool:
    """Whether a payload went for what it repeats of another: its own words still stand.

    `orders`: each with the entry that it names.
    """
    return acts.of(kind).repeats and order in orders and n not in orders.values()


def faults_of_order(
    order: Order,
    goes: Sequence[Subject],
    today: date,
    bodies: Collection[str],
    ordering: Ordering | None,
) -> dict[str, Fault]:
    """What is wrong with an order, by field of its form; `ordering` is the decision it names.

    `goes`: every entry whose words go by it. In each field stands the first that is against it.
    """
    faults = _faults_of_itself(order, today, bodies, ordering)
    for subject in goes:
        faults = _faults_on(subject, order, ordering) | faults
    return faults


def _faults_of_itself(
    order: Order, today: date, bodies: Collection[str], ordering: Ordering | None
) -> dict[str, Fault]:
    faults: dict[str, Fault] = {}
    if order.office not in OFFICES:
        faults["office"] = Fault("unknown_choice", value=order.office)
    if order.ground not in GROUNDS:
        faults["ground"] = Fault("unknown_choice", value=order.ground)
    if order.office != "court" and order.body not in bodies:
        faults["body"] = Fault("unknown_choice", value=order.body)
    if order.day > today:
        faults["day"] = Fault("day_to_come")
    if fault := _fault_of(ordering, order):
        faults["decision"] = fault
    return faults


def _fault_of(ordering: Ordering | None, order: Order) -> Fault | None:
    """A body orders by a decision of its own that was adopted; a Chair and a court by none."""
    if order.office != "body":
        return Fault("decision_of_no_body") if order.decision else None
    if ordering is None or not ordering.adopted:
        return Fault("unknown_decision", value=order.decision)
    if ordering.body != order.body:
        return Fault("decision_of_another", value=order.decision)
    return None


def _faults_on(subject: Subject, order: Order, ordering: Ordering | None) -> dict[str, Fault]:
    faults: dict[str, Fault] = {}
    if order.office == "chair" and subject.adopted:
        faults["office"] = Fault("adopted_text", n=subject.n, decision=subject.adopted.symbol)
    elif order.office == "chair" and subject.followed:
        followed = subject.followed.symbol
        faults["office"] = Fault("adopted_translation_follows", n=subject.n, decision=followed)
    if order.office != "court" and order.body not in (subject.body, EVERYWHERE):
        faults["body"] = Fault("body_of_another", n=subject.n, body=subject.body)
    if order.day < subject.day:
        faults["day"] = Fault("day_before_entry", n=subject.n, day=subject.day)
    if ordering and (fault := _too_early(ordering, order, subject)):
        faults["decision"] = fault
    return faults


def _too_early(ordering: Ordering, order: Order, subject: Subject) -> Fault | None:
    """It was decided once the words, or the text as it was adopted, stood there. A date that
    another register gives as a year goes for its last day; that is not exact enough to say that it
    came after an adoption."""
    if subject.adopted and not ordering.declared:
        return Fault("decided_elsewhere", n=subject.n, value=order.decision)
    since = max(subject.n, subject.adopted.entry if subject.adopted else -1)
    day = subject.day.isoformat()[: len(ordering.date)]
    if ordering.date < day or ordering.entry <= since:
        return Fault("decision_before_words", n=subject.n, value=order.decision)
    return None
