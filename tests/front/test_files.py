"""A file of a decision says what its page says: in each format, language and outcome."""

from hashlib import sha256
from typing import Any

import pytest

from plenary.decisions.actions.statements import Draft, state_beside
from plenary.decisions.models import Decision
from plenary.decisions.rules import StatementKind
from plenary.decisions.text import text_in
from plenary.proposals.reading import load
from tests.client import Browser, Page, Site, squeezed
from tests.registers.registers import FRENCH
from tests.world import ALD, BRACKETED, TEXT, World, found_world

PATH = "/decisions/2019/1"
FILES = (".txt", ".md")
WORDS, WOULD_JOIN = "Miners were never asked.", "With a seat for miners."
OUTCOMES = {
    "adopted": ("Adopted by consensus", "Adopté par consensus"),
    "no_consensus": ("No consensus was found", "Aucun consensus n’a été trouvé"),
    "deferred": ("Deferred", "Reporté"),
    "referred_back": ("Referred back", "Renvoyé"),
}
IN = {
    "en": {
        "reservation": "Reservation", "opposed": "Opposed", "paragraph": "on paragraph 1",
        "joins": "Would join if", "roll": "3 Participants",
    },
    "fr": {
        "reservation": "Réserve", "opposed": "Défavorable", "paragraph": "sur le paragraphe 1",
        "joins": "Se joindrait", "roll": "3 Participants",
    },
}  # fmt: skip


async def ended(outcome: str, publication: str = "now") -> World:
    """A reservation, an objection where it fails, and an Observer who opposed paragraph 1.

    But for what is adopted, one bracket is open.
    """
    open_ = outcome != "adopted"
    world = await found_world(text=BRACKETED if open_ else TEXT)
    await world.revise(FRENCH, language="fr", title="Scellés", authentic=True, by="chair:plenary")
    await world.put(publication)
    await world.state("BEL", "reservation", explanation="Our capital is not sure.")
    await world.hear(
        "DEL", "object", clause=await world.clause(), explanation=WORDS, would_join=WOULD_JOIN
    )
    if outcome == "no_consensus":
        await world.object("COR")
    await world.declare(outcome, place="Sealand", note="As it was read out.")
    return world


async def words_of(browser: Browser, path: str) -> str:
    answer = await browser.get(path)
    assert answer.status_code == 200
    kind = answer.headers["content-type"]
    return Page(answer).words if "html" in kind else squeezed(answer.text)


@pytest.mark.parametrize("outcome", OUTCOMES)
async def test_each_file_says_each_fact_of_the_page_in_both_languages(
    site: Site, outcome: str
) -> None:
    await ended(outcome)
    browser = await site.browser()
    decision, open_ = await Decision.get(source_id="2019/1"), outcome != "adopted"
    for n, language in enumerate(("en", "fr")):
        said, prefix = IN[language], "" if language == "en" else "/fr"
        for ending in ("", *FILES):
            text = (await words_of(browser, f"{prefix}{PATH}{ending}")).replace(" ", " ")
            for fact in (
                OUTCOMES[outcome][n], decision.symbol, "Sealand", said["roll"],
                ("1 pair of brackets was open", "1 paire de crochets")[n] if open_ else "Sealand",
                "As it was read out.", "Our capital is not sure.", said["reservation"],
                "Delmonia", said["opposed"], said["paragraph"], WORDS, said["joins"], WOULD_JOIN,
                ("Seals", "Scellés")[n], decision.date[:4],
            ):  # fmt: skip
                assert fact.lower() in text.lower(), (language, ending, fact)
            bare = text.replace(" ", "")
            for mark in (decision.fingerprint[language], await version_print()):
                assert mark in bare, (language, ending)


async def version_print() -> str:
    proposal = await load(2019, 1)
    versions = await proposal.versions.all()
    return str(versions[0].fingerprint)


