"""What must hold before a server starts: each is tried, and said in a sentence where it does not.

A start that fails later ends in a trace of the server's own, which no operator should have to read.
Nothing is destroyed before everything was tried.
"""

import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plenary.settings import MODELS, Settings, Unsafe

log = logging.getLogger("plenary")


def refuse_taken(host: str, port: int) -> None:
    """Whether this address can be served at."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        if os.name == "posix":  # as the server itself asks: what is only closing is free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            why = error.strerror or str(error)
            raise Unsafe(f"Port {port} of {host} is not free ({why}): choose another.") from error


@contextmanager
def one_demo(folder: Path) -> Iterator[None]:
    """For as long as it serves: a second demo on the same folder is refused."""
    from plenary.db.holding import held

    with held(folder / "demo.serving") as mine:
        if not mine:
            raise Unsafe(f"A demo serves from {folder} already: stop it, or choose another --data.")
        yield


def throw_away(path: Path) -> None:
    """Only what nobody has open: a server would go on acknowledging acts into a deleted file."""
    from plenary.db.holding import is_open

    if is_open(path):
        raise Unsafe(f"{path} is open in another process: stop it first. Nothing was thrown away.")
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()


async def refuse_unfit(settings: Settings) -> None:
    """The database is there, of this version, lets us in, can be written and is durable."""
    from plenary.hooks import opened
    from plenary.record.writing import write_nothing
    from plenary.refusal import Unavailable

    await refuse_pending(settings)
    async with opened(settings.database_url):
        await refuse_undurable()
        try:
            await write_nothing()
        except Unavailable as away:
            if away.reason != "database_busy":  # whoever holds it now will let go
                raise


async def refuse_undurable() -> None:
    """The database that is open keeps what it acknowledged, also through a power cut."""
    from plenary.db.config import unsafe

    for finding in await unsafe():
        raise Unsafe(
            f"The database has {finding.name} = {finding.found}: set it to {finding.wanted}."
        )


async def refuse_pending(settings: Settings) -> None:
    """The database is there, and its schema is the one of this version."""
    from plenary.db.config import sqlite_path, url_dialect
    from plenary.db.migrate import pending

    url = settings.database_url
    if url_dialect(url) == "sqlite" and not sqlite_path(url).exists():
        raise Unsafe(
            f"There is no database at {sqlite_path(url)}. If that is the right path and the body "
            "is new, run plenary init (or plenary migrate); else correct DATABASE_URL."
        )
    if names := await pending(url, MODELS):
        raise Unsafe(f"The database waits for {', '.join(names)}: run plenary migrate first.")


async def refuse_demo_of_a_real_body(settings: Settings) -> None:
    """The demo signs in whoever presses: it serves the sample and nothing else."""
    from plenary.bodies.models import Body

    body = await Body.get_or_none(key="plenary") if settings.demo else None
    if body is not None and not body.sample:
        raise Unsafe(
            "PLENARY_DEMO lets anyone sign in as anyone, and the database holds a real body: "
            "take PLENARY_DEMO away, or set PLENARY_DATA to another folder."
        )


def warn_of_one_network(settings: Settings) -> None:
    """Behind a proxy that is not named, everybody seems to come from the proxy."""
    if settings.secure and not settings.forwarded_allow_ips:
        log.warning(
            "FORWARDED_ALLOW_IPS is not set: behind a proxy everybody is one network to the limits "
            "of sign-in. Set it to the proxy's address."
        )
