"""Is this installation sound? One finding a line, each saying what to do."""

from dataclasses import dataclass

from plenary import clock
from plenary.db.config import connect, disconnect, unsafe
from plenary.db.migrate import pending
from plenary.record.models import Head
from plenary.settings import MODELS, Settings

AHEAD = 5  # seconds that the record may be ahead of the clock


@dataclass(frozen=True)
class Finding:
    name: str
    well: bool
    words: str


async def examine(settings: Settings) -> list[Finding]:
    """Settings, schema, database, clock and mail, in the order in which to mend them."""
    found = [Finding("settings", True, f"served at {settings.base_url}")]
    try:
        waiting = await pending(settings.database_url, MODELS)
    except Exception as error:  # whatever a database driver raises, the operator needs the words
        return [*found, Finding("database", False, f"cannot be reached: {error}")]
    if waiting:
        return [*found, Finding("schema", False, f"run plenary migrate: {', '.join(waiting)}")]
    found.append(Finding("schema", True, "up to date"))
    await connect(settings.database_url, MODELS)
    try:
        found += [await _database(), await _clock()]
    finally:
        await disconnect()
    return [*found, _mail(settings)]


async def _database() -> Finding:
    faults = [f"{one.name} is {one.found}, set it to {one.wanted}" for one in await unsafe()]
    return Finding("database", not faults, "; ".join(faults) or "an acknowledged act is durable")


async def _clock() -> Finding:
    ahead = (await Head.get(id=1)).at - clock.now()
    well = ahead.total_seconds() < AHEAD
    words = "not behind the record" if well else f"set it forward: the record is {ahead} ahead"
    return Finding("clock", well, words)


def _mail(settings: Settings) -> Finding:
    if settings.smtp_url:
        return Finding("mail", True, f"sent as {settings.mail_from}")
    return Finding(
        "mail", settings.demo, "set SMTP_URL and MAIL_FROM, or hand out plenary sign-in-link"
    )