@pytest.mark.parametrize("outcome", OUTCOMES)
async def test_the_json_says_each_fact_too(site: Site, outcome: str) -> None:
    await ended(outcome)
    decision = (await (await site.browser()).get(f"{PATH}.json")).json()
    heard = decision["observers"][0]
    assert (heard["stance"], heard["clause"], heard["explanation"], heard["would_join"]) == (
        "object", "p1", WORDS, WOULD_JOIN,
    )  # fmt: skip
    assert (decision["outcome"], decision["note"], decision["version"]) == (
        outcome,
        "As it was read out.",
        1,
    )
    open_ = [{"number": 1, "clause": "p1", "words": "before"}] if outcome != "adopted" else []
    assert decision["brackets"] == open_
    assert decision["version_fingerprint"] == await version_print()
    assert set(decision["text"]) == set(decision["fingerprint"]) == {"en", "fr"}
    assert (decision["original"], decision["authentic"]) == ("en", ["en", "fr"])


async def test_a_plain_text_begins_with_its_outcome_and_a_failed_one_reads_like_none(
    site: Site,
) -> None:
    await ended("no_consensus")
    browser = await site.browser()
    assert (await browser.get(f"{PATH}.txt")).text.startswith("No consensus was found in Sealand")
    bare = (await browser.get(f"{PATH}/text.txt")).text
    assert bare.startswith("KP/2019/Plenary/OC.1 (NO CONSENSUS) (1 BRACKET OPEN)\nSeals\n\n")


async def test_an_authentic_text_has_a_file_and_a_fingerprint_of_its_own(site: Site) -> None:
    await ended("adopted")
    browser = await site.browser()
    prints = (await browser.get(f"{PATH}.json")).json()["fingerprint"]
    for prefix, language, words in (("", "en", "sealed"), ("/fr", "fr", "l’envoi")):
        bare = await browser.get(f"{prefix}{PATH}/text.txt")
        assert sha256(bare.content).hexdigest() == prints[language]
        whole = (await browser.get(f"{prefix}{PATH}.txt")).text
        assert words in whole
        assert text_in(whole) == bare.text


async def test_a_courtesy_translation_says_so_and_names_the_authentic_text(site: Site) -> None:
    world = await found_world()
    await world.revise(FRENCH, language="fr", title="Scellés")
    await world.put()
    await world.declare("adopted")
    text = (await (await site.browser()).get(f"/fr{PATH}.txt")).text
    assert "Demande un rapport." in text
    assert "traduction de courtoisie" in text.lower()
    decision = (await (await site.browser()).get(f"{PATH}.json")).json()
    assert set(decision["fingerprint"]) == {"en"}
    assert decision["fingerprint"]["en"] in text


async def test_a_text_without_a_translation_stays_whole_in_its_own_language(site: Site) -> None:
    world = await found_world()
    await world.put()
    await world.declare("adopted")
    text = (await (await site.browser()).get(f"/fr{PATH}.txt")).text
    assert "1. Decides that rough stones are sealed" in text
    assert "anglais" in text


@pytest.mark.parametrize("ending", [*FILES, ".json", "/text.txt"])
async def test_under_never_a_file_holds_no_name_whoever_asks(site: Site, ending: str) -> None:
    """But that of an Observer, which spoke in public."""
    await ended("adopted", "never")
    for reader in ("", "chair@example.org", "head.bel@example.org"):
        text = (await (await site.browser(reader)).get(PATH + ending)).text
        for word in ("Belmark", "BEL", "capital is not sure"):
            assert word not in text, (reader, word)
        assert ("Delmonia" in text or "DEL" in text, WORDS in text) == (ending != "/text.txt",) * 2


async def test_statements_corrections_and_links_are_in_the_files_as_on_the_page(
    site: Site,
) -> None:
    world = await ended("adopted")
    await state_beside(ALD, "2019/1", Draft(StatementKind.EXPLANATION, "We joined gladly.", "en"))
    second = await world.table_proposal(title={"en": "Other seals"})
    await second.put()
    await second.declare("adopted", links=(("supersedes", "KP/2019/Plenary/AD.1"),))
    browser = await site.browser()
    for ending in ("", *FILES):
        text = await words_of(browser, PATH + ending)
        for fact in ("We joined gladly.", "Replaced by", "KP/2019/Plenary/AD.2"):
            assert fact in text, (ending, fact)


# --- what is verified ---


async def verified(site: Site, **fields: str) -> str:
    browser = await site.browser()
    return Page(await browser.post("/verify", fields)).words


