"""An Observer is heard: in its own name, on the same text, in no count."""

from tests.client import Page, Site
from tests.stories.test_adopted_by_consensus import states
from tests.world import found_world

PATH = "/proposals/2019/1"
VIEW = "Seals without inspection help nobody who digs."


async def test_an_observer_objects_and_the_proposal_is_still_adopted(site: Site) -> None:
    await found_world()
    delmonia = await site.browser("head.del@example.org")
    aldoria = await site.browser("head.ald@example.org")
    chair, public = await site.browser("chair@example.org"), await site.browser()

    # Before any question Delmonia comments, numbered and receipted like everyone.
    commented = await delmonia.press(
        await delmonia.page(f"{PATH}/comments"), "/comments", clause="p1", text="Who inspects?"
    )
    assert commented.status_code == 303
    assert "Who inspects?" in (await public.page(f"{PATH}/comments")).words

    # It may not hand in, change or decide anything.
    for closed in ("/proposals/new", f"{PATH}/versions", f"{PATH}/question", f"{PATH}/declaration"):
        refused = await delmonia.get(closed)
        assert refused.status_code == 403
        assert len(Page(refused).words) > 40

    # The question is put. Delmonia speaks against the text by the same form as the others.
    await chair.press(await chair.page(f"{PATH}/question"), "/question")
    receipt = await states(delmonia, PATH, "object", clause="p1", explanation=VIEW)
    assert receipt.startswith("/receipts/")

    # Its words stand on the page under its own name; the count and the standing do not move.
    page = await public.page(PATH)
    assert VIEW in page.words
    assert "Nobody has spoken yet" in page.words
    answer = (await public.get(f"{PATH}.json")).json()
    assert answer["question"]["counts"]["object"] == 0
    assert answer["question"]["standing"]["name"] == "carries"
    assert [position["delegation"] for position in answer["positions"]] == []
    assert [position["delegation"] for position in answer["observers"]] == ["DEL"]

    # A Participant joins, and the Chair declares consensus over no objection.
    await states(aldoria, PATH, "support")
    page = await chair.page(f"{PATH}/declaration")
    assert "adopted" in {t["value"] for t in page.all("input") if t["name"] == "outcome"}
    done = await chair.press(page, "/declaration", outcome="adopted")
    assert done.status_code == 303

    # What Delmonia said is part of the record of the decision, beside it and not in it.
    decided = (await public.get(f"{done.headers['location']}.json")).json()
    assert decided["observers"][0]["explanation"] == VIEW
    assert sum(decided["counts"].values()) == decided["roll"]["participants"] == 3
    assert VIEW in (await public.page(f"{PATH}/positions")).words
    assert VIEW in (await public.page("/observers/delmonia")).source
    assert (await public.get(receipt)).status_code == 200
