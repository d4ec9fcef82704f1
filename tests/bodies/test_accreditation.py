"""Who speaks for whom, from when to when; and who a person is today."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from plenary import clock
from plenary.bodies.actions import accreditations, seats
from plenary.bodies.actions.accreditations import end_accreditation
from plenary.bodies.actions.chambers import form_body
from plenary.bodies.actions.offices import appoint, leave_office
from plenary.bodies.actions.seats import unseat
from plenary.bodies.models import Accreditation, Officer, Seat
from plenary.bodies.powers import Role
from plenary.bodies.viewers import viewer_of
from plenary.people.models import Person
from plenary.refusal import Invalid, Missing, Refused
from tests.world import SECRETARIAT, found_world

pytestmark = pytest.mark.usefixtures("db")

ADA = "ada@example.org"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def on_one_day() -> Iterator[None]:
    """A run that passed midnight after it was collected saw another first day."""
    with clock.pretending(NOW):
        yield


def day(n: int) -> date:
    return TODAY + timedelta(days=n)


async def accredit(code: str, role: str, since: int = 0, until: int | None = None) -> Accreditation:
    end = None if until is None else day(until)
    return await accreditations.accredit(
        SECRETARIAT, code, ADA, "Ada", role, since=day(since), until=end
    )


async def today(email: str = ADA):  # type: ignore[no-untyped-def]
    return await viewer_of(await Person.get(email=email))


async def test_a_person_speaks_from_the_first_day_up_to_the_last() -> None:
    await found_world()
    await accredit("ALD", "head", since=2, until=4)
    seen = []
    for n in range(6):
        with clock.pretending(NOW + timedelta(days=n)):
            seen.append((await today()).code)
    assert seen == ["", "", "ALD", "ALD", "", ""]


async def test_nobody_speaks_for_two_delegations_on_one_day() -> None:
    await found_world()
    await accredit("ALD", "head", since=0, until=10)
    for since, until in ((0, None), (9, None), (-5, 1), (5, 6)):
        with pytest.raises(Refused, match="speaks_for_another"):
            await accredit("BEL", "head", since=since, until=until)
    await accredit("BEL", "delegate", since=10)
    assert (await today()).code == "ALD"


async def test_a_new_role_takes_the_place_of_the_old_one() -> None:
    await found_world()
    await accredit("ALD", "delegate", since=-10, until=30)
    assert (await today()).roles == {Role.DELEGATE}
    await accredit("ALD", "head")
    assert (await today()).roles == {Role.HEAD}
    with pytest.raises(Refused, match="accreditation_unchanged"):
        await accredit("ALD", "head")


async def test_an_accreditation_with_an_end_can_be_ended_before_it() -> None:
    await found_world()
    accreditation = await accredit("ALD", "head", since=-1, until=30)
    first = await end_accreditation(SECRETARIAT, accreditation.id, key="form")
    assert (await today()).roles == {Role.PUBLIC}
    assert await end_accreditation(SECRETARIAT, accreditation.id, key="form") == first
    with pytest.raises(Missing, match="no_such_accreditation"):
        await end_accreditation(SECRETARIAT, accreditation.id, key="another")


async def test_one_that_was_to_begin_later_never_begins() -> None:
    await found_world()
    accreditation = await accredit("ALD", "head", since=5)
    await end_accreditation(SECRETARIAT, accreditation.id)
    row = await Accreditation.get(id=accreditation.id)
    assert row.until == row.since


async def test_a_name_that_is_spelt_anew_replaces_the_old_one() -> None:
    await found_world()
    await accredit("ALD", "delegate", since=-3)
    await accreditations.accredit(SECRETARIAT, "ALD", ADA.upper(), "Ada Lovelace", "head")
    assert (await Person.get(email=ADA)).name == "Ada Lovelace"


async def test_the_head_of_the_delegation_in_the_chair_presides_and_its_delegate_does_not() -> None:
    await found_world()
    await form_body(SECRETARIAT, "experts", "WGDE", {"en": "Diamond Experts"})
    await appoint(SECRETARIAT, "experts", "chair", code="DEL")
    await accredit("DEL", "delegate")
    head = await today("head.del@example.org")
    assert head.roles == {Role.OBSERVER, Role.GROUP_CHAIR}
    assert (head.presides("experts"), head.presides("plenary")) == ("chair:experts", "")
    assert (await today()).roles == {Role.OBSERVER}


async def test_a_new_chair_takes_the_place_of_the_old_one_from_that_day() -> None:
    await found_world()
    await appoint(SECRETARIAT, "plenary", "chair", email=ADA, name="Ada", since=day(3))
    assert (await today("chair@example.org")).presides("plenary")
    assert not (await today()).presides("plenary")
    rows = await Officer.filter(body__key="plenary", office="chair").order_by("id")
    assert [(row.since, row.until) for row in rows[-2:]] == [
        (rows[0].since, day(3)),
        (day(3), None),
    ]


async def test_an_office_is_held_by_somebody_who_is_known(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO", "plenary.security")
    await found_world()
    with pytest.raises(Invalid) as nobody:
        await appoint(SECRETARIAT, "plenary", "secretariat")
    assert nobody.value.errors["code"].name == "nobody_named"
    with pytest.raises(Invalid) as unknown:
        await appoint(SECRETARIAT, "plenary", "secretariat", email=ADA)
    assert unknown.value.errors["name"].name == "person_unknown"
    await appoint(SECRETARIAT, "plenary", "secretariat", email=ADA, name="Ada")
    caplog.clear()
    with pytest.raises(Refused, match="office_unchanged"):
        await appoint(SECRETARIAT, "plenary", "secretariat", email=ADA)
    assert caplog.messages == [], "nothing was taken from anybody"


async def test_the_last_secretary_stays() -> None:
    await found_world()
    first = await Officer.get(office="secretariat")
    with pytest.raises(Refused, match="last_secretary"):
        await leave_office(SECRETARIAT, first.id)
    await appoint(SECRETARIAT, "plenary", "secretariat", email=ADA, name="Ada")
    await leave_office(SECRETARIAT, first.id)
    assert Role.SECRETARIAT not in (await today("secretariat@example.org")).roles
    with pytest.raises(Missing, match="no_such_office"):
        await leave_office(SECRETARIAT, first.id)


async def test_a_seat_is_changed_kept_once_and_left() -> None:
    await found_world()
    with pytest.raises(Refused, match="seat_unchanged"):
        await seats.seat(SECRETARIAT, "plenary", "ALD", "member")
    await seats.seat(SECRETARIAT, "plenary", "ALD", "provisional")
    held = await Seat.filter(delegation__code="ALD", until=None)
    assert [seat.kind for seat in held] == ["provisional"]
    first = await unseat(SECRETARIAT, "plenary", "ALD", key="form")
    assert await unseat(SECRETARIAT, "plenary", "ALD", key="form") == first
    with pytest.raises(Refused, match="no_such_seat"):
        await unseat(SECRETARIAT, "plenary", "ALD")


async def test_a_body_stands_under_another_and_takes_its_place_and_zone() -> None:
    await found_world()
    body = await form_body(SECRETARIAT, "experts", "WGDE", {"en": "Experts"}, once="form")
    again = await form_body(SECRETARIAT, "experts", "WGDE", {"en": "Experts"}, once="form")
    assert (body.id, body.zone) == (again.id, "UTC")
    with pytest.raises(Refused, match="address_taken"):
        await form_body(SECRETARIAT, "experts", "X", {"en": "Experts"})
    with pytest.raises(Missing, match="unknown_body"):
        await form_body(SECRETARIAT, "other", "X", {"en": "Other"}, parent="nowhere")
