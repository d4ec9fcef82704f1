"""Public pages that are kept: never older than promised, never another reader's, made once."""

import asyncio
import random
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.types import Message, Receive, Scope, Send
from tortoise.connection import get_connection

from plenary import clock
from plenary.db.config import CONNECTION
from plenary.front import newest as newest_edition
from plenary.front.newest import EVERY, Newest
from plenary.notices.due import queue_questions
from plenary.people.models import Session, SetAside, SignInLink, Tally
from plenary.record.bell import rung
from plenary.refusal import Unavailable
from plenary.web.answers import OPEN
from plenary.web.forms import new_key
from plenary.web.freshness import AWAY, TICK, Edition
from plenary.web.kept_pages import KeptPages
from plenary.web.static import FOR_EVER, asset_dir, static_url, stylesheet
from tests.client import BASE, Site, opened
from tests.web.acting import Acts
from tests.web.house import build
from tests.web.keeping import Readers, by_another, by_this_process
from tests.world import found_world

ONE = "/proposals/2019/1"
NOON = datetime(2026, 11, 28, 12, 0, 20, tzinfo=UTC)
SECOND = timedelta(seconds=1)


# --- as old as promised ---


async def test_after_each_act_of_this_process_a_kept_page_is_the_page_made_anew(site: Site) -> None:
    readers = Readers(site, await build(), random.Random(8))
    await by_this_process(readers, Acts(8), 8, each=2)
    assert readers.faults == []
    assert len(site.keeper.pages) > 0


async def test_an_act_of_another_process_is_on_every_page_a_tenth_of_a_second_later(
    database_url: str, tmp_path: Path
) -> None:
    async with opened(database_url, tmp_path) as site:
        readers = Readers(site, await build(), random.Random(9))
        await by_another(readers, database_url, 9, 8, each=2)
        assert readers.faults == []


async def test_a_closing_instant_passes_and_nobody_acts(site: Site) -> None:
    """To the millisecond, in the middle of a minute and of a second."""
    world = await found_world()
    question = await world.put(procedure="silence", hours=200)
    stranger = await site.browser()
    assert question.closes
    with clock.pretending(question.closes - 2 * TICK):
        before = await stranger.get(ONE)
        assert before.status_code == 200
    with clock.pretending(question.closes - TICK):
        assert (await stranger.get(ONE)).content == before.content
    with clock.pretending(question.closes):
        after = await stranger.get(ONE)
        assert after.content == (await anew(site, ONE)).content
    assert after.content != before.content


async def test_letters_that_leave_are_told_at_once(site: Site) -> None:
    """They are no entries of the record, and the page of a proposal says whom they reached."""
    world = await found_world()
    await world.put(procedure="silence", hours=200)
    stranger, now = await site.browser(), clock.now()
    with clock.pretending(now):
        await stranger.get(f"{ONE}/certificate/1")
        await queue_questions()
        for path in (ONE, f"{ONE}/certificate/1"):
            assert (await stranger.get(path)).content == (await anew(site, path)).content


async def anew(site: Site, path: str) -> httpx2.Response:
    transport = httpx2.ASGITransport(site.keeper.app)
    async with httpx2.AsyncClient(transport=transport, base_url=BASE) as http:
        return await http.get(path)


# --- nobody else's ---


async def test_a_kept_page_is_never_another_readers(site: Site) -> None:
    """Signed in or not, in either language, compressed or plain, a part or the whole, in turn."""
    await build()
    stranger, head = await site.browser(), await site.browser("head.ald@example.org")
    path, said = "/decisions", {}
    for _ in range(2):
        for who, reader in (("stranger", stranger), ("head", head)):
            for language in ("", "/fr"):
                for encoding in ("gzip", "identity"):
                    for part in ({}, {"HX-Request-Type": "partial"}):
                        asked = {"accept-encoding": encoding} | part
                        answer = await reader.get(language + path, headers=asked)
                        zipped = encoding == "gzip" and not part  # a short one is not
                        assert ("content-encoding" in answer.headers) is zipped
                        assert answer.headers["content-language"] == (language[1:] or "en")
                        assert ("<html" in answer.text) is (not part)
                        key = (who, language, bool(part))
                        assert said.setdefault(key, answer.text) == answer.text
    assert len(set(said.values())) == 6  # a part of this page names nobody: 2, beside 4 pages


