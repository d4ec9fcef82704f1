"""Texts in the browser: the forms as they stand, pressed as people press them."""

from plenary.proposals.models import Comment, Proposal, Version
from plenary.record.models import Head, Receipt
from tests.client import Page, Site
from tests.world import AMENDED, TEXT, found_world

ALD, BEL, CHAIR = "head.ald@example.org", "head.bel@example.org", "chair@example.org"
ONE = "/proposals/2019/1"


async def test_a_head_hands_in_a_draft_and_tables_it(site: Site) -> None:
    await found_world()
    browser, public = await site.browser(ALD), await site.browser()
    form = await browser.page("/proposals/new")
    typed = {"title": "Tags", "sense": "Stones are tagged.", "text": "1. Decides on tags."}
    sent = await browser.press(form, "/proposals", **typed)
    assert (sent.status_code, sent.headers["location"]) == (303, "/proposals/2019/2")
    again = await browser.press(form, "/proposals", **typed)
    assert again.headers["location"] == "/proposals/2019/2"
    assert await Proposal.all().count() == 2
    assert (await public.get("/proposals/2019/2")).status_code == 404
    assert "P.2" not in (await public.page("/proposals")).words
    draft = await browser.page("/proposals/2019/2")
    assert "Only its authors and those they show it to can read this draft" in draft.words
    assert (await browser.press(draft, "/tabling")).status_code == 303
    assert "Stones are tagged." in (await public.page("/proposals/2019/2")).words
    twice = await browser.press(draft, "/tabling")
    assert twice.status_code == 409
    assert "on the table already" in Page(twice).words


async def test_a_new_version_is_issued_from_the_text_as_it_stands(site: Site) -> None:
    await found_world()
    browser = await site.browser(ALD)
    form = await browser.page(f"{ONE}/versions")
    text = form.form("/versions").fields["text"]
    unchanged = await browser.press(form, "/versions")
    assert unchanged.status_code == 422
    assert "without any change" in Page(unchanged).words
    sent = await browser.press(
        form, "/versions", text=text.replace("to report", "to report yearly")
    )
    assert sent.headers["location"] == f"{ONE}/v2"
    compared = await browser.page(f"{ONE}/v1..v2")
    assert "yearly" in "".join(tag.text for tag in compared.all("ins"))


async def test_a_text_that_was_overtaken_is_not_lost(site: Site) -> None:
    world = await found_world()
    browser = await site.browser(ALD)
    form = await browser.page(f"{ONE}/versions")
    await world.revise(AMENDED)
    answer = await browser.press(
        form, "/versions", text=TEXT + "\n3. An hour’s work.\n", note="Mine."
    )
    assert answer.status_code == 409
    page = Page(answer)
    assert "Version 2 came in while you were writing on version 1" in page.words
    assert "An hour’s work." in page.words
    assert page.form("/versions").fields["note"] == "Mine."
    assert await Version.all().count() == 2


async def test_a_translation_stands_beside_the_original_and_lags_when_it_changes(
    site: Site,
) -> None:
    world = await found_world()
    secretary = await site.browser("secretariat@example.org")
    form = await secretary.page(f"{ONE}/versions?language=fr")
    sent = await secretary.press(form, "/versions", text=TEXT.replace("its mandate", "son mandat"))
    assert sent.status_code == 303
    assert "son mandat" in (await secretary.page(f"/fr{ONE}")).words
    await world.revise(TEXT.replace("its mandate", "its new mandate"))
    beside = await secretary.page(f"{ONE}/v2?with=fr")
    assert "Translated from version 1; the original has changed since" in beside.words


async def test_a_comment_is_receipted_once_and_shown_to_everyone(site: Site) -> None:
    await found_world()
    browser = await site.browser(BEL)
    form = await browser.page(f"{ONE}/comments")
    first = await browser.press(form, "/comments", text="Which *seals*?", language="en")
    again = await browser.press(form, "/comments", text="Which *seals*?", language="en")
    assert first.headers["location"] == again.headers["location"]
    assert (await Comment.all().count(), await Receipt.all().count()) == (1, 2)
    page = await (await site.browser()).page(f"{ONE}/comments")
    assert "Which seals?" in page.words
    assert page.by_id("c1") is not None


async def test_what_is_typed_is_never_markup(site: Site) -> None:
    await found_world()
    browser = await site.browser(BEL)
    evil = "<img src=x onerror=alert(1)> <script>alert(2)</script> [a](javascript:alert(3))"
    await browser.press(await browser.page(f"{ONE}/comments"), "/comments", text=evil)
    page = await browser.page(f"{ONE}/comments")
    assert page.all("img", "iframe") == []
    assert not [tag for tag in page.tags if "onerror" in tag.attrs]
    assert not [link for link in page.links() if link.startswith("javascript")]
    assert "<script>alert" not in page.source


async def test_whoever_may_not_gets_a_sentence_and_keeps_the_words(site: Site) -> None:
    await found_world()
    size = (await Head.get(id=1)).size
    stranger = await site.browser(BEL)
    answer = await stranger.post(
        f"{ONE}/versions", {"text": "1. Ours.", "base": "1", "language": "en"}
    )
    assert answer.status_code == 403
    assert "did not write this proposal" in Page(answer).words
    assert "1. Ours." in Page(answer).words
    public = await site.browser()
    answer = await public.post(f"{ONE}/comments", {"text": "An hour’s work."})
    assert answer.status_code == 403
    page = Page(answer)
    assert "Sign in" in page.words
    assert any(link.startswith("/sign-in") for link in page.links())
    assert (await Head.get(id=1)).size == size


async def test_a_withdrawn_proposal_keeps_its_page_and_takes_nothing_more(site: Site) -> None:
    await found_world()
    browser = await site.browser(ALD)
    form = await browser.page(f"{ONE}/withdrawal")
    assert (await browser.press(form, "/withdrawal", reason="Overtaken.")).status_code == 303
    page = await (await site.browser()).page(ONE)
    assert "This proposal was withdrawn" in page.words
    answer = await browser.press(form, "/withdrawal", reason="Again, with care.")
    assert answer.status_code == 409
    assert "Again, with care." in Page(answer).words
    assert (await browser.post(f"{ONE}/comments", {"text": "Late."})).status_code == 409


async def test_the_reason_of_a_withdrawal_can_be_read(site: Site) -> None:
    world = await found_world()
    await world.withdraw(reason="The host offers more.")
    public = await site.browser()
    said = [(await public.page(path)).words for path in (ONE, f"{ONE}/history")]
    assert any("The host offers more." in words for words in said)


async def test_the_chair_refers_a_proposal_and_only_to_a_body(site: Site) -> None:
    await found_world()
    chair = await site.browser(CHAIR)
    answer = await chair.post(f"{ONE}/referral", {"body": "nowhere"})
    assert answer.status_code == 422
    assert (await chair.post(f"{ONE}/referral", {})).status_code == 422
    assert (await chair.post(f"{ONE}/referral", {"body": "plenary"})).status_code in (303, 409)
