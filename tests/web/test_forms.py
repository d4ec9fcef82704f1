"""Every form of the site: its fields; what is typed is kept, each fault named beside its field."""

import pytest

from plenary.record.models import Head
from tests.client import Page, Site
from tests.web.filled import FORMS, PRESSED, address
from tests.web.house import WHO, build, routes
from tests.web.test_every_page import faults_of


def test_every_route_that_posts_has_its_form_in_the_table() -> None:
    assert {route.name for route in routes("POST")} == set(FORMS)


@pytest.mark.parametrize("name", [n for n, form in FORMS.items() if form.fields])
async def test_the_page_of_a_form_has_exactly_the_fields_of_the_table(
    site: Site, name: str
) -> None:
    """So that a new field cannot escape what follows."""
    house = await build()
    path, where = address(house, name)
    if name in (
        "sign_in_sample", "secretariat_officers_end", "secretariat_accreditations_end",
        "secretariat_sessions", "letters_again", "secretariat_seats_end",
        "imported_follow_up_added", "communique_fact",
    ):  # fmt: skip
        # In a demo only, one for each row, asked on a page of its own, where a fact moved.
        return
    browser = await site.browser(WHO[FORMS[name].role])
    page = Page(await browser.get(where))
    names = set().union(*(f.names for f in page.forms if f.action in (path, path + "#comment", "")))
    assert names - {"edit", "q", "page"} <= set(FORMS[name].fields), "fields that are not tried"
    assert set(FORMS[name].fields) - names <= {*PRESSED, "base", "next", "body"}


# --- what is typed is kept, and each fault named beside its field ---

TYPED = "Words that took an hour, with <b>marks</b> & “quotes” 💎."
# name of the form, what is wrong in it, and the fields whose faults are named
WRONG: list[tuple[str, dict[str, str], set[str]]] = [
    ("propose", {"title": "", "text": TYPED}, {"title"}),
    ("propose", {"title": "", "sense": "", "text": TYPED}, {"title", "sense"}),
    ("propose", {"text": TYPED + " [open"}, {"text"}),
    ("propose", {"title": "x" * 201, "theme": "y" * 81, "text": TYPED}, {"title", "theme"}),
    ("revise", {"text": TYPED + " [open"}, {"text"}),
    ("revise", {"text": TYPED, "note": "n" * 401}, {"note"}),
    ("withdrawal", {"reason": ""}, {"reason"}),
    ("withdrawal", {"reason": TYPED * 100}, {"reason"}),
    ("comment", {"text": ""}, {"text"}),
    ("comment", {"text": TYPED, "clause": "p99"}, {"clause"}),
    ("comment", {"text": TYPED * 200}, {"text"}),
    ("position", {"stance": "", "explanation": TYPED}, {"stance"}),
    ("position", {"clause": "", "explanation": "", "would_join": TYPED}, {"clause", "explanation"}),
    ("position", {"clause": "", "explanation": TYPED, "confirmed": ""}, {"clause"}),
    ("from_the_room", {"delegation": "", "explanation": TYPED}, {"delegation"}),
    (
        "from_the_room",
        {"clause": "", "explanation": "", "would_join": TYPED},
        {"clause", "explanation"},
    ),
    ("bloc_stated", {"for-BEL": "", "explanation": TYPED}, {"for"}),
    ("bloc_stated", {"stance": "", "name": "n" * 121, "explanation": TYPED}, {"stance", "name"}),
    ("declaration", {"outcome": "", "note": TYPED}, {"outcome"}),
    ("declaration", {"symbol": "s" * 121, "note": TYPED}, {"symbol"}),
    ("question", {"publication": "sometimes"}, {"publication"}),
    ("question", {"closes": "tomorrow", "zone": "Europe/Berlin"}, {"closes"}),
    ("question", {"closes": "2030-03-31T02:30", "zone": "Europe/Berlin"}, {"closes"}),
    ("question", {"zone": "Asia/New Delhi"}, {"zone"}),
    ("question", {"threshold": "2/3", "min_support": "30"}, {"threshold", "min_support"}),
    ("question", {"procedure": "vote", "threshold": "1/3"}, {"threshold"}),
    ("question", {"procedure": "consensus_minus", "allowed": "some"}, {"allowed"}),
    ("extension", {"reason": ""}, {"reason"}),
    ("extension", {"closes": "", "reason": TYPED}, {"closes"}),
    ("secretariat_procedures", {"threshold": "1/3"}, {"threshold"}),
    (
        "secretariat_procedures",
        {"procedure": "Two thirds", "name_en": ""},
        {"procedure", "name_en"},
    ),
    ("secretariat_procedures", {"procedure": "silence"}, {"kind"}),
    ("secretariat_procedures", {"terms": '{"all": [}'}, {"terms"}),
    ("secretariat_procedures", {"choose_allowed": "1"}, {"choose"}),
    ("secretariat_procedures", {"outage_by": ""}, {"outage_by"}),
    ("secretariat_procedures", {"usual": "4000"}, {"usual"}),
    ("statement", {"kind": "", "text": TYPED}, {"kind"}),
    ("statement", {"text": ""}, {"text"}),
    ("statement", {"text": TYPED, "clause": "p99"}, {"clause"}),
    ("statement_translation", {"text": TYPED * 100}, {"text"}),
    ("correction", {"stance": "", "text": TYPED}, {"stance"}),
    ("follow_up_added", {"text_en": "", "text_fr": TYPED}, {"text_en"}),
    ("follow_up_added", {"owner": "", "due": "soon", "text_en": TYPED}, {"owner", "due"}),
    ("progress", {"status": "open", "note": "", "language": "fr"}, {"note"}),
    ("progress", {"status": "finished", "note": TYPED}, {"status"}),
    ("meeting_credentials", {"note": ""}, {"note"}),
    ("meeting_credentials", {"note": "n" * 241}, {"note"}),
    ("secretariat_holidays", {"days": ""}, {"days"}),
    ("secretariat_holidays", {"days": "tomorrow Diwali\n2030-05-01 Labour Day"}, {"days"}),
    ("communique_paragraphs", {"text_en": "", "text_fr": ""}, {"text_en"}),
    ("communique_paragraph", {"text_en": TYPED * 200, "text_fr": TYPED}, {"text_en"}),
    ("sign_in_asked", {"email": "nobody"}, {"email"}),
]


