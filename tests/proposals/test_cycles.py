"""Reform cycles: what a proposal belongs to."""

import pytest

from plenary.proposals.cycles import open_cycle
from plenary.proposals.models import Cycle
from plenary.record.models import Entry
from plenary.refusal import Refused
from tests.world import found_world

pytestmark = pytest.mark.usefixtures("db")
NAMES = {"en": "Review and reform", "fr": "Examen et réforme"}


async def test_a_proposal_belongs_to_the_cycle_of_its_year() -> None:
    world = await found_world(year=2019)
    await open_cycle("secretariat", "2019-2021", NAMES, begins=2019, ends=2021)
    proposal = await (await world.table_proposal()).proposal()
    assert await Cycle.get(proposals=proposal.id) == await Cycle.get(key="2019-2021")
    before = await world.proposal()
    assert not await Cycle.filter(proposals=before.id).exists()  # it was there before the cycle


@pytest.mark.parametrize(
    "begins, ends, reason",
    [
        (2021, 2023, "cycles_overlap"),
        (2018, 2019, "cycles_overlap"),
        (2024, 2023, "ends_before_it_begins"),
    ],
)
async def test_a_year_belongs_to_one_cycle_only(begins: int, ends: int, reason: str) -> None:
    await found_world()
    await open_cycle("secretariat", "2019-2021", NAMES, begins=2019, ends=2021)
    with pytest.raises(Refused) as refused:
        await open_cycle("secretariat", "another", NAMES, begins=begins, ends=ends)
    assert refused.value.reason == reason
    assert await Cycle.all().count() == 1


async def test_the_same_form_opens_one_cycle() -> None:
    await found_world()
    entries = [
        await open_cycle("secretariat", "2019-2021", NAMES, begins=2019, ends=2021, once="k")
        for _ in range(2)
    ]
    assert entries[0] == entries[1]
    assert await Entry.filter(type="cycle.opened").count() == 1
