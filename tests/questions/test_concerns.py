"""One position may hold several concerns, each on its paragraph with its reason and what would lift
it (case 13: of clause=p1&clause=p3 only p3 was kept)."""

import json
from collections.abc import Iterable
from typing import Any

import pytest

from plenary.questions.concerns import MOST, MOST_WORDS, Concern, settled
from plenary.questions.models import Concern as Kept
from plenary.questions.models import Position, View
from plenary.record.entry import read_entry, read_payload
from plenary.record.models import Entry, Payload
from plenary.refusal import Invalid
from plenary.web.forms import gathered, new_key
from tests.client import Browser, Page, Site
from tests.world import World, found_world

pytestmark = pytest.mark.anyio
ONE = "/proposals/2019/1"
FIRST, SECOND = "CANARY-on-the-first", "CANARY-on-the-second"
LIFTS, LIFTS_TOO = "CANARY-lifts-the-first", "CANARY-lifts-the-second"
TEXT = """1. Decides that rough stones are sealed before shipment.
2. Requests the secretariat to report.
3. Thanks the host.
"""
WORDS = {
    "explanation.p1": FIRST,
    "would_join.p1": LIFTS,
    "explanation.p3": SECOND,
    "would_join.p3": LIFTS_TOO,
}
BOTH = (Concern("p1", FIRST, LIFTS), Concern("p3", SECOND, LIFTS_TOO))
JSON = [
    {"clause": "p1", "explanation": FIRST, "would_join": LIFTS},
    {"clause": "p3", "explanation": SECOND, "would_join": LIFTS_TOO},
]
COR, DEL, ALD = (f"head.{code}@example.org" for code in ("cor", "del", "ald"))
OUTCOME = "/decisions/2019/1"


async def asked(publication: str = "now", **more: Any) -> World:
    world = await found_world(text=TEXT)
    await world.put(publication, **more)
    return world


def both(**more: Any) -> dict[str, Any]:
    """An objection to two paragraphs, as an act takes it."""
    return {"clause": "p1", "explanation": "", "would_join": "", "apart": BOTH} | more


async def post(browser: Browser, path: str, fields: dict[str, str], clauses: Iterable[str]) -> Any:
    """With each of the paragraphs ticked."""
    return await browser.post(path, [*fields.items(), *(("clause", key) for key in clauses)])


def form(**more: str) -> dict[str, str]:
    return {"stance": "object", "version": "1", "language": "en", "key": new_key()} | more


# --- how it is said -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words, concerns, kept",
    [
        (("Why.", ""), [], ("", "Why.", "", ())),
        (("Why.", "If."), [Concern("p1")], ("p1", "Why.", "If.", ())),
        (("", ""), [Concern("p1", "Why.", "If.")], ("p1", "Why.", "If.", ())),
        (("Why.", ""), [Concern("")], ("", "Why.", "", (Concern(""),))),
        (
            ("On all.", ""),
            [Concern("p1", "Why.")],
            ("p1", "On all.", "", (Concern("p1", "Why."),)),
        ),
        (("", ""), [*BOTH], ("p1", "", "", BOTH)),
        (("", ""), [*BOTH, *BOTH], ("p1", "", "", BOTH)),
    ],
)
def test_what_is_about_one_paragraph_is_said_in_the_answer_s_own_words(
    words: tuple[str, str], concerns: list[Concern], kept: tuple[Any, ...]
) -> None:
    assert settled(*words, concerns) == kept


def test_of_a_field_that_may_be_repeated_every_value_is_kept() -> None:
    posted = [("clause", "p1"), ("clause", "p3"), ("stance", "accept"), ("stance", "object")]
    assert gathered(posted) == {"clause": "p1 p3", "stance": "object"}
    assert gathered([("clause", ""), ("clause", "p3")]) == {"clause": "p3"}


# --- on the record --------------------------------------------------------------------------------


