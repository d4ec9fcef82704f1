"""The log of requests, and of what concerns security: by numbers, encoded, and nobody's words."""

import logging
import re

import pytest

from plenary.bodies.actions.accreditations import accredit
from plenary.people.actions import new_link
from plenary.people.models import Person
from tests.client import Site
from tests.world import SECRETARIAT, found_world

HEAD = "head.ald@example.org"


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO, "plenary")
    return caplog


async def test_a_request_is_one_line_that_nobody_forges(
    site: Site, lines: pytest.LogCaptureFixture
) -> None:
    await found_world()
    browser = await site.browser()
    lines.clear()
    for path in ("/%0AINFO%20forged", "/%1b%5B31m?q=secret", "/" + "x" * 3000, "/proposals?q=Ada"):
        await browser.get(path)
    told = [line.getMessage() for line in lines.records if line.name == "plenary.access"]
    assert len(told) == 4
    for line in told:
        assert re.fullmatch(r"GET /[\w%./-]{0,200} \d{3} \d+ms", line), line
    assert "secret" not in " ".join(told)


async def test_signing_in_leaves_no_token_no_address_and_no_name_in_any_log(
    site: Site, lines: pytest.LogCaptureFixture
) -> None:
    await found_world()
    person = await Person.get(email=HEAD)
    token, browser = await new_link(person), await site.browser()
    await browser.post("/sign-in", {"email": HEAD})
    await browser.get(f"/sign-in/{token}?next=/desk")
    await browser.post(f"/sign-in/{token}")
    await browser.post("/sign-in/no-such-token")
    await browser.post("/sign-out")
    told = " ".join(line.getMessage() for line in lines.records)
    for private in (token, HEAD, "head.ald", "Head (Aldoria)", "Aldoria", "no-such-token"):
        assert private not in told, private


async def test_the_security_log_has_every_kind_of_event(
    site: Site, lines: pytest.LogCaptureFixture
) -> None:
    await found_world()
    person = await Person.get(email=HEAD)
    token, browser = await new_link(person), await site.browser()
    await browser.post("/sign-in", {"email": HEAD})
    for _ in range(2):
        await browser.post(f"/sign-in/{token}")
    await browser.get("/secretariat")
    await browser.post("/sign-out")
    for _ in range(6):
        await browser.post("/sign-in", {"email": HEAD})
    await accredit(SECRETARIAT, "COR", "new@example.org", "New", "head")
    events = {
        line.getMessage().split()[0] for line in lines.records if line.name == "plenary.security"
    }
    assert events >= {
        "sign_in.asked", "sign_in.refused", "sign_in.failed", "sign_in", "refused", "sign_out",
        "accredited", "sessions.ended",
    }  # fmt: skip


async def test_a_failure_has_the_id_of_its_request_on_the_page(
    site: Site, lines: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*args: object, **more: object) -> None:
        raise RuntimeError("ada@example.org")

    monkeypatch.setattr("plenary.proposals.actions.comments.enter_comment", fails)
    await found_world()
    browser = await site.browser(HEAD)
    answer = await browser.post("/proposals/2019/1/comments", {"text": "Seals?", "language": "en"})
    assert answer.status_code == 500
    failure = next(line for line in lines.records if "failure" in line.getMessage())
    assert failure.getMessage().split()[1] in answer.text
    assert not [name for name in answer.headers if name.lower().startswith("x-request")]