async def test_whoever_sends_a_cookie_is_answered_by_the_application(site: Site) -> None:
    await found_world()
    stranger = await site.browser(cookie="plenary-browser=somebody")
    await stranger.get(ONE)
    assert len(site.keeper.pages) == 0


@pytest.mark.parametrize("path", ["/sign-in", "/healthz", "/fr/readyz", "/nowhere", "/desk"])
async def test_what_is_for_one_browser_or_one_moment_is_not_kept(site: Site, path: str) -> None:
    await found_world()
    stranger = await site.browser()
    for _ in range(2):
        await stranger.get(path)
    assert len(site.keeper.pages) == 0


async def test_no_kept_page_is_made_of_what_leaves_no_entry(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Letters alone are, and the pages that tell of them say so. What else changes without an
    entry is asked by no page that is kept."""
    house = await build()
    readers = Readers(site, house, random.Random(1))
    others = [kind._meta.db_table for kind in (Session, SetAside, SignInLink, Tally)] + ["pulse"]
    client, asked = get_connection(CONNECTION), list[str]()
    query = type(client).execute_query

    async def noted(self: Any, sql: str, values: Any = None) -> Any:
        asked.append(sql)
        return await query(self, sql, values)

    monkeypatch.setattr(type(client), "execute_query", noted)
    kept, wrong = site.keeper.pages, []
    for path in readers.paths:
        before, asked[:] = len(kept), []
        with clock.pretending(clock.now() + SECOND):
            await readers.kept.get(path)
            pages = [page for page, _ in kept._values.values()][before:]
        read = {table for sql in asked for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', sql)}
        tables = read & {*others, "notice"}  # a decision has a column of that name too
        brief = all(page.until - page.made <= SECOND for page in pages)
        if pages and (tables - {"notice"} or ("notice" in tables and not brief)):
            wrong.append(f"{path}: {tables}")
    assert wrong == []
    assert len(kept) > 40


# --- made once ---


async def test_a_stylesheet_is_compressed_once_for_everybody(site: Site) -> None:
    """Signed in or not: what is sent for it is in no cookie."""
    await found_world()
    stranger, head = await site.browser(), await site.browser("head.ald@example.org")
    address = static_url("plenary.css")
    told = [
        await browser.get(address, headers={"accept-encoding": "gzip"})
        for browser in (stranger, head)
    ]
    assert len(site.keeper.files) == 1
    assert {answer.headers["content-encoding"] for answer in told} == {"gzip"}
    assert told[0].headers == told[1].headers
    assert told[0].content == stylesheet(asset_dir("static") / "plenary.css")
    assert (await stranger.get(address)).content == told[0].content  # gzip too, as browsers ask
    plain = await stranger.get(address, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert len(site.keeper.files) == 2


async def test_a_kept_page_is_logged_as_any_other(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    await found_world()
    stranger = await site.browser()
    with caplog.at_level("INFO", "plenary.access"):
        for _ in range(3):
            await stranger.get("/proposals")
    lines = [line.getMessage().rpartition(" ")[0] for line in caplog.records]
    assert lines == ["GET /proposals 200"] * 3


async def test_a_page_that_has_not_changed_costs_no_question(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    await found_world()
    stranger = await site.browser()
    tag = (await stranger.get("/")).headers["etag"]
    asked = list[str]()
    client = get_connection(CONNECTION)
    query = type(client).execute_query

    async def noted(self: Any, sql: str, values: Any = None) -> Any:
        asked.append(sql)
        return await query(self, sql, values)

    with clock.pretending(clock.now()):
        await stranger.get("/")
        await asyncio.sleep(EVERY)
        monkeypatch.setattr(type(client), "execute_query", noted)
        for _ in range(20):
            again = await stranger.get("/", headers={"if-none-match": f'"x", {tag}'})
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == tag
            assert again.headers["content-security-policy"]
            assert "content-length" not in again.headers
    assert all('FROM "head"' in sql for sql in asked), asked
    assert len(asked) < 20


class House:
    """An application whose pages are made when it is let, and counted."""

    def __init__(self, body: bytes = b"page") -> None:
        self.made, self.body, self.gate = 0, body, asyncio.Event()
        self.status, self.headers = 200, {"cache-control": OPEN, "etag": 'W/"1"'}
        self.edition, self.turn, self.away = Edition("root", 0, NOON - SECOND), 0, False
        self.settling = 0  # how often somebody waited for the acts that are under way
        self.pages = KeptPages(
            self,
            newest=self.newest,
            turn=lambda: self.turn,
            settled=self.settled,
            most=100_000,
        )

    async def settled(self) -> None:
        """An act ends meanwhile, if one was under way."""
        self.settling += 1
        await asyncio.sleep(0)

    async def newest(self) -> Edition:
        if self.away:
            raise Unavailable("database_away")
        return self.edition

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.made += 1
        status = 503 if self.away else self.status
        body = self.body + b" %d" % self.made
        await self.gate.wait()
        headers = [(k.encode(), v.encode()) for k, v in self.headers.items()]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def get(
        self, path: str = "/", method: str = "GET", query: bytes = b"", **headers: str
    ) -> tuple[int, bytes]:
        sent: list[Message] = []

        async def send(message: Message) -> None:
            sent.append(message)

        asked = [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()]
        scope = {"type": "http", "method": method, "path": path, "query_string": query,
                 "headers": asked}  # fmt: skip
        await self.pages(scope, None, send)  # type: ignore[arg-type]
        return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])


@pytest.fixture
async def house() -> AsyncIterator[House]:
    with clock.pretending(NOON):
        made = House()
        made.gate.set()
        yield made


async def test_a_page_is_made_once_for_all_who_wait(house: House) -> None:
    house.gate.clear()
    readers = [asyncio.create_task(house.get()) for _ in range(50)]
    await asyncio.sleep(0.01)
    house.gate.set()
    assert await asyncio.gather(*readers) == [(200, b"page 1")] * 50
    assert await house.get() == (200, b"page 1")
    assert house.made == 1


async def test_whoever_comes_after_an_act_waits_for_a_page_made_after_it(house: House) -> None:
    """And with everybody else who came: whatever is written meanwhile, one page more is made."""
    house.gate.clear()
    early = asyncio.create_task(house.get())
    await asyncio.sleep(0.01)
    late = []
    for n in range(20):
        house.edition = Edition(f"root {n}", n, NOON - SECOND)
        late.append(asyncio.create_task(house.get()))
        await asyncio.sleep(0)
    house.gate.set()
    assert await early == (200, b"page 1")
    assert await asyncio.gather(*late) == [(200, b"page 2")] * 20
    assert house.made == 2


async def test_a_page_is_made_when_the_acts_under_way_are_over(house: House) -> None:
    """Else it would be made of a record that moves at once; who is given a kept one waits not."""

    async def act_ends() -> None:
        house.settling += 1
        await asyncio.sleep(0)
        house.turn, house.edition = 1, Edition("after the act", 1, NOON - SECOND)

    house.pages._settled = act_ends
    readers = [asyncio.create_task(house.get()) for _ in range(3)]
    assert await asyncio.gather(*readers) == [(200, b"page 1")] * 3
    assert await house.get() == (200, b"page 1")
    assert (house.made, house.settling) == (1, 3)


async def test_who_reads_waits_for_acts_once_however_many_follow(house: House) -> None:
    async def another_begins() -> None:
        house.settling += 1
        house.turn += 1
        house.edition = Edition(f"root {house.turn}", house.turn, NOON - SECOND)

    house.pages._settled = another_begins
    assert await asyncio.wait_for(house.get(), 5) == (200, b"page 1")
    assert house.settling == 1


async def test_a_file_waits_for_no_act(house: House) -> None:
    house.headers = {"cache-control": FOR_EVER}
    await house.get("/static/plenary.css")
    assert (house.made, house.settling) == (1, 0)


async def test_nobody_waits_for_what_is_not_kept(house: House) -> None:
    house.headers = {"cache-control": OPEN}  # a stream, a redirection: it has no mark
    assert len({await house.get() for _ in range(3)}) == 3
    readers = await asyncio.gather(*(house.get() for _ in range(10)))
    assert len(set(readers)) == 10
    assert len(house.pages.pages) == 0


@pytest.mark.parametrize("status", [404, 303, 500])
async def test_no_error_is_kept(house: House, status: int) -> None:
    house.status = status
    await house.get()
    assert await house.get() == (status, b"page 2")


async def test_a_page_with_a_key_of_its_form_is_for_one_reader(house: House) -> None:
    inner = house.pages.app

    async def with_key(scope: Scope, receive: Receive, send: Send) -> None:
        new_key()
        await asyncio.sleep(0.01)
        await inner(scope, receive, send)

    house.pages.app = with_key
    assert len(set(await asyncio.gather(*(house.get() for _ in range(5))))) == 5


async def test_one_that_fails_leaves_nobody_waiting(house: House) -> None:
    async def fail(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(0)
        raise RuntimeError("on purpose")

    inner, house.pages.app = house.pages.app, fail
    readers = [asyncio.create_task(house.get()) for _ in range(3)]
    told = await asyncio.gather(*readers, return_exceptions=True)
    assert {str(failure) for failure in told} == {"on purpose"}
    house.pages.app = inner
    assert await house.get() == (200, b"page 1")


async def test_whoever_waits_for_what_could_not_be_read_is_told_so_with_the_first(
    house: House,
) -> None:
    """And waits for it no second and third time, each as long as the database is waited for."""
    house.status = 503
    house.gate.clear()
    early = [asyncio.create_task(house.get()) for _ in range(5)]
    await asyncio.sleep(0.01)
    late = [asyncio.create_task(house.get(method=name)) for name in ("GET", "GET", "HEAD")]
    await asyncio.sleep(0.01)
    house.gate.set()
    assert await asyncio.gather(*early, *late) == [(503, b"page 1")] * 7 + [(503, b"")]
    assert house.made == 1
    house.status = 200
    assert await house.get() == (200, b"page 2")


async def test_a_head_is_answered_from_the_page_and_makes_none(house: House) -> None:
    await house.get()
    assert await house.get(method="HEAD") == (200, b"")
    assert house.made == 1


async def test_what_a_range_or_a_date_is_asked_of_is_answered_by_the_application(
    house: House,
) -> None:
    for name in ("cookie", "authorization", "range", "if_modified_since", "content_length"):
        await house.get(**{name: "1"})
        await house.get(**{name: "1"})
    assert house.made == 10


# --- while the database is away ---


async def test_while_the_database_is_away_what_is_still_true_goes_on(house: House) -> None:
    closes = NOON + timedelta(minutes=5)
    house.edition = Edition("root", 0, NOON - SECOND, (closes,))
    await house.get()
    house.away = True
    with clock.pretending(closes - TICK):
        assert await house.get() == (200, b"page 1")
        assert (await house.get("/other"))[0] == 503
    with clock.pretending(closes):  # something was decided, and nobody knows how
        assert (await house.get())[0] == 503


async def test_what_is_known_to_be_over_is_not_shown_although_made_last(house: House) -> None:
    """It was begun before another process's act, and ended after that was known here."""
    house.gate.clear()
    early = asyncio.create_task(house.get())
    await asyncio.sleep(0.01)
    house.edition = Edition("another's", 0, NOON - SECOND)
    late = asyncio.create_task(house.get("/other"))
    await asyncio.sleep(0.01)
    house.gate.set()
    assert [(await answer)[0] for answer in (early, late)] == [200, 200]
    house.away = True
    assert (await house.get("/other"))[0] == 200
    assert (await house.get())[0] == 503


async def test_not_for_longer_than_is_told_nor_past_an_act_of_this_process(house: House) -> None:
    await house.get()
    house.away = True
    with clock.pretending(NOON + AWAY - TICK):
        assert await house.get() == (200, b"page 1")
    with clock.pretending(NOON + AWAY):
        assert (await house.get())[0] == 503
    house.turn = 1
    assert (await house.get())[0] == 503


async def test_a_page_that_cannot_be_made_anew_is_shown_as_it_was(house: House) -> None:
    """The head was told, and then the database was gone."""
    await house.get()
    house.status = 503
    with clock.pretending(NOON + timedelta(minutes=2)):
        assert await house.get() == (200, b"page 1")


async def test_the_head_is_asked_once_for_all_and_at_once_after_an_act(db: str) -> None:
    now, asked = 100.0, 0

    class Counted(Newest):
        async def _edition(self, turn: int) -> Edition:
            nonlocal asked
            asked += 1
            return await super()._edition(turn)

    world = await found_world()
    newest = Counted(lambda: now)
    first = await asyncio.gather(*(newest() for _ in range(20)))
    assert (asked, len({page.root for page in first})) == (1, 1)
    now += EVERY
    assert (await newest(), asked) == (first[0], 1)
    now += 0.001
    await newest()
    assert asked == 2
    await world.comment()
    moved = await newest()
    assert asked == 3
    assert moved.root != first[0].root
    assert moved.turn == rung()


async def test_who_waits_for_a_database_that_is_away_waits_once(
    db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = asyncio.Event()

    class Slow(Newest):
        async def _edition(self, turn: int) -> Edition:
            await gate.wait()
            return await super()._edition(turn)

    monkeypatch.setattr(newest_edition, "PATIENCE", 0.01)
    newest = Slow()
    with pytest.raises(Unavailable, match="database_busy"):
        await newest()
    monkeypatch.setattr(newest_edition, "PATIENCE", 60)
    with pytest.raises(Unavailable, match="database_busy"):
        await asyncio.wait_for(newest(), 30)  # at once: it is still being asked
    gate.set()
    for _ in range(1_000):
        with suppress(Unavailable):
            assert (await newest()).root
            return
        await asyncio.sleep(0.01)
    pytest.fail("the first answer ends it")


async def test_pages_go_on_while_the_database_is_away_and_readyz_says_so(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    await found_world()
    stranger, now = await site.browser(), clock.now().replace(minute=1)

    async def away(*_: object, **__: object) -> None:
        raise Unavailable("database_away")

    with clock.pretending(now + timedelta(days=1)):
        before = await stranger.get("/")
        for name in ("execute_query", "execute_query_dict"):
            monkeypatch.setattr(type(get_connection(CONNECTION)), name, away)
        await asyncio.sleep(EVERY)
        assert (await stranger.get("/")).content == before.content
        again = await stranger.get("/", headers={"if-none-match": before.headers["etag"]})
        assert again.status_code == 304
        assert (await stranger.get("/decisions")).status_code == 503
        ready = await stranger.get("/readyz")
        assert (ready.status_code, ready.json()["status"]) == (503, "not_ready")


# --- the clock ---


def test_a_page_stands_until_the_minute_or_an_instant_changes() -> None:
    closes = NOON + timedelta(hours=3, seconds=7.25)
    edition = Edition("root", 0, NOON - SECOND, (closes,))
    assert edition.until(NOON) == NOON + timedelta(seconds=7.25)  # when the time left is one less
    assert edition.until(NOON + timedelta(seconds=10)) == NOON + timedelta(seconds=40)
    # Once it is past it has no seconds any more: else each closing of two months would cut short
    # what every page stands for.
    assert edition.until(closes) == closes.replace(second=0, microsecond=0) + timedelta(minutes=1)
    left = NOON + timedelta(seconds=3)  # a calendar leaves out what is sixty days old
    assert replace(edition, leaves=(NOON - SECOND, left)).until(NOON) == left
    assert edition.undecided(NOON) == NOON + AWAY
    midnight = NOON.replace(minute=30, second=0)  # in Adelaide
    assert edition.undecided(midnight - SECOND) == midnight
    assert edition.undecided(closes - SECOND) == closes
    assert edition.until(NOON - 2 * SECOND) == NOON - 2 * SECOND + TICK  # an act still to come


# --- the memory ---


async def test_what_a_stranger_sends_counts_as_what_is_kept(house: House) -> None:
    """A short page under an address as long as they like; and what they know is no part of it."""
    for n in range(3):
        await house.get(query=b"%d" % n * 60_000)
        await house.get(f"/{n}" * 30_000)
    assert len(house.pages.pages) == 0
    await house.get(if_none_match='"mark"' * 10_000)
    assert len(house.pages.pages) == 1
    assert "mark" not in repr(house.pages.pages._values)


async def test_a_page_is_not_kept_that_takes_more_than_an_eighth_of_the_memory(
    house: House,
) -> None:
    for memory in (house.pages.pages, house.pages.files):
        assert memory._each == memory._most // 8
