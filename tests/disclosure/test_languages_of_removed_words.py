"""A mark is in no language: where words were removed, no file and no page names one."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from plenary.decisions.actions.statements import Draft, state_beside
from plenary.decisions.rules import StatementKind
from plenary.disclosure.removing import remove_words
from plenary.record.models import Entry, Payload
from plenary.record.telling import told_by
from tests.client import Site
from tests.disclosure.nouns import SAID, SECRET, order
from tests.web.house import routes
from tests.world import BEL, SECRETARIAT, World, found_world

pytestmark = pytest.mark.anyio
TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")


@pytest.mark.only("sqlite")  # what is printed of a mark does not depend on the database
async def test_no_file_and_no_page_names_a_language_that_is_none(site: Site) -> None:
    world = await _much_is_said(await found_world())
    for n in await _with_a_language():
        await remove_words(SECRETARIAT, n, order())
    browser, found, read = await site.browser("chair@example.org"), dict[str, set[str]](), 0
    for path in _addresses(world):
        answer = await browser.get(path)
        assert SECRET not in answer.text, path
        wrong = {tag for tag in _languages(answer.text) if not TAG.fullmatch(tag)}
        read += answer.status_code == 200
        if wrong:
            found[path] = wrong
    assert found == {}
    assert read > 60, "most of these addresses are of something"
    withdrawn = (await browser.get("/proposals/2019/2.json")).json()["withdrawal"]
    assert withdrawn["reason"].startswith("[Removed")
    assert withdrawn["language"] is None


async def _much_is_said(world: World) -> World:
    """Of a text before the Plenary, of one that was withdrawn, and of one that was decided."""
    await world.comment(text=SAID)
    await world.put(procedure="silence", hours=96, uneven=SAID)
    await world.state("BEL", "reservation", explanation=SAID)
    await world.hear("DEL", "object", explanation=SAID, would_join=SAID)
    closes = (await world.question()).closes
    assert closes
    await world.extend(closes + timedelta(days=1), reason=SAID)
    withdrawn = await world.table_proposal(title={"en": "Lanterns"})
    await withdrawn.withdraw(reason=SAID)
    decided = await withdrawn.table_proposal(title={"en": "Oars"})
    await decided.put()
    await decided.object("COR", explanation=SAID)
    await decided.declare("no_consensus", note=SAID)
    await state_beside(BEL, "2019/1", Draft(StatementKind.EXPLANATION, SAID, "en"))
    return world


async def _with_a_language() -> list[int]:
    """The entries that were made with words in a language."""
    kept = {payload.commitment for payload in await Payload.all()}
    rows = [entry for entry in await Entry.all().order_by("n") if entry.payload in kept]
    found = [entry.n for entry in rows if (await told_by(entry)).get("language")]
    assert len(found) >= 8
    return found


def _addresses(world: World) -> list[str]:
    known: dict[str, Any] = {
        "year": 2019, "version": 1, "old": 1, "new": 1, "k": 1, "key": "plenary", "slug": "belmark",
        "register": "own", "source_id": "2019/1", "procedure": "silence", "symbol": world.symbol,
        "published": "none", "token": "none", "code": "none", "id": 1, "entry": 1, "n": 1,
    }  # fmt: skip
    found = ["/search?q=removed", "/search.json?q=removed"]
    for route in routes("GET"):
        for number in (1, 2, 3):
            given = known | {"number": 1 if route.path.startswith("/decisions/") else number}
            found.append(re.sub(r"\{(\w+)(?::\w+)?\}", lambda m, g=given: str(g[m[1]]), route.path))
    return [*dict.fromkeys(found)]


def _languages(text: str) -> Iterator[str]:
    yield from re.findall(r'(?<![\w-])(?:xml:)?lang="([^"]*)"', text)
    if text.startswith(("{", "[")):
        yield from _named(json.loads(text))


def _named(value: object) -> Iterator[str]:
    """Every language that is named in a file; null names none."""
    if isinstance(value, dict):
        for name, each in value.items():
            if name in ("language", "original") and isinstance(each, str):
                yield each
            yield from _named(each)
    elif isinstance(value, list):
        for each in value:
            yield from _named(each)
