"""Two web processes are asked for one address at once: together they let through what one would."""

import asyncio

import pytest

from plenary import clock
from plenary.people.models import Person
from plenary.people.rules import TRIES
from tests.pairs import both


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("email", ["ada@example.org", "nobody@example.org"])
async def test_of_forty_asked_of_two_processes_at_once_exactly_five_pass(
    database_url: str, email: str
) -> None:
    await Person.create(email="ada@example.org", name="Ada", created=clock.now())
    spec = {"url": database_url, "email": email, "many": 20}
    passed = await asyncio.to_thread(both, "tests.people.asker", spec, spec)
    assert sum(map(int, passed)) == TRIES
