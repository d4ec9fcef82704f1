"""Adopted by consensus: from a draft of Aldoria's to a decision that anyone can check."""

import hashlib

from tests.client import Browser, Page, Site
from tests.world import found_world


async def states(browser: Browser, path: str, stance: str, **more: str) -> str:
    """The head of a delegation fills in the form, looks once more, and gets a receipt."""
    form = await browser.page(f"{path}/position")
    check = Page(await browser.press(form, "/position", stance=stance, **more))
    answer = await browser.press(check, "/position", confirmed="1")
    return str(answer.headers["location"])


async def test_a_proposal_is_tabled_amended_joined_and_adopted(site: Site) -> None:
    await found_world()
    aldoria = await site.browser("head.ald@example.org")
    belmark = await site.browser("head.bel@example.org")
    corvania = await site.browser("head.cor@example.org")
    chair = await site.browser("chair@example.org")
    public = await site.browser()

    # Aldoria hands in a draft. The public does not see it.
    form = await aldoria.page("/proposals/new")
    made = await aldoria.press(
        form,
        "/proposals",
        title="A permanent secretariat",
        sense="Would give the Plenary a secretariat of its own.",
        text="The Plenary,\n\n1. Decides to establish a secretariat [in the capital of the Chair].",
    )
    path = made.headers["location"]
    assert (await public.get(path)).status_code == 404

    # It tables the draft; now everyone reads it.
    await aldoria.press(await aldoria.page(path), "/tabling")
    assert "A permanent secretariat" in (await public.page(path)).heading

    # Belmark comments on the paragraph in brackets and is given a receipt.
    commented = await belmark.press(
        await belmark.page(f"{path}/comments"),
        "/comments",
        clause="p1",
        text="Which capital, when the Chair moves each year?",
    )
    assert "receipt=" in commented.headers["location"]

    # The Chair puts the question; the roll is frozen.
    await chair.press(await chair.page(f"{path}/question"), "/question")
    assert "Nobody has spoken yet" in (await public.page(path)).words

    # Corvania objects to the brackets, and says what would let it join.
    receipt = await states(
        corvania,
        path,
        "object",
        clause="p1",
        explanation="No capital is named.",
        would_join="Without the words in brackets.",
    )
    assert "No consensus: 1 Participant objects" in (await public.page(path)).words

    # The gavel cannot fall over an objection.
    page = await chair.page(f"{path}/declaration")
    assert (await chair.press(page, "/declaration", outcome="adopted")).status_code == 409

    # Aldoria issues a clean text. What was said of the old one is shown as such.
    form = await aldoria.page(f"{path}/versions")
    clean = form.form("/versions").fields["text"].replace(" [in the capital of the Chair]", "")
    await aldoria.press(form, "/versions", text=clean, note="Without a place.")
    page = await corvania.page(path)
    assert "Corvania has no position on version 2" in page.words

    # Everyone joins: one supports, one can accept, one supports ad referendum.
    await states(aldoria, path, "support")
    await states(belmark, path, "support", ad_referendum="1")
    await states(corvania, path, "accept")
    assert "No objection standing" in (await public.page(path)).words

    # The Chair declares. The decision has a symbol, a text and a fingerprint of it.
    page = await chair.page(f"{path}/declaration")
    done = await chair.press(page, "/declaration", outcome="adopted", note="As amended.")
    decision = done.headers["location"]
    page = await public.page(decision)
    assert "KP/2019/Plenary/AD.1" in page.words
    answer = (await public.get(f"{decision}.json")).json()
    assert answer["outcome"] == "adopted"
    assert answer["counts"] == {
        "support": 2, "accept": 1, "reservation": 0, "stand_aside": 0, "object": 0, "not_stated": 0,
    }  # fmt: skip
    assert "[in the capital" not in answer["text"]["en"]
    text = (await public.get(f"{decision}/text.txt")).content
    assert hashlib.sha256(text).hexdigest() == answer["fingerprint"]["en"]

    # The symbol is an address, a copy can be checked, and Corvania's receipt still holds.
    there = await public.get("/KP/2019/Plenary/AD.1")
    assert there.headers["location"] == decision
    checked = Page(await public.post("/verify", {"text": text.decode()}))
    assert "KP/2019/Plenary/AD.1" in checked.words
    assert (await public.get(receipt)).status_code == 200
    objection = (await public.page(f"{path}/history")).words
    assert "the Chair declared: Adopted" in objection or "The Chair declared: Adopted" in objection
