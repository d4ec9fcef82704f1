"""Mail, made by reading the record."""

from collections.abc import Awaitable, Callable

from plenary.notices.delivery import delivery_of
from plenary.notices.due import queue_follow_ups, queue_questions
from plenary.notices.entries import queue_entries
from plenary.notices.mail import mailer, post
from plenary.notices.reading import notices_to
from plenary.notices.sending import send_due
from plenary.settings import Settings

__all__ = ["chores", "delivery_of", "mailer", "notices_to"]

QUESTIONS, FOLLOW_UPS, MAIL = 2.0, 600.0, 5.0  # seconds between two looks


def chores(settings: Settings) -> list[tuple[float, Callable[[], Awaitable[object]]]]:
    """What the worker does for notices. Without a mail server they are queued and not tried."""
    queue = [
        (QUESTIONS, queue_questions),
        (FOLLOW_UPS, queue_follow_ups),
        (MAIL, queue_entries),
    ]
    if not settings.smtp_url:
        return [*queue]
    send = post(settings.smtp_url, settings.mail_from)

    async def notices() -> None:
        await send_due(
            send, base_url=settings.base_url, sender=settings.mail_from, reply_to=settings.contact
        )

    return [*queue, (MAIL, notices)]
