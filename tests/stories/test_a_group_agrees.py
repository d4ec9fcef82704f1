"""A group agrees, and the Plenary decides: with the World Diamond Council's seat in the chair."""

import hashlib

from tests.client import Browser, Page, Site
from tests.groups import EMAIL, KEY, in_the_group
from tests.stories.test_adopted_by_consensus import states
from tests.world import BRACKETED

PATH = "/proposals/2019/1"
AGREED = f"/groups/{KEY}/outcomes/2019/1"


async def declares(chair: Browser, outcome: str, **more: str) -> str:
    page = await chair.page(f"{PATH}/declaration")
    answer = await chair.press(page, "/declaration", outcome=outcome, **more)
    assert answer.status_code == 303, Page(answer).words
    return str(answer.headers["location"])


async def test_an_observer_presides_a_group_agrees_and_the_plenary_decides(site: Site) -> None:
    await in_the_group("ALD", "BEL", text=BRACKETED)
    delmonia, chair = await site.browser(EMAIL), await site.browser("chair@example.org")
    aldoria = await site.browser("head.ald@example.org")
    belmark = await site.browser("head.bel@example.org")
    corvania = await site.browser("head.cor@example.org")
    public = await site.browser()

    # Delmonia, an Observer, presides: it puts the question to the members that are Participants.
    await delmonia.press(await delmonia.page(f"{PATH}/question"), "/question")
    asked = (await public.get(f"{PATH}.json")).json()["question"]
    assert asked["roll"] == {"participants": 2, "represents": 2}

    # It offers nothing of the Plenary's, and what it does not offer is refused.
    form = (await delmonia.get(f"{PATH}/declaration")).text
    for outcome in ("adopted", "adopted_ad_referendum", "not_adopted", "noted"):
        assert f'value="{outcome}"' not in form
        answer = await delmonia.post(f"{PATH}/declaration", {"outcome": outcome})
        assert answer.status_code == 409
        assert "To adopt a proposal, to reject it" in Page(answer).words
    assert 'name="symbol"' not in form

    # It can be heard as the Observer that it is, and that counts for nothing; nor can it take back
    # what Aldoria wrote.
    await states(delmonia, PATH, "object", clause="p1", explanation="Not one seal.")
    taken = await delmonia.post(f"{PATH}/withdrawal", {"reason": "No.", "confirmed": "1"})
    assert taken.status_code == 403
    assert "This text belongs to its authors" in Page(taken).words

    # A member objects, and the group cannot agree. It lifts, with a reservation.
    await states(aldoria, PATH, "support")
    await states(belmark, PATH, "object", clause="p1", explanation="Seals rust.")
    early = await delmonia.post(f"{PATH}/declaration", {"outcome": "agreed"})
    assert early.status_code == 409
    await states(belmark, PATH, "reservation", explanation="Of brass, for us.")

    # What is said of Corvania, which is no member: it is on no roll here.
    late = await corvania.post(
        f"{PATH}/position", {"stance": "object", "version": "1", "clause": "p1",
        "explanation": "x", "would_join": "y", "confirmed": "1"},
    )  # fmt: skip
    assert late.status_code == 403

    # The group agrees: in words, a series and a place of its own.
    assert await declares(delmonia, "agreed") == AGREED
    told = (await public.get(f"{AGREED}.json")).json()
    assert (told["symbol"], told["outcome"], told["body"]) == ("KP/2019/WGM/R.1", "agreed", KEY)
    assert told["counts"] == {
        "support": 1, "accept": 0, "reservation": 1, "stand_aside": 0, "object": 0,
        "not_stated": 0,
    }  # fmt: skip
    assert [view["delegation"] for view in told["observers"]] == ["DEL"]
    assert told["sat"] == {"member": ["ALD", "BEL"], "provisional": [], "observer": ["DEL"]}
    assert [bracket["words"] for bracket in told["brackets"]] == ["before"]
    assert [statement["delegation"] for statement in told["statements"]] == ["BEL"]
    page = await public.page(AGREED)
    for words in ("This is no decision", "Of brass, for us.", "Not one seal.", "Who sat there"):
        assert words in page.words
    assert (await public.get("/KP/2019/WGM/R.1")).headers["location"] == AGREED

    # It is a decision nowhere.
    for path in ("/decisions.json", "/decisions.json?register=groups", "/decisions.json?q=seals"):
        assert (await public.get(path)).json()["total"] == 0
    for path in ("/decisions", "/decisions.csv", "/decisions.atom", "/sitemap.xml"):
        assert "R.1" not in (await public.get(path)).text
        assert AGREED not in (await public.get(path)).text
    assert (await public.get(f"/decisions/groups/{KEY}/2019/1.json")).status_code == 404

    # It stands in the proposal's history, on the group's page, in search, in what changed.
    for path in (PATH, f"{PATH}/history", f"/groups/{KEY}", f"/groups/{KEY}/outcomes",
                 "/search?q=seals", "/changes"):  # fmt: skip
        assert "KP/2019/WGM/R.1" in (await public.page(path)).words, path

    # A copy of it is known for what it is.
    file = (await public.get(f"{AGREED}/text.txt")).text
    assert file.startswith("KP/2019/WGM/R.1 (AGREED) (1 BRACKET OPEN)\n")
    print_ = hashlib.sha256(file.encode()).hexdigest()
    assert told["fingerprint"]["en"] == print_
    checked = Page(await public.post("/verify", {"text": file}))
    assert "It is no decision" in checked.words
    whole = (await public.get(f"{AGREED}.txt")).text
    assert "KP/2019/WGM/R.1" in Page(await public.post("/verify", {"text": whole})).words
    for text in (whole, (await public.get(f"{AGREED}.md")).text):
        assert "Member: Aldoria, Belmark" in text
        assert "How it came about" in text
        assert "This is no decision" in text

    # The proposal is before the Plenary, with its lineage in one line; the group has it no more.
    now = await public.page(PATH)
    assert "Agreed in Working Group on Monitoring, KP/2019/WGM/R.1" in now.words
    assert "before Plenary since" in now.words
    shown = (await public.get(f"{PATH}.json")).json()
    assert (shown["stage"], shown["body"], shown["decision"]) == ("before_plenary", "plenary", None)
    assert [outcome["symbol"] for outcome in shown["agreed"]] == ["KP/2019/WGM/R.1"]
    for path in ("question", "declaration"):
        assert (await delmonia.get(f"{PATH}/{path}")).status_code == 403

    # The Plenary may send it back, and have it again.
    page = await chair.page(f"{PATH}/referral")
    assert (await chair.press(page, "/referral", body=KEY)).status_code == 303
    back = await delmonia.page(f"{PATH}/referral")
    assert (await delmonia.press(back, "/referral", body="plenary")).status_code == 303

    # It puts the question to everybody; Corvania has a voice here; the Plenary decides.
    form = await aldoria.page(f"{PATH}/versions")
    text = form.form("/versions").fields["text"].replace("[before]", "before")
    assert (await aldoria.press(form, "/versions", text=text)).status_code == 303
    await chair.press(await chair.page(f"{PATH}/question"), "/question")
    assert (await public.get(f"{PATH}.json")).json()["question"]["roll"]["participants"] == 3
    for browser in (aldoria, belmark, corvania):
        await states(browser, PATH, "support")
    refused = await chair.post(f"{PATH}/declaration", {"outcome": "agreed"})
    assert refused.status_code == 409
    assert await declares(chair, "adopted") == "/decisions/2019/1"
    listed = (await public.get("/decisions.json")).json()["items"]
    assert [decision["symbol"] for decision in listed] == ["KP/2019/Plenary/AD.1"]

    # And what the group agreed has not changed by a letter.
    assert (await public.get(f"{AGREED}.json")).json() == told
    assert "It was decided there: Adopted" in (await public.page(AGREED)).words
