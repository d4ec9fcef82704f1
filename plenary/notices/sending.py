"""Send what is queued, until it is no news any more. A mail server that is away delays nothing but
the mail, and takes no right: what waits while a window runs is tried until the window ends.
"""

import logging
import smtplib
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from hashlib import sha256

from plenary import clock
from plenary.notices.letters import Letter, letter_for
from plenary.notices.mail import Post, domain_of
from plenary.notices.models import Installation, Notice
from plenary.people.mail import Unsent
from plenary.record.act import door
from plenary.record.bell import ring

log = logging.getLogger("plenary")

BATCH = 100
# How long a notice waits after its first, second, … attempt; the last pause stays. The first is
# longer than an attempt can take, so that nobody tries again while somebody is still trying.
PAUSES = tuple(timedelta(minutes=m) for m in (5, 10, 15))
AWAY, REFUSED = "away", "refused"


@dataclass(frozen=True)
class Sender:
    """Who writes: the address of the sender, of the site, and who reads an answer."""

    address: str
    base_url: str
    reply_to: str = ""


async def send_due(post: Post, *, base_url: str, sender: str, reply_to: str = "") -> int:
    """Send what waits; how many left. A server that is away ends it until the next time; an
    address that it refuses keeps nobody else from a letter."""
    who, sent = Sender(sender, base_url, reply_to), 0
    waiting = Notice.filter(sent=None, ended=None, again__lte=clock.now())
    rows = waiting.order_by("again", "due", "id").limit(BATCH)
    for id_ in await rows.values_list("id", flat=True):
        try:
            sent += await _send(int(str(id_)), post, who)
        except Unsent as error:
            await _failed(int(str(id_)), error)
            if why(error) == AWAY:
                break
    return sent


def why(error: Unsent) -> str:
    """Whether this one address was refused, or no server took anything."""
    cause = error.__cause__
    address = (smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError, UnicodeError)
    return REFUSED if isinstance(cause, address) else AWAY


async def _failed(id_: int, error: Unsent) -> None:
    await Notice.filter(id=id_, sent=None).update(failed=why(error))
    ring()
    # Not the words of the server, in which addresses may stand.
    name = type(error.__cause__ or error).__name__
    log.warning("a notice did not leave (%s); it is tried again", name)


@door
async def _send(id_: int, post: Post, who: Sender) -> bool:
    """Claim one, write it, send it, mark it; in this order.

    A process that dies between sending and marking leaves a notice that is sent again after the
    pause: at least once, since the other order would lose it. The second letter has the Message-ID
    of the first, so that most readers' programs show one.
    """
    notice = await _claimed(id_)
    if notice is None:
        return False
    letter = await letter_for(notice, who.base_url)
    if letter is None:
        await Notice.filter(id=id_).update(ended=clock.now())
        ring()
        return False
    await post(mail_of(letter, who, await installation(who.base_url)))
    await Notice.filter(id=id_).update(sent=clock.now(), failed="")
    ring()
    await _wake()
    return True


async def _wake() -> None:
    """A server that has come back is told at once all that waited for it. What is under way has
    no failure yet and is not touched, so that nobody sends it twice."""
    now = clock.now()
    await Notice.filter(sent=None, ended=None, failed=AWAY, again__gt=now).update(again=now)


async def _claimed(id_: int) -> Notice | None:
    """One attempt at a notice is one process's: of several, the conditional update lets one by."""
    notice = await Notice.get(id=id_)
    done, now = notice.attempts, clock.now()
    if notice.sent or notice.ended or notice.again > now:
        return None
    pause = PAUSES[min(done, len(PAUSES) - 1)]
    claimed = await Notice.filter(id=id_, attempts=done, sent=None, again=notice.again).update(
        attempts=done + 1, again=now + pause, failed=""
    )
    ring()
    return notice if claimed else None


async def installation(base_url: str) -> str:
    """Names this installation at this address: a rehearsal's letters are never the real body's,
    also where its database was copied."""
    row = await Installation.get(id=1)
    return sha256(f"{row.key}\n{base_url}".encode()).hexdigest()[:16]


def mail_of(letter: Letter, who: Sender, installation: str) -> EmailMessage:
    """Plain text, and nothing that reports back. What is about one question holds together.

    No List-Unsubscribe: nobody subscribed to it, and its last lines say why it comes.
    """
    domain = domain_of(who.address)
    mail = EmailMessage()
    mail["To"], mail["Subject"] = letter.to, letter.subject
    mail["Date"] = clock.now()
    mail["Message-ID"] = f"<{letter.name}.{installation}@{domain}>"
    if letter.name != letter.thread:
        mail["In-Reply-To"] = mail["References"] = f"<{letter.thread}.{installation}@{domain}>"
    if who.reply_to:
        mail["Reply-To"] = who.reply_to
    mail["List-Id"] = f"<notices.{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text, cte="quoted-printable")  # readable in any program
    return mail
