"""Send one plain-text mail. Where no server is set, say so instead of pretending."""

import asyncio
import smtplib
import ssl
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import make_msgid, parseaddr
from urllib.parse import unquote, urlsplit

from plenary import clock
from plenary.people.mail import Mailer, Unsent

Post = Callable[[EmailMessage], Awaitable[None]]


def post(smtp_url: str, sender: str) -> Post:
    """smtp://user:password@host:587 (STARTTLS), smtps://…:465; smtp without a user stays plain."""

    async def send(mail: EmailMessage) -> None:
        if not smtp_url:
            raise Unsent("no mail server is set")
        mail["From"] = sender
        try:
            await asyncio.to_thread(_deliver, smtp_url, mail)
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            raise Unsent(str(error)) from error

    return send


def mailer(smtp_url: str, sender: str, reply_to: str = "") -> Mailer:
    """The same for a letter of its own, in no thread."""
    send = post(smtp_url, sender)

    async def write(to: str, subject: str, text: str) -> None:
        mail = EmailMessage()
        mail["To"], mail["Subject"] = to, subject
        mail["Date"] = clock.now()
        mail["Message-ID"] = make_msgid(domain=domain_of(sender))
        if reply_to:
            mail["Reply-To"] = reply_to
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(text)
        await send(mail)

    return write


def domain_of(sender: str) -> str:
    """What stands behind the @ of `Plenary <notices@example.org>`."""
    return parseaddr(sender)[1].rpartition("@")[2] or "localhost"


def reach(smtp_url: str) -> None:
    """Connect, be let in, and leave again; OSError or SMTPException where that cannot be."""
    with _connected(smtp_url, timeout=5) as connection:
        connection.noop()


def _deliver(smtp_url: str, mail: EmailMessage) -> None:
    with _connected(smtp_url, timeout=20) as connection:
        connection.send_message(mail)


@contextmanager
def _connected(smtp_url: str, *, timeout: float) -> Iterator[smtplib.SMTP]:
    server = urlsplit(smtp_url)
    kind = smtplib.SMTP_SSL if server.scheme == "smtps" else smtplib.SMTP
    with kind(server.hostname or "localhost", server.port or 0, timeout=timeout) as connection:
        if server.username and server.scheme != "smtps":
            connection.starttls(context=ssl.create_default_context())
        if server.username:
            connection.login(unquote(server.username), unquote(server.password or ""))
        yield connection