@pytest.mark.parametrize("ending", [".txt", "/text.txt"])
@pytest.mark.parametrize("prefix", ["", "/fr"])
async def test_a_failed_text_verifies_as_not_adopted(site: Site, ending: str, prefix: str) -> None:
    await ended("no_consensus")
    text = (await (await site.browser()).get(prefix + PATH + ending)).text
    found = await verified(site, text=text)
    assert "was not adopted" in found
    assert "No consensus" in found
    assert "Yes. This is the decision" not in found
    assert "1 pair of brackets was open" in found


async def test_an_adopted_text_verifies_with_its_outcome(site: Site) -> None:
    await ended("adopted")
    text = (await (await site.browser()).get(f"{PATH}.txt")).text
    found = await verified(site, text=text)
    assert "Yes. This is the decision KP/2019/Plenary/AD.1." in found
    assert "of brackets" not in found
    changed = await verified(site, text=text.replace("sealed", "opened"))
    assert "This is not a text of the Plenary." in changed


async def test_words_beside_a_true_text_that_were_changed_are_told(site: Site) -> None:
    await ended("adopted")
    text = (await (await site.browser()).get(f"{PATH}.txt")).text
    found = await verified(site, text=text.replace(WORDS, "Miners agree."))
    assert "What stands beside the text in this copy is not what stands here today" in found


async def test_the_file_of_today_is_known_by_its_own_fingerprint(site: Site) -> None:
    await ended("adopted")
    browser = await site.browser()
    for path in (f"{PATH}.txt", f"/fr{PATH}.txt"):
        answer = await browser.get(path)
        found = await verified(site, fingerprint=sha256(answer.content).hexdigest())
        assert "Yes. This is the decision KP/2019/Plenary/AD.1." in found, path


async def test_a_statement_is_known_by_its_fingerprint_and_its_words(site: Site) -> None:
    await ended("adopted")
    await state_beside(ALD, "2019/1", Draft(StatementKind.EXPLANATION, "We joined gladly.", "en"))
    browser = await site.browser()
    statement = (await browser.get(f"{PATH}.json")).json()["statements"][-1]
    for fields in ({"fingerprint": statement["fingerprint"]}, {"text": "We joined gladly."}):
        found = await verified(site, **fields)
        assert "Yes. This is statement 1 on the decision KP/2019/Plenary/AD.1" in found


# --- what comes later ---


async def test_a_title_translated_later_reaches_every_page_and_file(site: Site) -> None:
    world = await found_world()
    await world.put()
    await world.declare("adopted")
    await world.revise(FRENCH, language="fr", title="Scellés", sense="Sceller les pierres.")
    browser = await site.browser()
    for path in (f"/fr{PATH}", f"/fr{PATH}.txt", f"/fr{PATH}.md", "/fr/decisions",
                 "/decisions.csv", "/fr/decisions.atom", "/fr/changes", "/fr/changes.atom",
                 "/fr/search?q=scelles"):  # fmt: skip
        assert "Scellés" in (await browser.get(path)).text, path
    for path in ("/decisions.json", f"{PATH}.json"):
        answer: Any = (await browser.get(path)).json()
        item = answer["items"][0] if "items" in answer else answer
        assert item["title"] == {"en": "Seals", "fr": "Scellés"}, path
        assert item["summary"]["fr"] == "Sceller les pierres.", path


async def test_the_title_as_it_was_decided_stays(site: Site) -> None:
    world = await found_world()
    await world.put()
    await world.declare("deferred")
    decided = (await (await site.browser()).get(f"{PATH}/text.txt")).text
    await world.revise(FRENCH, language="fr", title="Scellés")
    assert (await (await site.browser()).get(f"{PATH}/text.txt")).text == decided


async def test_a_row_of_the_table_says_version_brackets_and_who_was_heard(site: Site) -> None:
    await ended("no_consensus")
    browser = await site.browser()
    header, row = (await browser.get("/decisions.csv")).text.removeprefix("﻿").splitlines()[:2]
    cells = dict(zip(header.split(","), row.split(","), strict=True))
    assert (cells["outcome"], cells["version"], cells["brackets"]) == ("no_consensus", "1", "1")
    assert cells["heard"] == "DEL object p1"
    assert len(cells["fingerprint"]) == 64
    feed = squeezed((await browser.get("/decisions.atom")).text)
    assert "1 pair of brackets was open." in feed
    assert "Delmonia: Opposed, on paragraph 1" in feed