async def test_each_concern_stands_on_its_paragraph_with_its_words(db: str) -> None:
    world = await asked()
    receipt = await world.object("COR", **both())
    entry = await Entry.get(n=receipt.entry)
    facts = read_entry(bytes(entry.written))
    assert (facts["clause"], facts["clauses"]) == ("p1", ["p1", "p3"])
    payload = read_payload(bytes((await Payload.get(commitment=entry.payload)).content))
    assert payload["concerns"] == JSON
    assert FIRST not in bytes(entry.written).decode()
    kept = await Kept.filter(entry=entry.n).order_by("place")
    assert [(k.place, k.clause, k.explanation, k.would_join) for k in kept] == [
        (0, "p1", FIRST, LIFTS),
        (1, "p3", SECOND, LIFTS_TOO),
    ]
    assert (await Position.get(entry=entry.n)).several == 2


async def test_an_entry_about_one_paragraph_is_as_it_always_was(db: str) -> None:
    world = await asked()
    receipt = await world.object("COR", clause="p1", explanation=FIRST, would_join=LIFTS)
    entry = await Entry.get(n=receipt.entry)
    facts = read_entry(bytes(entry.written))
    assert (facts["clause"], "clauses" in facts) == ("p1", False)
    payload = read_payload(bytes((await Payload.get(commitment=entry.payload)).content))
    assert set(payload) == {"explanation", "would_join", "language"}
    assert (await Kept.all().count(), (await Position.get()).several) == (0, 0)


async def test_an_objection_has_a_reason_for_each_paragraph_or_one_for_all(db: str) -> None:
    world = await asked()
    bare = (Concern("p1", FIRST), Concern("p3"))
    with pytest.raises(Invalid) as caught:
        await world.object("COR", **both(apart=bare))
    assert set(caught.value.errors) == {"explanation.p3"}
    with pytest.raises(Invalid) as caught:
        await world.object("COR", **both(apart=(Concern("p1"), Concern("p3"))))
    assert set(caught.value.errors) == {"explanation"}
    await world.object("COR", **both(apart=bare, explanation="On all of it."))


async def test_an_objection_names_a_paragraph_or_the_whole_text(db: str) -> None:
    world = await asked()
    with pytest.raises(Invalid) as caught:
        await world.object("COR", clause="", explanation=FIRST)
    assert caught.value.errors["clause"].name == "clause_needed"
    await world.object("COR", clause="", explanation=FIRST, apart=(Concern(""),))
    assert (await Position.get(current=True)).clause == ""


async def test_a_paragraph_that_is_not_there_is_refused_among_others_too(db: str) -> None:
    world = await asked()
    with pytest.raises(Invalid) as caught:
        await world.object("COR", **both(apart=(*BOTH, Concern("p9", "No."))))
    assert caught.value.errors["clause"].facts == {"clause": "p9"}


