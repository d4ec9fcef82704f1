"""A question, a moment, and a letter box in the place of a mail server."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

from plenary import clock
from plenary.decisions.actions.closing import close_due
from plenary.notices.due import queue_follow_ups, queue_questions
from plenary.notices.models import Notice
from plenary.notices.sending import send_due
from plenary.people.mail import Unsent
from tests.world import World, found_world

OPENS = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MS = timedelta(milliseconds=1)
BASE, SENDER = "https://plenary.example.org", "Plenary <notices@example.org>"
EVERYBODY = {
    "head.ald@example.org", "head.bel@example.org", "head.cor@example.org", "head.del@example.org",
    "chair@example.org", "secretariat@example.org",
}  # fmt: skip


@contextmanager
def at(hours: float = 0, *, ms: int = 0) -> Iterator[None]:
    """So many hours after the opening."""
    with clock.pretending(OPENS + timedelta(hours=hours) + ms * MS):
        yield


async def opened(procedure: str = "silence", hours: float = 72, **more: Any) -> World:
    with at(-24):
        world = await found_world()
    with at():
        await world.put(procedure=procedure, hours=hours, **more)
    return world


@dataclass
class Box:
    """What arrived; `away`: the server does not answer."""

    mails: list[EmailMessage] = field(default_factory=list)
    away: bool = False
    tried: int = 0
    unknown: str = ""  # an address that it refuses

    async def __call__(self, mail: EmailMessage) -> None:
        self.tried += 1
        if mail["To"] == self.unknown:
            raise Unsent("no") from smtplib.SMTPRecipientsRefused({})
        if self.away:
            raise Unsent("refused") from ConnectionRefusedError()
        self.mails.append(mail)

    def to(self, who: str) -> list[str]:
        """The subjects of one person's letters."""
        return [mail["Subject"] for mail in self.mails if mail["To"] == f"{who}@example.org"]

    def text(self, who: str) -> str:
        """One person's newest letter, its lines put together again, subject first."""
        mail = [mail for mail in self.mails if mail["To"] == f"{who}@example.org"][-1]
        return " ".join(f"{mail['Subject']} {mail.get_content()}".split())


async def beat(hours: float, box: Box | None = None, *, ms: int = 0) -> list[str]:
    """What the worker does at a moment; the names of the notices that were new."""
    with at(hours, ms=ms):
        await close_due()
        known = set(await Notice.all().values_list("id", flat=True))
        await queue_questions()
        await queue_follow_ups()
        if box is not None:
            await send(box)
        new = await Notice.exclude(id__in=[*known] or [0]).order_by("due")
    return [*dict.fromkeys(notice.name for notice in new)]


async def send(box: Box) -> int:
    return await send_due(box, base_url=BASE, sender=SENDER)
