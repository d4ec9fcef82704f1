"""Whose text it is: its authors write, table and withdraw it, and no office does. Pure.

Authors are delegations; an office is the author of a Chair's text alone. Who presides can put a
text of its own beside that of the authors, which says whose it is: in whose name nobody else speaks
by it.
"""

from collections.abc import Set
from enum import StrEnum

from plenary.proposals.rules import Stage, bar_to_preside
from plenary.refusal import Forbidden, Refused


class Hand(StrEnum):
    """Who wrote a version, where its authors did not."""

    AUTHORS = ""  # or an office, before a version said in which capacity
    CHAIR = "chair"  # a rival text, of whoever presides
    BODY = "body"  # the text of the body that has it, put together by whoever presides


RIVALS = (Hand.CHAIR, Hand.BODY)


def is_office(actor: str) -> bool:
    return not actor.startswith("delegation:")


def bar_to_own(actor: str, authors: Set[str], body: str) -> Refused | None:
    """Its authors table and withdraw a text, and nobody does it for them.

    A sponsor lends its name and no more: else anyone could sponsor a text and take it back. What a
    group's chair wrote is out of its hands once another body has it.
    """
    if actor not in authors:
        return _not_the_author(actor)
    return bar_to_preside(actor, body) if is_office(actor) else None


def bar_to_hand_in(actor: str, *, for_another: bool) -> Refused | None:
    """A delegation hands in its own text, who presides a Chair's text; and the secretariat hands in
    what a delegation sent it, and nothing of its own."""
    if (actor == "secretariat") is for_another or actor == "system":
        return None
    return Forbidden("hands_in_for_others" if actor == "secretariat" else "hands_in_its_own")


def bar_to_issue(actor: str, authors: Set[str], body: str) -> Refused | None:
    """Its authors rewrite a text; who presides may put another beside it, the secretariat none."""
    if actor.startswith("chair:"):
        return bar_to_preside(actor, body)
    return bar_to_own(actor, authors, body)


def bar_to_put_into_words(actor: str, authors: Set[str], body: str) -> Refused | None:
    """A translation is its authors', or the bureau's work."""
    return bar_to_preside(actor, body) if is_office(actor) else bar_to_own(actor, authors, body)


def bar_to_rival(hand: Hand, stage: Stage, authors: Set[str], actor: str) -> Refused | None:
    """Beside somebody else's text another is put once that is on the table."""
    if hand is Hand.AUTHORS or actor in authors or stage is not Stage.DRAFT:
        return None
    return Refused("proposal_not_on_the_table", stage=stage)


def hand_of(actor: str, chosen: str = "") -> Hand:
    """In which capacity a version is written; an office's is never its authors'."""
    if not actor.startswith("chair:"):
        return Hand.AUTHORS
    return Hand(chosen) if chosen in RIVALS else Hand.CHAIR


def _not_the_author(actor: str) -> Forbidden:
    kind = "delegation" if not is_office(actor) else actor.partition(":")[0]
    return Forbidden("not_the_author", hand=kind)
