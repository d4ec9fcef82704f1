"""Every letter there is, and how far it has come; what waits can be tried again at once."""

from dataclasses import dataclass

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from plenary import clock
from plenary.notices.models import Notice
from plenary.record.act import door
from plenary.refusal import Missing

UNSENT = Q(sent=None) & Q(ended=None)
STATES = {  # how far a letter has come -> which rows
    "waiting": UNSENT & Q(failed=""),
    "away": UNSENT & Q(failed="away"),
    "refused": UNSENT & Q(failed="refused"),
    "sent": Q(sent__isnull=False),
    "ended": Q(sent=None) & Q(ended__isnull=False),  # no news any more
}


@dataclass(frozen=True)
class LetterSearch:
    """Which letters: of one state, and of a person, an address or a proposal."""

    state: str = ""
    query: str = ""


def state_of(notice: Notice) -> str:
    """By the same words as `STATES`."""
    if notice.sent:
        return "sent"
    return "ended" if notice.ended else notice.failed or "waiting"


def letters(asked: LetterSearch) -> QuerySet[Notice]:
    """The newest first, each with its person and what it is about."""
    rows = Notice.filter(STATES[asked.state]) if asked.state else Notice.all()
    for word in asked.query.split():
        rows = rows.filter(
            Q(person__name__icontains=word)
            | Q(person__email__icontains=word)
            | Q(question__proposal__symbol__icontains=word)
        )
    with_them = ("person", "question__proposal", "follow_up__decision")
    return rows.order_by("-due", "-id").prefetch_related(*with_them)


async def counted() -> dict[str, int]:
    """How many letters are in each state."""
    return {name: await Notice.filter(rows).count() for name, rows in STATES.items()}


@door
async def send_again(id: int | None = None) -> int:
    """Have a letter that waits tried at once; without a number, all that wait. How many.

    An attempt that is under way is left alone: it has no failure yet.
    """
    if id is not None and not await Notice.filter(id=id).exists():
        raise Missing("no_such_letter")
    rows = Notice.filter(UNSENT).exclude(failed="")
    return await (rows if id is None else rows.filter(id=id)).update(again=clock.now())
