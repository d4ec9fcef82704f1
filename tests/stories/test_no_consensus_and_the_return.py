"""No consensus, on the record in full; and how the proposal comes back."""

from tests.client import Page, Site
from tests.stories.test_adopted_by_consensus import states
from tests.world import BRACKETED, found_world

PATH = "/proposals/2019/1"
REASON = "The word “sealed” has no meaning in our law."


async def test_corvania_objects_the_proposal_fails_and_returns(site: Site) -> None:
    await found_world(text=BRACKETED)
    aldoria = await site.browser("head.ald@example.org")
    corvania = await site.browser("head.cor@example.org")
    chair, public = await site.browser("chair@example.org"), await site.browser()

    # The question is put on Aldoria's proposal. While a bracket is open, nothing can be adopted.
    await chair.press(await chair.page(f"{PATH}/question"), "/question")
    early = await chair.post(f"{PATH}/declaration", {"outcome": "adopted"})
    assert early.status_code == 409
    assert "1 bracket is open" in Page(early).words

    # Aldoria supports; Corvania objects, with its clause and its reason.
    await states(aldoria, PATH, "support")
    await states(corvania, PATH, "object", clause="p1", explanation=REASON, would_join="“Closed”.")

    # The Chair declares that there is no consensus.
    page = await chair.page(f"{PATH}/declaration")
    done = await chair.press(page, "/declaration", outcome="no_consensus", note="Talks go on.")
    assert done.status_code == 303

    # The record is whole: the last text, its open bracket, who stood where and why.
    first = (await public.get(f"{done.headers['location']}.json")).json()
    assert (first["outcome"], first["symbol"]) == ("no_consensus", "KP/2019/Plenary/OC.1")
    assert "[before]" in first["text"]["en"]
    assert first["counts"]["object"] == first["counts"]["support"] == 1
    said = {position["delegation"]: position for position in first["positions"]}
    assert said["COR"]["explanation"] == REASON
    words = (await public.page(done.headers["location"])).words
    assert "Corvania" in words
    assert "No consensus" in words

    # Corvania's second thought comes too late for this question.
    late = await corvania.post(
        f"{PATH}/position", {"stance": "accept", "version": "1", "confirmed": "1"}
    )
    assert late.status_code == 409

    # The proposal is still on the table. A new text comes, and the question is put again.
    form = await aldoria.page(f"{PATH}/versions")
    text = form.form("/versions").fields["text"].replace("are sealed [before]", "are closed before")
    assert (await aldoria.press(form, "/versions", text=text)).status_code == 303
    await chair.press(await chair.page(f"{PATH}/question"), "/question")

    # What was said of the first question does not count in the second.
    now = (await public.get(f"{PATH}.json")).json()["question"]
    assert (now["open"], now["version"], now["counts"]["not_stated"]) == (True, 2, 3)

    # Corvania joins, the Chair adopts, and both outcomes stand side by side.
    await states(corvania, PATH, "accept")
    page = await chair.page(f"{PATH}/declaration")
    adopted = await chair.press(page, "/declaration", outcome="adopted")
    answer = (await public.get(f"{adopted.headers['location']}.json")).json()
    assert (answer["symbol"], answer["version"]) == ("KP/2019/Plenary/AD.1", 2)
    listed = (await public.get("/decisions.json")).json()
    assert [decision["outcome"] for decision in listed["items"]] == ["adopted", "no_consensus"]

    # And the first record has not changed by a letter.
    again = (await public.get(f"{done.headers['location']}.json")).json()
    assert again == first
