"""The command line. Exit codes: 0 done and true, 1 refused or found false, 2 wrong usage."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import click

from plenary import __version__, starting
from plenary.arguments import an_address, logged
from plenary.procedures.presets import DEFAULT, PRESETS, preset
from plenary.settings import MODELS, Settings, Unsafe, from_environment

T = TypeVar("T")


class CommandRefused(click.ClickException):
    """A refusal in one line, exit code 1."""

    exit_code = 1


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """plenary: texts, positions and decisions by consensus, on a record that anyone can check."""


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--data", default="var", show_default=True, help="Folder of the demo's database.")
@click.option("--reset", is_flag=True, help="Throw the demo's database away and lay a new one.")
@logged("warning")
def demo(host: str, port: int, data: str, reset: bool) -> None:
    """Serve the New Delhi sample on an embedded SQLite; loads it on the first run."""
    folder = Path(data).resolve()
    os.environ |= {"PLENARY_DATA": str(folder), "PORT": str(port), "PLENARY_DEMO": "1"}
    os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'demo.sqlite3'}"
    os.environ.setdefault("BASE_URL", f"http://{host}:{port}")
    settings = _settings(demo=True)
    with ExitStack() as stack, _in_a_sentence():
        starting.refuse_taken(host, port)
        stack.enter_context(starting.one_demo(folder))
        if reset:
            starting.throw_away(folder / "demo.sqlite3")
        _run(_prepare_demo(settings))
        base = settings.base_url
        click.echo(f"plenary is at {base}  (Ctrl-C stops it)")
        click.echo(f"Sign in as the Chair, a delegation or an Observer: {base}/sign-in")
        _serve(host, port, 1, settings)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), help="Default: PORT, or 8000.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
@logged("info")
def serve(host: str, port: int | None, workers: int) -> None:
    """Run the web process."""
    settings = _settings()
    with _in_a_sentence():
        starting.refuse_taken(host, port or settings.port)
    _run(starting.refuse_unfit(settings))
    _serve(host, port or settings.port, workers, settings)


@main.command()
@logged("info")
def worker() -> None:
    """Run the housekeeping process; the web process does its work too unless PLENARY_WORKER=0."""
    from plenary import notices
    from plenary.worker import work

    settings = _settings()
    _run(starting.refuse_unfit(settings))
    _run(_connected(settings, lambda: work(*notices.chores(settings))))


@main.command()
@click.option("--name", required=True, help="Whose Plenary it is: 'Kimberley Process'.")
@click.option("--name-fr", default="", help="The same in French.")
@click.option("--symbol", required=True, help="What every symbol begins with: KP.")
@click.option("--zone", required=True, help="Time zone of the seat: Asia/Kolkata.")
@click.option("--place", default="", help="Name of the seat's city; default: from the zone.")
@click.option(
    "--admin", required=True, callback=an_address, help="E-mail address of the first secretary."
)
@click.option(
    "--rules",
    default=DEFAULT,
    show_default=True,
    type=click.Choice(list(PRESETS)),
    help="The rules that it is founded with; any other takes a decision afterwards.",
)
@click.option("--authority", default="", help="On whose authority: 'the founding conference'.")
def init(
    name: str,
    name_fr: str,
    symbol: str,
    zone: str,
    place: str,
    admin: str,
    rules: str,
    authority: str,
) -> None:
    """Form a real, empty body."""
    from plenary.bodies.founding import check_founding, found
    from plenary.procedures.actions import enter_founding

    settings = _settings()
    city = place or zone.rpartition("/")[2].replace("_", " ")
    names = {"en": name, "fr": name_fr or name}
    first = partial(enter_founding, body="plenary", rules=preset(rules), authority=authority)

    async def do() -> None:
        await found(
            organisation=names, symbol=symbol, zone=zone, place=city, admin=admin, rules=first
        )

    async def form() -> None:
        check_founding(names, symbol, zone, city)  # before anything is migrated
        await _migrate(settings)
        await _connected(settings, do)

    _run(form())
    ways = ", ".join(data["names"]["en"] for data in preset(rules).values())
    click.echo(f"{name} is formed, with these rules: {ways}. They stand at /rules.")
    click.echo(f"Sign in: plenary sign-in-link {admin}")


@main.command()
def migrate() -> None:
    """Bring the database's schema up to date, safely."""
    applied = _run(_migrate(_settings()))
    click.echo("\n".join(f"applied {name}" for name in applied) or "The schema is up to date.")


