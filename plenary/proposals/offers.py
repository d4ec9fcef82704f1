"""What a reader may do with a text now. Pure: one value that its page and the tests ask.

`questions.offers` says the same of the question on it.
"""

from dataclasses import dataclass, field

from plenary.bodies.powers import Capacity, Power, bar_to_author
from plenary.proposals import authorship, rules
from plenary.proposals.authorship import hand_of
from plenary.proposals.rules import CLOSED, Stage
from plenary.proposals.sponsorship import (
    Names,
    Role,
    bar_to_ask,
    bar_to_confirm,
    bar_to_countersign,
    bar_to_leave,
)


@dataclass(frozen=True)
class Text:
    """The newest version of a proposal, as it stands."""

    stage: Stage
    body: str  # that has it
    authors: frozenset[str]
    held: bool = False  # under a question on which the text is fixed
    names: Names = field(default_factory=Names)  # under it
    author: str = ""  # the first of them
    newest: int = 1


@dataclass(frozen=True)
class Hand:
    """A reader: in whose name they would act on it, and with which powers there."""

    capacity: Capacity
    powers: frozenset[Power] = frozenset()
    code: str = ""  # of their delegation


@dataclass(frozen=True)
class TextOffers:
    """What is not refused."""

    sponsor: bool = False  # ask to, or to be one of its authors
    answer: bool = False  # those who asked
    confirm: bool = False  # that their name stands over the newest version
    leave: bool = False
    countersign: bool = False  # or disown, what was handed in for their delegation
    table: bool = False
    shows: bool = False  # the draft to others, or sees whom it is shown to
    revise: bool = False
    rival: bool = False  # and what they issue is a Chair's text, beside that of its authors
    translate: bool = False
    refer: bool = False
    withdraw: bool = False
    held: bool = False  # it would be theirs to revise, were it not held
    closed: bool = False  # for everybody

    @property
    def any(self) -> bool:
        return self.revise or self.translate or self.refer or self.withdraw


def writes_themselves(hand: Hand, body: str) -> bool:
    """Whether the delegation of a reader, whatever office they hold besides, writes before it."""
    return hand.capacity.actor == f"delegation:{hand.code}" and (
        bar_to_author(hand.capacity, body) is None
    )


def text_offers(text: Text, hand: Hand) -> TextOffers:
    """Each by the rule that would refuse it."""
    actor, may, stage = hand.capacity.actor, hand.powers, text.stage
    own = authorship.bar_to_own(actor, text.authors, text.body) is None
    issues = authorship.bar_to_issue(actor, text.authors, text.body) is None
    rivals = issues and authorship.bar_to_rival(hand_of(actor), stage, text.authors, actor) is None
    words = authorship.bar_to_put_into_words(actor, text.authors, text.body) is None
    writes = bar_to_author(hand.capacity, text.body) is None
    edits = rivals and Power.REVISE in may and stage not in CLOSED
    name, speaks = text.names.of(hand.code), Power.STATE_POSITION in may
    return TextOffers(
        sponsor=speaks
        and writes_themselves(hand, text.body)
        and bar_to_ask(stage, name, Role.SPONSOR, text.author) is None,
        answer=own and Power.REVISE in may and stage not in CLOSED and bool(text.names.asking),
        confirm=speaks and bar_to_confirm(stage, name, text.newest) is None,
        countersign=speaks and bar_to_countersign(stage, name) is None,
        leave=speaks and bar_to_leave(stage, name, text.names, text.author) is None,
        shows=own and Power.TABLE in may and stage is Stage.DRAFT,
        table=own and writes and Power.TABLE in may and rules.bar_to_table(stage) is None,
        revise=edits and writes and rules.bar_to_revise(stage, 1, 1, held=text.held) is None,
        rival=bool(hand_of(actor)) and actor not in text.authors,
        translate=words
        and writes
        and Power.TRANSLATE in may
        and rules.bar_to_translate(stage, 1, 1) is None,
        refer=Power.REFER in may
        and rules.bar_to_preside(actor, text.body) is None
        and rules.bar_to_refer(stage) is None,
        withdraw=own and Power.WITHDRAW in may and rules.bar_to_withdraw(stage) is None,
        held=edits and text.held,
        closed=stage in CLOSED,
    )
