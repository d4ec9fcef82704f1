"""Reform cycles and sponsors: what a proposal belongs to, and who stands behind it."""

import pytest

from plenary.proposals.actions.moves import sponsor
from plenary.proposals.cycles import open_cycle
from plenary.proposals.models import Cycle, Sponsor
from plenary.proposals.reading import sponsors_of
from plenary.record.models import Entry
from plenary.refusal import Refused
from tests.world import ALD, BEL, found_world

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


async def test_a_participant_sponsors_once_and_only_what_is_on_the_table() -> None:
    world = await found_world()
    await sponsor(BEL, world.year, world.number)
    assert await sponsors_of(await world.proposal()) == {"ALD", "BEL"}
    with pytest.raises(Refused) as refused:
        await sponsor(BEL, world.year, world.number)
    assert refused.value.reason == "sponsor_already"
    await world.withdraw(by=ALD)
    with pytest.raises(Refused) as refused:
        await sponsor("delegation:COR", world.year, world.number)
    assert refused.value.reason == "proposal_not_on_the_table"
    assert await Sponsor.all().count() == 2


async def test_a_sponsor_lends_its_name_and_can_neither_change_nor_withdraw_the_text() -> None:
    """Else anyone could sponsor a proposal and take it back, or reset what was said of it."""
    world = await found_world()
    await sponsor(BEL, world.year, world.number)
    for act in (world.revise, world.withdraw):
        with pytest.raises(Refused) as refused:
            await act(by=BEL)
        assert refused.value.reason == "not_the_author"
    assert (await world.revise(by=ALD)).number == 2
