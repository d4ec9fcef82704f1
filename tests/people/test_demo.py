"""The demo signs in its own cast, in the sample, and nobody else anywhere."""

from pathlib import Path

import pytest

from plenary import clock
from plenary.bodies.models import Body
from plenary.people.models import Person, Session
from plenary.settings import Unsafe
from tests.client import Page, opened
from tests.world import found_world


async def test_the_demo_does_not_start_on_a_real_body(database_url: str, tmp_path: Path) -> None:
    async with opened(database_url, tmp_path):
        await found_world()
    with pytest.raises(Unsafe, match="PLENARY_DEMO"):
        async with opened(database_url, tmp_path, demo=True):
            pytest.fail("it started")


async def test_a_real_body_founded_under_a_running_demo_signs_nobody_in(
    database_url: str, tmp_path: Path
) -> None:
    async with opened(database_url, tmp_path, demo=True) as site:
        await found_world()
        browser = await site.browser()
        answer = await browser.post("/sign-in/sample", {"email": "secretariat@example.org"})
        assert (answer.status_code, await Session.exists()) == (404, False)
        asked = await browser.post("/sign-in", {"email": "secretariat@example.org"})
        assert not [link for link in Page(asked).links() if "/sign-in/" in link]
        assert "/sign-in/sample" not in (await browser.page("/sign-in")).source


async def test_the_sample_signs_in_nobody_with_an_address_of_their_own(
    database_url: str, tmp_path: Path
) -> None:
    async with opened(database_url, tmp_path, demo=True) as site:
        await found_world()
        await Body.all().update(sample=True)
        real = "minister@gov.example.com"
        await Person.create(email=real, name="A minister", created=clock.now())
        browser = await site.browser()
        answer = await browser.post("/sign-in/sample", {"email": real})
        assert (answer.status_code, await Session.exists()) == (404, False)
        asked = await browser.post("/sign-in", {"email": real})
        assert not [link for link in Page(asked).links() if "/sign-in/" in link]
        assert real not in (await browser.page("/sign-in")).source
        cast = await browser.post("/sign-in/sample", {"email": "chair@example.org"})
        assert cast.status_code == 303