@main.command()
@click.option("--confirm-clock", is_flag=True, help="Say that the clock is right, on the record.")
def doctor(confirm_clock: bool) -> None:
    """Try settings, database, clock, worker and mail; one line each."""
    from plenary.decisions.actions import closing
    from plenary.doctor import examine

    try:
        settings = from_environment()
    except Unsafe as unsafe:
        raise CommandRefused(f"settings: {unsafe.reason}") from unsafe
    if confirm_clock:
        entry = _run(_connected(settings, closing.confirm_clock))
        click.echo("Nobody doubts the clock." if entry is None else f"Confirmed: entry {entry}.")
    healthy = True
    for finding in _run(examine(settings)):
        healthy &= finding.well
        click.echo(f"{'ok   ' if finding.well else 'WRONG'} {finding.name}: {finding.words}")
    sys.exit(0 if healthy else 1)


@main.command("sign-in-link")
@click.argument("email", callback=an_address)
def sign_in_link(email: str) -> None:
    """Print a one-use sign-in address for someone who is accredited."""
    from plenary.people.actions import new_link
    from plenary.people.models import Person

    settings = _settings()

    async def do() -> str:
        person = await Person.get_or_none(email=email)
        if person is None:
            raise CommandRefused(f"Nobody is accredited with the address {email}.")
        return await new_link(person)

    token = _run(_connected(settings, do))
    click.echo(f"{settings.base_url}/sign-in/{token}")


@main.group("import")
def import_() -> None:
    """Bring in what was decided before."""


@import_.command("register")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--register", "key", required=True, help="Short name of the register: kp.")
def import_register(file: Path, key: str) -> None:
    """Import past decisions from a CSV file. All or nothing; a second run changes nothing."""
    from plenary.registers import actions, rules

    settings = _settings()

    content = file.read_bytes()

    async def do() -> int:
        register = rules.read_register(content, file.name)
        return await actions.import_register("system", key, register)

    added = _run(_connected(settings, do))
    click.echo(f"Imported into the register {key}: {added}.")


def _settings(*, demo: bool = False) -> Settings:
    with _in_a_sentence():
        return from_environment(demo=demo)


def _run(work: Coroutine[Any, Any, T]) -> T:
    with _in_a_sentence():
        return asyncio.run(work)


@contextmanager
def _in_a_sentence() -> Iterator[None]:
    """Whatever makes the command impossible is said in one line, and never as a trace."""
    from plenary.refusal import Refused
    from plenary.web.words import in_words

    try:
        yield
    except Refused as refused:
        raise CommandRefused(in_words(refused)) from refused
    except (Unsafe, ValueError) as wrong:  # a DATABASE_URL that is none is a ValueError
        raise CommandRefused(str(wrong)) from wrong
    except OSError as error:  # a folder that cannot be written, a disk that is full
        where = f"{error.filename}: " if error.filename else ""
        raise CommandRefused(f"{where}{error.strerror or error}") from error


async def _connected(settings: Settings, work: Callable[[], Awaitable[T]]) -> T:
    from plenary.hooks import opened

    await starting.refuse_pending(settings)
    async with opened(settings.database_url):
        return await work()


async def _migrate(settings: Settings) -> list[str]:
    from plenary.db.migrate import migrate as bring_up

    return await bring_up(settings.database_url, MODELS)


async def _prepare_demo(settings: Settings) -> None:
    from plenary.bodies.models import Body

    await _migrate(settings)

    async def lay() -> None:
        if await Body.exists():
            return
        from plenary.sample.load import load

        click.echo("Laying out the New Delhi sample…")
        await load()

    await _connected(settings, lay)


def _serve(host: str, port: int, workers: int, settings: Settings) -> None:
    import uvicorn

    uvicorn.run(
        "plenary.app:from_environment",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        proxy_headers=bool(settings.forwarded_allow_ips),
        forwarded_allow_ips=settings.forwarded_allow_ips or None,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=5,
        server_header=False,
    )
