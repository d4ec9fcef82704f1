"""What of a payload is words, which an order takes, and what stays with the order."""

from typing import Any

import pytest

from plenary.bodies.models import Body
from plenary.disclosure.removing import remove_words
from plenary.procedures.models import Procedure
from plenary.procedures.terms import STANDARD
from plenary.record.act import act, door
from plenary.record.entry import read_entry
from plenary.record.models import Entry, Payload
from plenary.record.telling import told_by
from plenary.refusal import Refused
from tests.client import Site
from tests.disclosure.nouns import newest, order
from tests.disclosure.test_removals import everywhere
from tests.world import SECRETARIAT, found_world

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("publication", ["now", "never"])
async def test_a_bare_answer_has_no_words_and_the_secretariat_reads_as_much(
    site: Site, publication: str
) -> None:
    """The refusal tells whoever runs the form nothing that they do not read: under “never” too."""
    world = await found_world()
    await world.put(procedure="vote", publication=publication)
    await world.state("BEL", "yes")
    n = await newest("position.stated")
    with pytest.raises(Refused, match="no_words_to_remove"):
        await remove_words(SECRETARIAT, n, order())
    page = await (await site.browser("secretariat@example.org")).page(f"/register/{n}")
    assert '"explanation":""' in page.words
    await world.state("BEL", "yes", explanation="With a reason.")
    await remove_words(SECRETARIAT, await newest("position.stated"), order())


async def test_the_terms_of_a_procedure_of_the_first_builds_go_on_to_the_order(db: str) -> None:
    """Its entry is bound to them by the payload alone; what nothing proves any more says so."""
    await found_world()
    said = "The Xylophonquatsch of a person."
    terms = {name: term for name, term in STANDARD["vote"].items() if name != "names"}
    terms |= {"kind": "vote", "key": "ours", "number": 1}
    n = await _adopt_as_before(terms, {"en": said})
    entry = await Entry.get(n=n)
    assert "terms_size" not in read_entry(bytes(entry.written))
    before = (await told_by(entry))["terms"]
    first = await remove_words(SECRETARIAT, n, order())
    assert await everywhere(said) == []
    assert not await Payload.exists(commitment=entry.payload)
    kept = (await told_by(await Entry.get(n=first)))["stays"]
    assert kept == {str(n): {"unproved": {"terms": before}}}
    second = await remove_words(SECRETARIAT, first, order(reason="The reason told it again."))
    assert (await told_by(await Entry.get(n=second)))["stays"][str(first)]["stays"] == kept


@door
async def _adopt_as_before(terms: dict[str, Any], names: dict[str, str]) -> int:
    async with act(by=SECRETARIAT) as record:
        n = record.append(
            "procedure.adopted",
            "plenary",
            key="ours",
            number=1,
            kind="vote",
            decision="",
            payload={"terms": terms, "names": names},
        )
        await Procedure.create(
            body=await Body.get(key="plenary"),
            key="ours",
            number=1,
            names=names,
            terms=terms,
            since=record.now.date(),
            entry=n,
        )
        return n
