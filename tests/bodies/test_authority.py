"""On whose authority: an act cites a decision that stands in the register and was adopted."""

import pytest

from plenary.bodies import authority
from plenary.bodies.authority import authority_of, is_founding
from plenary.bodies.rules import Authority, bar_to_cite
from plenary.decisions.models import Decision
from plenary.decisions.reading import address_of
from plenary.refusal import Refused
from plenary.registers.actions import import_register
from tests.registers.registers import register
from tests.world import SECRETARIAT, found_world


def test_what_needs_a_decision_cites_an_adopted_one() -> None:
    adopted = Authority("AD 1", "own/2019/1", "/decisions/2019/1", True, "2019-11-20")
    refused = Authority("OC 1", "own/2019/2", "/decisions/2019/2", False, "2019-11-20")
    assert bar_to_cite("AD 1", adopted) is None
    for name, cited, reason in (
        ("", None, "decision_needed"), (" ", adopted, "decision_needed"),
        ("AD 99", None, "unknown_decision"), ("OC 1", refused, "decision_not_adopted"),
    ):  # fmt: skip
        bar = bar_to_cite(name, cited)
        assert bar
        assert bar.reason == reason


async def test_a_decision_is_cited_by_its_symbol_its_address_or_as_it_is_typed(db: str) -> None:
    world = await found_world()
    assert await is_founding()
    await world.put()
    decided = await world.declare()
    for name in (decided.symbol, decided.symbol.lower(), "2019/1", "/decisions/2019/1"):
        cited = await authority_of(name)
        assert (cited.symbol, cited.path) == (decided.symbol, "/decisions/2019/1"), name
        assert (cited.body, cited.date) == ("plenary", decided.date)
    assert not await is_founding()


async def test_nothing_rests_on_a_decision_that_was_not_adopted_or_does_not_exist(db: str) -> None:
    world = await found_world()
    await world.put()
    await world.object()
    decided = await world.declare("no_consensus")
    unadopted = decided.symbol or address_of(decided)
    for name, reason in (
        ("NO SUCH DECISION 99", "unknown_decision"),
        ("", "decision_needed"),
        (unadopted, "decision_not_adopted"),
    ):
        with pytest.raises(Refused, match=reason):
            await authority_of(name)


async def test_an_imported_decision_is_cited_and_ends_no_founding(db: str) -> None:
    await found_world()
    await import_register(SECRETARIAT, "kp", register())
    adopted = await Decision.get(date="2003-04-30")
    assert (await authority_of(address_of(adopted))).date == "2003-04-30"
    assert await is_founding()


async def test_nobody_cites_a_register_that_was_not_handed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(authority, "_register", [])
    with pytest.raises(RuntimeError, match=r"plenary\.hooks\.wire"):
        await authority_of("AD 1")