@pytest.mark.parametrize("name, typed, fields", WRONG)
@pytest.mark.parametrize("prefix", ["", "/fr"])
async def test_a_form_that_is_not_right_keeps_what_was_typed_and_names_each_fault(
    site: Site, prefix: str, name: str, typed: dict[str, str], fields: set[str]
) -> None:
    house = await build()
    path, _ = address(house, name)
    browser = await site.browser(WHO[FORMS[name].role])
    before = (await Head.get(id=1)).size
    answer = await browser.post(prefix + path, FORMS[name].fields | typed)
    assert answer.status_code == 422
    assert (await Head.get(id=1)).size == before
    page = Page(answer)
    assert faults_of(page) == []
    assert page.title.partition(" ")[0].strip(":") in ("Error", "Erreur"), page.title
    summary = page.by_id("errs")
    assert summary is not None
    led_to = {tag["href"] for tag in page.all("a") if tag["href"].startswith("#f-")}
    assert led_to == {f"#f-{field}" for field in fields}
    for field in fields:
        target = page.by_id(f"f-{field}")
        assert target is not None, f"the summary leads to a field {field} that is not there"
        assert target["aria-invalid"] == "true", field
        assert f"f-{field}-e" in target["aria-describedby"]
        beside = page.by_id(f"f-{field}-e")
        assert beside is not None
        assert len(beside.text.strip()) > 12, "a sentence"
    form = page.form(path)
    for field, value in (FORMS[name].fields | typed).items():
        chosen = field in fields and field in (
            "clause",
            "publication",
            "outcome",
            "stance",
            "kind",
            "status",
            "owner",
        )
        if value and field in form.names and not chosen:
            assert form.fields.get(field, "").replace("\r\n", "\n") == value, (
                f"{field} was not kept"
            )
