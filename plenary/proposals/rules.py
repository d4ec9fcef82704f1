"""The life of a proposal: which step follows which, and who may take it. Pure."""

from collections.abc import Container
from enum import StrEnum

from plenary.bodies.rules import MATTERS
from plenary.refusal import Fault, Forbidden, Invalid, Refused


class Stage(StrEnum):
    DRAFT = "draft"
    TABLED = "tabled"
    WORKING_GROUP = "working_group"
    BEFORE_PLENARY = "before_plenary"
    QUESTION_PUT = "question_put"
    DECIDED = "decided"
    DEFERRED = "deferred"
    WITHDRAWN = "withdrawn"


CLOSED = frozenset({Stage.DECIDED, Stage.WITHDRAWN})
ON_THE_TABLE = frozenset(Stage) - CLOSED - {Stage.DRAFT}
# The five steps of the progress line; a deferred proposal waits before the Plenary or its group.
STEPS = (
    Stage.TABLED, Stage.WORKING_GROUP, Stage.BEFORE_PLENARY, Stage.QUESTION_PUT, Stage.DECIDED,
)  # fmt: skip


# Matters that may be about one delegation, which the proposal then names.
CONCERNING = frozenset({"election", "admission", "standing", "name", "other"})


def fault_of_matter(matter: str, party: str, delegations: Container[str]) -> Invalid | None:
    """One of the matters; a party concerned is a delegation, and some matters have none."""
    if matter not in MATTERS:
        return Invalid({"matter": Fault("unknown_choice", value=matter)})
    if party and matter not in CONCERNING:
        return Invalid({"party": Fault("no_party_concerned", matter=matter)})
    if party and party not in delegations:
        return Invalid({"party": Fault("unknown_choice", value=party)})
    return None


def stage_before(body: str) -> Stage:
    """Where a proposal stands by the body that has it."""
    return Stage.BEFORE_PLENARY if body == "plenary" else Stage.WORKING_GROUP


def bar_to_preside(actor: str, body: str) -> Refused | None:
    """The Chair and the secretariat move every text, a group's chair its group's."""
    if actor in ("secretariat", "chair:plenary", f"chair:{body}"):
        return None
    return Forbidden("not_the_chair", body=body)


def bar_to_table(stage: Stage) -> Refused | None:
    return None if stage is Stage.DRAFT else Refused("already_tabled", stage=stage)


def bar_to_revise(stage: Stage, base: int, latest: int, *, held: bool) -> Refused | None:
    """A new text is written on the newest version, never after a decision or under a silence."""
    if stage in CLOSED:
        return Refused("proposal_closed", stage=stage)
    if held:
        return Refused("text_held", latest=latest)
    return None if base == latest else Refused("version_overtaken", base=base, latest=latest)


def bar_to_translate(stage: Stage, base: int, latest: int) -> Refused | None:
    """A decided text may still be translated: the decision itself is in its original language."""
    if stage is Stage.WITHDRAWN:
        return Refused("proposal_closed", stage=stage)
    return None if base == latest else Refused("version_overtaken", base=base, latest=latest)


def bar_to_authenticate(actor: str, body: str) -> Refused | None:
    """Whether a translation is authentic or a courtesy is for the bureau to say."""
    return bar_to_preside(actor, body)


def bar_to_refer(stage: Stage) -> Refused | None:
    if stage in CLOSED or stage is Stage.DRAFT:
        return Refused("proposal_not_on_the_table", stage=stage)
    return Refused("question_open") if stage is Stage.QUESTION_PUT else None


def bar_to_withdraw(stage: Stage) -> Refused | None:
    return Refused("proposal_closed", stage=stage) if stage in CLOSED else None


def bar_to_comment(stage: Stage) -> Refused | None:
    """Comments are taken on anything that is not closed; a decided text is the record."""
    return Refused("proposal_closed", stage=stage) if stage in CLOSED else None


def bar_to_comment_as_seen(*, on_draft: bool, tabled: bool) -> Refused | None:
    """Who wrote for the readers of a draft does not speak to everyone because it was tabled."""
    return Refused("tabled_meanwhile") if on_draft and tabled else None


def bar_to_publish(by: str, author: str, *, tabled: bool, published: bool) -> Refused | None:
    """A comment made on a draft is published by whoever made it, once the text is public."""
    if by != author:
        return Forbidden("not_your_comment")
    if not tabled:
        return Refused("draft_not_tabled")
    return Refused("comment_published") if published else None


CHOSEN = ":chosen"  # the readers of a comment that was made on a draft; no body has this key
COMMENTS_ON_A_PAGE = 50


def comment_page(number: int) -> int:
    """The page on which a comment stands for ever: they come in the order of their numbers."""
    return 1 + (number - 1) // COMMENTS_ON_A_PAGE


def comment_path(year: int, number: int, comment: int) -> str:
    """Where a comment on a proposal is read."""
    page = comment_page(comment)
    asked = f"?page={page}" if page > 1 else ""
    return f"/proposals/{year}/{number}/comments{asked}#c{comment}"


def kept_path(year: int, number: int, entry: int) -> str:
    """Where a comment made on a draft is read; once it is published, this leads to its place."""
    return f"/proposals/{year}/{number}/comments/{entry}"


def comment_veil(entry: int) -> str:
    """Hides a comment made on a draft, and whatever is done about it, until it is published."""
    return f"comment:{entry}"