async def test_one_answer_has_so_many_concerns_and_words_and_no_more(db: str) -> None:
    text = "".join(f"{n}. Decides {n}.\n" for n in range(1, MOST + 2))
    world = await found_world(text=text)
    await world.put()
    many = tuple(Concern(f"p{n}", "No.") for n in range(1, MOST + 2))
    with pytest.raises(Invalid) as caught:
        await world.object("COR", **both(apart=many))
    assert caught.value.errors["clause"].name == "too_many_concerns"
    receipt = await world.object("COR", **both(apart=many[:MOST]))
    assert len(bytes((await Entry.get(n=receipt.entry)).written)) < 4096
    long = (Concern("p1", "x" * (MOST_WORDS // 2)), Concern("p2", "y" * (MOST_WORDS // 2 + 1)))
    with pytest.raises(Invalid) as caught:
        await world.object("COR", **both(apart=long))
    assert caught.value.errors["clause"].name == "too_long"


# --- by the form ----------------------------------------------------------------------------------


async def test_two_paragraphs_that_are_posted_are_two_concerns(site: Site) -> None:
    await asked()
    head = await site.browser(COR)
    check = await post(head, f"{ONE}/position", form(**WORDS), ["p1", "p3"])
    for words in (FIRST, SECOND, LIFTS, LIFTS_TOO, "paragraph 1", "paragraph 3"):
        assert words in check.text, words
    done = await post(head, f"{ONE}/position", form(**WORDS, confirmed="1"), ["p1", "p3"])
    assert done.status_code == 303
    told = (await (await site.browser()).get(f"{ONE}.json")).json()["positions"][0]
    assert (told["clause"], told["concerns"]) == ("p1", JSON)
    receipt = Page(await head.get(done.headers["location"]))
    for words in (FIRST, SECOND, LIFTS, LIFTS_TOO, "On paragraph 3"):
        assert words in receipt.words, words


async def test_the_check_page_carries_all_of_it_to_the_second_press(site: Site) -> None:
    await asked()
    head = await site.browser(COR)
    check = Page(await post(head, f"{ONE}/position", form(**WORDS), ["p1", "p3"]))
    (second,) = (f for f in check.forms if f.action.endswith("/position"))
    done = await head.post(f"{ONE}/position", second.fields | {"confirmed": "1"})
    assert done.status_code == 303
    assert await Kept.all().count() == 2
    back = Page(await head.post(f"{ONE}/position", second.fields | {"edit": "1"}))
    assert back.source.count("checked") >= 3  # two paragraphs and a stance
    for words in (FIRST, SECOND, LIFTS, LIFTS_TOO):
        assert words in back.source, words


async def test_the_same_key_with_another_concern_is_other_words(site: Site) -> None:
    await asked()
    head, sent = await site.browser(COR), form(**WORDS, confirmed="1")
    path = f"{ONE}/position"
    first = await post(head, path, sent, ["p1", "p3"])
    again = await post(head, path, sent, ["p1", "p3"])
    assert first.headers["location"] == again.headers["location"]
    changed = await post(head, path, sent | {"explanation.p3": "Another."}, ["p1", "p3"])
    fewer = await post(head, path, {**sent, "explanation.p3": "", "would_join.p3": ""}, ["p1"])
    assert (changed.status_code, fewer.status_code) == (409, 409)
    assert "Another." in changed.text


async def test_a_single_paragraph_is_posted_as_it_always_was(site: Site) -> None:
    await asked()
    head = await site.browser(COR)
    said = form(clause="p1", explanation=FIRST, would_join=LIFTS, confirmed="1")
    assert (await head.post(f"{ONE}/position", said)).status_code == 303
    told = (await head.get(f"{ONE}.json")).json()["positions"][0]
    assert (told["clause"], told["explanation"], told["would_join"]) == ("p1", FIRST, LIFTS)
    assert told["concerns"] == JSON[:1]
    own = form(**{"explanation.p1": FIRST, "would_join.p1": LIFTS}, confirmed="1")
    await post(head, f"{ONE}/position", own, ["p1"])
    again = (await head.get(f"{ONE}.json")).json()["positions"][0]
    assert {**again, "at": ""} == {**told, "at": ""}


async def test_the_whole_text_is_named_like_a_paragraph(site: Site) -> None:
    await asked()
    head = await site.browser(COR)
    said = form(clause="whole", explanation=FIRST, confirmed="1")
    assert (await head.post(f"{ONE}/position", said)).status_code == 303
    told = (await head.get(f"{ONE}.json")).json()["positions"][0]
    assert told["concerns"] == [{"clause": None, "explanation": FIRST, "would_join": ""}]
    assert told["clause"] is None


async def test_words_on_a_paragraph_that_is_not_ticked_are_neither_lost_nor_recorded(
    site: Site,
) -> None:
    await asked()
    head = await site.browser(COR)
    refused = await post(head, f"{ONE}/position", form(**WORDS), ["p1"])
    assert refused.status_code == 422
    assert "that is not ticked" in Page(refused).words
    assert SECOND in refused.text
    assert await Position.all().count() == 0


async def test_the_form_begins_with_what_was_said_where_asked_and_each_field_has_a_label(
    site: Site,
) -> None:
    world = await asked()
    await world.object("COR", **both())
    head = await site.browser(COR)
    page = await head.page(f"{ONE}/position?again=1&clause=p2")
    for words in (FIRST, SECOND, LIFTS, LIFTS_TOO):
        assert words in page.source
    for key in ("p1", "p2", "p3"):
        assert f'value="{key}" checked' in page.source
        assert f'for="f-explanation.{key}"' in page.source
        assert f'for="f-would_join.{key}"' in page.source


async def test_of_a_long_text_only_the_paragraphs_that_were_chosen_have_fields(site: Site) -> None:
    world = await found_world(text="".join(f"{n}. Decides {n}.\n" for n in range(1, 60)))
    await world.put()
    head = await site.browser(COR)
    page = await head.page(f"{ONE}/position")
    assert "explanation.p7" not in page.source
    chosen = await post(head, f"{ONE}/position", {"version": "1", "edit": "1"}, ["p7"])
    assert chosen.status_code == 200
    assert "There is a problem" not in chosen.text
    assert ("explanation.p7" in chosen.text, "explanation.p8" in chosen.text) == (True, False)


async def test_from_the_room_and_on_behalf_of_others_the_same_is_said(site: Site) -> None:
    world = await asked()
    secretariat, head = await site.browser("secretariat@example.org"), await site.browser(ALD)
    said = form(**WORDS, confirmed="1")
    room = await post(
        secretariat, f"{ONE}/from-the-room", said | {"delegation": "COR", "seen": "0"}, ["p1", "p3"]
    )
    assert room.status_code == 303
    own = await post(
        head, f"{ONE}/on-behalf", form(**WORDS, confirmed="1") | {"for-BEL": "1"}, ["p1", "p3"]
    )
    assert own.status_code == 303
    named = await site.browser("head.bel@example.org")
    bloc = await named.page(own.headers["location"])
    assert FIRST in bloc.words
    assert LIFTS_TOO in bloc.words
    done = await named.post(own.headers["location"], {"answer": "confirm"})
    assert done.status_code == 303
    told = (await named.get(f"{ONE}.json")).json()["positions"]
    assert {position["delegation"]: position["concerns"] for position in told} == dict.fromkeys(
        ("ALD", "BEL", "COR"), JSON
    )
    signed = await (await site.browser(COR)).page(f"{ONE}/countersignature")
    assert SECOND in signed.words
    assert await world.newest() == 1


async def test_one_press_says_all_of_it_on_the_new_version(site: Site) -> None:
    world = await asked()
    await world.object("COR", **both())
    await world.revise(TEXT.replace("report", "report every year"))
    head = await site.browser(COR)
    page = await head.page(ONE)
    (again,) = (f for f in page.forms if f.action.endswith("/position"))
    done = await head.post(f"{ONE}/position", again.fields)
    assert done.status_code == 303
    told = (await head.get(f"{ONE}.json")).json()["positions"][0]
    assert (told["version"], told["concerns"]) == (2, JSON)


# --- wherever it is read --------------------------------------------------------------------------


async def test_every_page_and_file_has_every_concern(site: Site) -> None:
    world = await asked()
    await world.object("COR", **both())
    public = await site.browser()
    paths = (
        ONE, f"/fr{ONE}", f"{ONE}/positions", f"{ONE}/distance", f"{ONE}.json",
        f"{ONE}/distance.json", "/positions/2019.csv", "/positions/2019.json",
        "/participants/corvania", "/participants/corvania.json",
    )  # fmt: skip
    chair = await site.browser("chair@example.org")
    for browser, some in ((public, paths), (chair, (f"{ONE}/declaration",))):
        for path in some:
            text = (await browser.get(path)).text
            lost = [word for word in (LIFTS, LIFTS_TOO) if word not in text]
            assert lost == [], path
            if path != f"{ONE}/declaration":
                assert [word for word in (FIRST, SECOND) if word not in text] == [], path
    for words in (FIRST, SECOND, LIFTS, LIFTS_TOO):
        assert "Corvania" in (await public.page(f"/search?q={words}")).words
    line = (await public.get("/positions/2019.csv")).text
    assert "p1 p3" in line
    assert f"p1: {FIRST}" in line


async def test_the_distance_has_it_on_each_paragraph_and_counts_it_once(site: Site) -> None:
    world = await asked()
    await world.object("COR", **both())
    public = await site.browser()
    page = await public.page(f"{ONE}/distance")
    assert "1 delegation objects, on paragraphs 1 and 3." in page.words
    told = json.loads((await public.get(f"{ONE}/distance.json")).text)
    assert [row["clause"] for row in told["clauses"]] == ["p1", "p3"]
    (held,) = told["not_clear"]
    assert [(c["clause"], c["number"]) for c in held["concerns"]] == [("p1", 1), ("p3", 3)]
    assert held["concerns"][1]["would_join"] == LIFTS_TOO
    first = held["concerns"][1]["since"]
    later = (*BOTH[1:], Concern("p2", "And this."))
    await world.object("COR", **both(clause="p3", apart=later))
    (held,) = json.loads((await public.get(f"{ONE}/distance.json")).text)["not_clear"]
    since = {c["clause"]: c["since"] for c in held["concerns"]}
    assert since["p3"] == first < since["p2"]


@pytest.mark.parametrize("publication", ["now", "decided", "never"])
async def test_the_nearer_to_the_archive_the_less_is_lost(site: Site, publication: str) -> None:
    """Who was heard, where it stood, on which paragraphs, in its words: on the page and in every
    file. Participants' as far as the rule of publication says."""
    world = await asked(publication)
    await world.object("COR", **both())
    heard = (Concern("p2", "CANARY-heard", "CANARY-joins"), Concern("p3", "CANARY-heard-too", ""))
    await world.hear("DEL", **both(clause="p2", apart=heard))
    await world.declare("no_consensus")
    public = await site.browser()
    for ending in ("", ".md", ".txt", ".json"):
        answer = await public.get(OUTCOME + ending)
        for words in ("CANARY-heard", "CANARY-joins", "CANARY-heard-too"):
            assert words in answer.text, (ending, words)
        for words in (FIRST, SECOND, LIFTS, LIFTS_TOO):
            assert (words in answer.text) is (publication != "never"), (ending, words)
        if ending != ".json":
            assert "on paragraph 2" in answer.text
            assert "On paragraph 3" in answer.text
    told = (await public.get(f"{OUTCOME}.json")).json()["observers"][0]["concerns"]
    assert [concern["clause"] for concern in told] == ["p2", "p3"]
    assert "DEL object p2 p3" in (await public.get("/decisions.csv")).text


async def test_a_reservation_on_two_paragraphs_is_printed_with_each(site: Site) -> None:
    world = await asked()
    reserved = (Concern("p1", FIRST), Concern("p3", SECOND))
    await world.state("COR", "reservation", clause="p1", explanation="On both.", apart=reserved)
    await world.declare()
    told = (await (await site.browser()).get(f"{OUTCOME}.json")).json()["statements"]
    assert [(s["clause"], s["text"]) for s in told] == [
        ("", "On both."),
        ("p1", FIRST),
        ("p3", SECOND),
    ]


async def test_an_observer_and_whoever_is_late_have_several_too(site: Site) -> None:
    world = await asked(procedure="silence", hours=73)
    observer = await site.browser(DEL)
    done = await post(observer, f"{ONE}/position", form(**WORDS, confirmed="1"), ["p1", "p3"])
    assert done.status_code == 303
    assert (await View.get()).several == 2
    await world.object("COR", **both())
    head = await site.browser(ALD)
    late = await post(
        head,
        f"{ONE}/position",
        form(**WORDS | {"explanation.p3": "CANARY-late"}, confirmed="1"),
        ["p1", "p3"],
    )
    assert late.status_code == 409
    public = await site.browser()
    assert "CANARY-late" in (await public.get(f"{ONE}/positions")).text
    told = (await public.get(f"{ONE}.json")).json()
    assert told["observers"][0]["concerns"] == JSON
    assert told["question"]["late"][0]["concerns"][1]["explanation"] == "CANARY-late"
