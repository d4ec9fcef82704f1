"""The file of a proposal: what its page tells of it, and what the description of the API names."""

from typing import Any

from plenary.proposals.cycles import open_cycle
from tests.client import Site
from tests.world import ALD, BEL, SECRETARIAT, World, found_world


def path_of(world: World) -> str:
    return f"/proposals/{world.year}/{world.number}.json"


async def file_of(site: Site, world: World, email: str = "") -> dict[str, Any]:
    answer = await (await site.browser(email)).get(path_of(world))
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json()
    return told


async def test_the_file_of_a_proposal_names_its_sponsors_and_its_cycle(site: Site) -> None:
    world = await found_world()
    assert (await file_of(site, world))["cycle"] is None
    await open_cycle(SECRETARIAT, "2018-2019", {"en": "Reform"}, begins=2018, ends=2019)
    world = await world.table_proposal()
    await world.join("COR")
    told = await file_of(site, world)
    assert told["sponsors"] == ["ALD", "COR"]
    over = {"version": 1, "versions": [1], "confirmed": True}
    assert told["sponsorships"] == [
        {"delegation": "ALD", "role": "author"} | over,
        {"delegation": "COR", "role": "sponsor"} | over,
    ]
    assert told["cycle"] == "2018-2019"
    assert told["withdrawal"] is None


async def test_the_file_of_a_proposal_that_was_withdrawn_says_why(site: Site) -> None:
    world = await (await found_world()).table_proposal()
    await world.withdraw(reason="Overtaken by the roll.")
    told = (await file_of(site, world))["withdrawal"]
    assert (told["reason"], told["language"], told["by"]) == ("Overtaken by the roll.", "en", ALD)
    entry = await (await site.browser()).get(f"/register/{told['entry']}")
    assert "proposal.withdrawn" in entry.text
    assert told["at"].endswith("Z")


async def test_why_a_draft_was_withdrawn_is_for_its_readers(site: Site) -> None:
    world = await found_world()
    world = await world.table_proposal(draft=True, shown=(BEL,))
    await world.withdraw(reason="Overtaken.")
    assert (await file_of(site, world, "head.bel@example.org"))["withdrawal"][
        "reason"
    ] == "Overtaken."
    assert (await (await site.browser()).get(path_of(world))).status_code == 404


async def test_the_file_holds_what_the_description_of_the_api_says(site: Site) -> None:
    world = await (await found_world()).table_proposal()
    described = (await (await site.browser()).get("/openapi.json")).json()
    answers = described["paths"]["/proposals/{year}/{number}.json"]["get"]["responses"]
    [name] = answers["200"]["content"]["application/json"]["schema"].values()
    schema = described["components"]["schemas"][name.rpartition("/")[2]]
    assert list(await file_of(site, world)) == schema["required"] == list(schema["properties"])
