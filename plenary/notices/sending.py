"""Send what is queued. A mail server that is away delays nothing but the mail."""

import logging
from datetime import timedelta
from email.message import EmailMessage

from plenary import clock
from plenary.notices.letters import Letter, letter_for
from plenary.notices.mail import Post, domain_of
from plenary.notices.models import Notice
from plenary.people.mail import Unsent
from plenary.record.act import door

log = logging.getLogger("plenary")

BATCH = 100
# How long a notice waits after its first, second, … attempt. The first pause is longer than an
# attempt can take, so that nobody tries again while somebody is still trying.
PAUSES = tuple(timedelta(minutes=m) for m in (5, 15, 60, 240, 240))
MOST = len(PAUSES)


async def send_due(post: Post, *, base_url: str, sender: str) -> int:
    """Send what waits; how many left. The first failure ends it until the next time."""
    waiting = Notice.filter(sent=None, attempts__lt=MOST, again__lte=clock.now())
    sent = 0
    rows = waiting.order_by("again", "due", "id").limit(BATCH)
    for id_ in await rows.values_list("id", flat=True):
        try:
            sent += await _send(int(str(id_)), post, base_url, sender)
        except Unsent as error:
            # Not the words of the server, in which addresses may stand.
            why = type(error.__cause__ or error).__name__
            log.warning("a notice did not leave (%s); it is tried again", why)
            break
    return sent


@door
async def _send(id_: int, post: Post, base_url: str, sender: str) -> bool:
    """Claim one, write it, send it, mark it; in this order.

    A process that dies between sending and marking leaves a notice that is sent again after the
    pause: at least once, since the other order would lose it. The second letter has the Message-ID
    of the first, so that most readers' programs show one.
    """
    notice = await _claimed(id_)
    if notice is None:
        return False
    letter = await letter_for(notice, base_url)
    if letter is None:
        await Notice.filter(id=id_).update(attempts=MOST)  # no news any more: it stays unsent
        return False
    await post(mail_of(letter, sender))
    await Notice.filter(id=id_).update(sent=clock.now())
    return True


async def _claimed(id_: int) -> Notice | None:
    """One attempt at a notice is one process's: of several, the conditional update lets one by."""
    notice = await Notice.get(id=id_)
    done, now = notice.attempts, clock.now()
    if notice.sent or done >= MOST or notice.again > now:
        return None
    claimed = await Notice.filter(id=id_, attempts=done, sent=None).update(
        attempts=done + 1, again=now + PAUSES[done]
    )
    return notice if claimed else None


def mail_of(letter: Letter, sender: str) -> EmailMessage:
    """Plain text, and nothing that reports back. What is about one question holds together."""
    domain = domain_of(sender)
    mail = EmailMessage()
    mail["To"], mail["Subject"] = letter.to, letter.subject
    mail["Date"] = clock.now()
    mail["Message-ID"] = f"<{letter.name}@{domain}>"
    if letter.name != letter.thread:
        mail["In-Reply-To"] = mail["References"] = f"<{letter.thread}@{domain}>"
    mail["List-Id"] = f"<notices.{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text, cte="quoted-printable")  # readable in any program
    return mail
