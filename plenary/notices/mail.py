"""Send one plain-text mail. Where no server is set, say so instead of pretending."""

import asyncio
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import make_msgid
from urllib.parse import unquote, urlsplit

from plenary.people.mail import Mailer, Unsent


def mailer(smtp_url: str, sender: str) -> Mailer:
    """smtp://user:password@host:587 (STARTTLS), smtps://…:465; smtp without a user stays plain."""

    async def send(to: str, subject: str, text: str) -> None:
        if not smtp_url:
            raise Unsent("no mail server is set")
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, to, subject
        mail["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(text)
        try:
            await asyncio.to_thread(_deliver, smtp_url, mail)
        except (OSError, smtplib.SMTPException) as error:
            raise Unsent(str(error)) from error

    return send


def _deliver(smtp_url: str, mail: EmailMessage) -> None:
    server = urlsplit(smtp_url)
    kind = smtplib.SMTP_SSL if server.scheme == "smtps" else smtplib.SMTP
    with kind(server.hostname or "localhost", server.port or 0, timeout=20) as connection:
        if server.username and server.scheme != "smtps":
            connection.starttls(context=ssl.create_default_context())
        if server.username:
            connection.login(unquote(server.username), unquote(server.password or ""))
        connection.send_message(mail)
