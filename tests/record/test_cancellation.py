"""Acts and requests are broken off at each await; nothing is locked, lost or halved."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message

from plenary.app import create_app
from plenary.people.actions import open_session
from plenary.people.models import Person
from plenary.refusal import Unavailable
from plenary.settings import Settings
from plenary.web.identity import Cookies
from tests.record.cancelled import (
    Act,
    all_is_well,
    break_off,
    small_pool,
    take_the_shield_out,
)
from tests.world import World, found_world

PAGE = "/proposals/2019/1"
SECRET = "a long enough text that nobody guesses"
pytestmark = pytest.mark.slow


async def acts_of(world: World) -> list[Act]:
    """What a meeting does: positions, comments and views, and reading in between."""
    objection = partial(world.object, "COR", version=1, clause="p1")
    support = partial(world.state, "BEL", "accept")
    return [support, objection, world.comment, world.hear, world.question]


# An act waits at least for its own task behind the shield, and that for the disk: both always
# suspend it, however soon they are done. Reading may wait for nothing: memory answers it.
LEAST = 2


async def test_acts_cancelled_at_any_await_leave_no_lock_and_no_half_act(database_url: str) -> None:
    async with small_pool(database_url):
        world = await found_world()
        await world.put()
        acts = await acts_of(world)
        *records, _reads = await break_off(acts)
        assert min(records) >= LEAST
        await all_is_well(world)


async def test_without_the_shield_cancelled_acts_keep_their_connections_for_ever(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The red run. Our engines alone would do, so they are the stock ones here."""
    take_the_shield_out(monkeypatch)
    monkeypatch.setattr("tests.record.cancelled.PATIENCE", 2.0)
    async with small_pool(database_url):
        world = await found_world()
        await world.put()
        acts = await acts_of(world)
        with pytest.raises((TimeoutError, Unavailable)):
            await broken_off(acts, world)


async def broken_off(acts: Sequence[Act], world: World) -> None:
    await break_off(acts)  # it may hang before the last one
    await all_is_well(world)


# --- the same through the application ------------------------------------------------------------


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> ASGIApp:
    return create_app(Settings(database_url, SECRET, "http://plenary.test", tmp_path))


async def test_requests_broken_off_at_any_await_leave_no_lock_and_no_half_act(
    app: ASGIApp, database_url: str
) -> None:
    """Cancelled, as when the server is told to stop, or with a client that goes away."""
    async with small_pool(database_url):
        world = await found_world()
        await world.put()
        assert min(await break_off(await requests_of(app))) >= LEAST
        await all_is_well(world)
        assert await request(app, "GET", PAGE) == 200


async def requests_of(app: ASGIApp) -> list[Act]:
    cookie = await signed_in("head.bel@example.org")
    answer = {
        "stance": "accept", "version": "1", "language": "en", "confirmed": "1",
    }  # fmt: skip
    ask = partial(request, app, cookie=cookie)
    position = partial(ask, "POST", f"{PAGE}/position", **answer)
    kinds = (
        partial(ask, "GET", PAGE),
        position,
        partial(position, gone=True),
        partial(ask, "POST", f"{PAGE}/comments", text="Which seals?", language="en"),
        partial(ask, "POST", "/sign-in", email="head.cor@example.org"),
    )
    assert [await kind() for kind in kinds] == [200, 303, 0, 303, 200]
    return [*kinds]


async def signed_in(email: str) -> str:
    opened = await open_session(await Person.get(email=email), agent="test")
    cookies = Cookies(SECRET, secure=False)
    return f"{cookies.session}={cookies.signer.sign(opened.token).decode()}"


async def request(
    app: ASGIApp, method: str, path: str, *, cookie: str = "", gone: bool = False, **form: str
) -> int:
    """The status of the answer, 0 for none; a client that is gone sends half of its form."""
    status = 0
    body = urlencode(form).encode()
    sent = iter([body[: len(body) // 2] if gone else body])

    async def receive() -> Message:
        await asyncio.sleep(0)
        if (part := next(sent, None)) is None:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": part, "more_body": gone}

    async def send(message: Message) -> None:
        nonlocal status
        await asyncio.sleep(0)
        status = message.get("status", status)

    with suppress(ClientDisconnect):
        await app(_scope(method, path, cookie), receive, send)
    return 0 if gone else status


def _scope(method: str, path: str, cookie: str) -> dict[str, Any]:
    headers = {"host": "plenary.test", "cookie": cookie}
    if method == "POST":
        headers["content-type"] = "application/x-www-form-urlencoded"
    return {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http",
        "method": method, "path": path, "raw_path": path.encode(), "query_string": b"",
        "root_path": "", "client": ("192.0.2.1", 1), "server": ("plenary.test", 80), "state": {},
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip
