"""Is this installation sound? Each thing is tried; one finding a line, each saying what to do."""

import asyncio
import shutil
import smtplib
from dataclasses import dataclass

from plenary import clock
from plenary.db.config import dialect, sqlite_path, unsafe
from plenary.db.migrate import pending
from plenary.decisions.actions.timekeeping import clock_doubt
from plenary.decisions.models import Pulse
from plenary.decisions.timekeeping import Doubt
from plenary.hooks import opened
from plenary.notices.mail import reach
from plenary.ready import alive, mail_fails, overdue, writing
from plenary.record.models import Head
from plenary.refusal import Refused
from plenary.settings import MODELS, Settings
from plenary.web.words import in_words

ROOM = 64  # MB: with less, the next hour may not be recorded


@dataclass(frozen=True)
class Finding:
    name: str
    well: bool
    words: str


async def examine(settings: Settings) -> list[Finding]:
    """Settings, schema, database, clock and mail, in the order in which to mend them."""
    found = [Finding("settings", True, f"served at {settings.base_url}"), _network(settings)]
    try:
        waiting = await pending(settings.database_url, MODELS)
    except Refused as refused:
        return [*found, Finding("database", False, in_words(refused))]
    except Exception as error:  # whatever a database driver raises, the operator needs the words
        return [*found, Finding("database", False, f"cannot be reached: {error}")]
    if waiting:
        return [*found, Finding("schema", False, f"run plenary migrate: {', '.join(waiting)}")]
    found.append(Finding("schema", True, "up to date"))
    async with opened(settings.database_url):
        found += [await _database(), await _writing(), *_room(settings), await _clock()]
        found += [await _service(), await _mail(settings)]
    return found


def _network(settings: Settings) -> Finding:
    """Nothing here speaks TLS by itself, so an https address means a proxy before it."""
    if proxy := settings.forwarded_allow_ips:
        return Finding("network", True, f"who asks is known by the word of {proxy}")
    words = "set FORWARDED_ALLOW_IPS to the proxy's address: to the limits of sign-in everybody "
    words += "comes from the proxy, and is one network"
    known = "who asks is known by their own address"
    return Finding("network", not settings.secure, words if settings.secure else known)


async def _database() -> Finding:
    faults = [
        f"{finding.name} is {finding.found}, set it to {finding.wanted}"
        for finding in await unsafe()
    ]
    return Finding("database", not faults, "; ".join(faults) or "an acknowledged act is durable")


async def _writing() -> Finding:
    name = await writing()
    words = "tried, and it can be written" if name == "ok" else in_words(Refused(name))
    return Finding("writing", name == "ok", words)


def _room(settings: Settings) -> list[Finding]:
    if dialect() != "sqlite":
        return []
    free = shutil.disk_usage(sqlite_path(settings.database_url).resolve().parent).free // 1_000_000
    words = f"{free} MB free" if free >= ROOM else f"make room: {free} MB are free"
    return [Finding("disk", free >= ROOM, words)]


async def _clock() -> Finding:
    why = await clock_doubt()
    if why is None:
        return Finding(
            "clock", True, "not behind the record, and agrees with the last sign of life"
        )
    if why == Doubt.BEHIND_RECORD:
        ahead = (await Head.get(id=1)).at - clock.now()
        return Finding("clock", False, f"set it forward: the record is {ahead} ahead")
    pulse = await Pulse.get(id=1)
    return Finding(
        "clock",
        False,
        f"it says {clock.now():%Y-%m-%d %H:%M} UTC, and the last sign of life was of "
        f"{pulse.at:%Y-%m-%d %H:%M} UTC. Set it right; if it is right, "
        "plenary doctor --confirm-clock",
    )


async def _service() -> Finding:
    if await overdue():
        return Finding("worker", False, "closings are overdue: start plenary serve or worker")
    pulse = await Pulse.get_or_none(id=1)
    if pulse is None or not await alive():
        since = f" since {pulse.at:%Y-%m-%d %H:%M} UTC" if pulse else ""
        return Finding("worker", True, f"no process serves{since}")
    return Finding("worker", True, f"last sign of life {(clock.now() - pulse.at).seconds} s ago")


async def _mail(settings: Settings) -> Finding:
    if not settings.smtp_url:
        words = "set SMTP_URL and MAIL_FROM, or hand out plenary sign-in-link"
        return Finding("mail", settings.demo, words)
    try:
        await asyncio.to_thread(reach, settings.smtp_url)
    except (OSError, smtplib.SMTPException) as error:
        return Finding("mail", False, f"the mail server of SMTP_URL does not answer: {error}")
    if await mail_fails():
        return Finding("mail", False, "no notice has left for an hour: look at the log of plenary")
    return Finding("mail", True, f"the server lets us in; sent as {settings.mail_from}")
