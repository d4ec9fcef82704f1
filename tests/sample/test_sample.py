"""The New Delhi sample: what it holds, that its meeting is in session, that it says what it is."""

import csv
import hashlib
import io
import json
import re
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from plenary import cli, clock
from plenary.bodies.models import Body, Delegation
from plenary.clock import pretending
from plenary.decisions.models import Decision
from plenary.meetings.models import Meeting
from plenary.people.models import Person
from plenary.procedures.terms import KINDS
from plenary.proposals.models import Proposal, Version
from plenary.record.models import Entry, Head
from plenary.registers.actions import import_register
from plenary.registers.rules import read_register
from plenary.sample import load as loading
from tests.client import Page, Site
from tests.web.house import routes
from tests.web.test_every_page import faults_of

DATA = Path(loading.__file__).parent / "data"
TEXTS: list[dict[str, Any]] = tomllib.loads((DATA / "proposals.toml").read_text("utf-8"))[
    "proposals"
]
FOUR = [f"/proposals/2019/{text['number']}" for text in TEXTS]


def expected_counts(text: dict[str, Any]) -> dict[str, int]:
    """Counted from the data alone: the last word of each on the newest version."""
    newest = max(version["number"] for version in text["versions"])
    last: dict[str, dict[str, Any]] = {}
    for said in sorted(text["positions"], key=lambda said: said["at"]):
        last[said["delegation"]] = said
    counts = dict.fromkeys(("support", "accept", "reservation", "stand_aside", "object"), 0)
    for said in last.values():
        if said["version"] == newest:
            counts[said["stance"]] += 1
    return counts | {"not_stated": 55 - sum(counts.values())}


async def test_fifty_five_participants_speak_for_eighty_two_states(site: Site) -> None:
    answer = (await (await site.browser()).get("/participants.json")).json()
    assert (answer["deciding"], answer["represents"]) == (55, 82)
    assert await Delegation.filter(kind="observer").count() == 4
    for path in ("/", "/how-it-works", "/positions/2019"):
        words = (await (await site.browser()).page(path)).words
        assert "55" in words, path
        assert "82" in words, path


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text["symbol"])
async def test_each_of_the_four_stands_as_its_data_say(site: Site, text: dict[str, Any]) -> None:
    answer = (await (await site.browser()).get(f"/proposals/2019/{text['number']}.json")).json()
    assert answer["symbol"] == text["symbol"]
    assert answer["sample"] is True
    assert len(answer["versions"]) == len(text["versions"])
    assert answer["question"]["roll"] == {"participants": 55, "represents": 82}
    assert answer["question"]["counts"] == expected_counts(text)
    assert len(answer["comments"]) == len(text["comments"])
    assert {o["delegation"] for o in answer["observers"]} == {
        o["observer"] for o in text["observers"]
    }
    objectors = [p["delegation"] for p in answer["positions"] if p["stance"] == "object"]
    assert answer["question"]["standing"].get("objectors", []) == sorted(objectors)
    assert all(
        p["clause"] and p["explanation"] for p in answer["positions"] if p["stance"] == "object"
    )


async def test_there_are_four_proposals_and_134_past_decisions(site: Site) -> None:
    assert await Proposal.all().count() == len(TEXTS) == 4
    assert await Decision.filter(register="kp").count() == 134
    assert not await Decision.filter(register="kp", sample=True).exists(), "they are real"
    declared = [text for text in TEXTS if text.get("decision")]
    own = await Decision.filter(register="own")
    assert sorted(d.symbol for d in own) == sorted(text["decision"]["symbol"] for text in declared)
    assert all(decision.sample for decision in own)
    assert set(KINDS) >= {decision.procedure["kind"] for decision in own}


async def test_importing_the_same_register_again_changes_nothing(site: Site) -> None:
    size = (await Head.get(id=1)).size
    register = read_register((DATA / "register.csv").read_bytes())
    assert await import_register("secretariat", "kp", register) == 0
    assert (await Head.get(id=1)).size == size


async def test_its_meeting_is_in_session(site: Site) -> None:
    meeting, now = await Meeting.get(slug="2019-new-delhi"), clock.now()
    assert meeting.begins < now < meeting.ends
    assert "In session now" in (await (await site.browser()).page("/")).words
    times = [entry.at for entry in await Entry.all().order_by("n")]
    assert times == sorted(times)
    assert times[-1] <= now


@pytest.mark.parametrize(
    "day",
    ["2024-02-29T12:00:00", "2026-12-31T23:59:59", "2027-01-01T00:00:00", "2028-02-29T00:30:00",
     "2026-03-29T01:30:00", "2031-11-20T09:10:00", "2019-11-20T09:10:00"],
)  # fmt: skip
async def test_whenever_it_is_loaded_its_meeting_is_in_session(db: str, day: str) -> None:
    now = datetime.fromisoformat(day).replace(tzinfo=UTC)
    with pretending(now):
        await loading.load()
        meeting = await Meeting.get(slug="2019-new-delhi")
        assert meeting.begins < now < meeting.ends
        assert meeting.ends - meeting.begins < timedelta(days=6)
    assert {p.symbol for p in await Proposal.all()} == {text["symbol"] for text in TEXTS}
    newest = await Entry.all().order_by("-n").first()
    assert newest is not None
    assert now - timedelta(days=1) < newest.at <= now
    decision = await Decision.get(register="own")
    assert decision.source_id == "2019/1", "its symbols and addresses stay those of 2019"
    body = await Body.get(key="plenary")
    assert body.numbering == 2019


async def test_everything_of_the_sample_says_that_it_is_one(site: Site) -> None:
    public, wrong = await site.browser(), []
    paths = [
        *FOUR,
        *(
            f"{address}{part}"
            for address in FOUR
            for part in ("/v1", "/comments", "/positions", "/history")
        ),
    ]
    paths += ["/", "/proposals", "/positions/2019", "/changes", "/meetings",
              "/meetings/2019-new-delhi", "/participants", "/participants/botswana", "/groups",
              "/decisions", "/decisions/2019/1", "/register", "/search?q=diamonds",
              "/sign-in", "/nowhere"]  # fmt: skip
    for path in paths:
        for prefix in ("", "/fr"):
            page = Page(await public.get(prefix + path))
            band = [tag for tag in page.tags if tag["class"] == "band"]
            if not band or faults_of(page):
                wrong.append((prefix + path, faults_of(page)))
    assert wrong == []
    for address in FOUR:
        page = await public.page(address)
        assert len([tag for tag in page.all("main") if "Sample" in tag.text]) == 1
    for path in (*(f"{address}.json" for address in FOUR), "/participants.json", "/observers.json",
                 "/participants/botswana.json", "/observers/world-diamond-council.json",
                 "/decisions/2019/1.json"):  # fmt: skip
        assert (await public.get(path)).json()["sample"] is True, path
    matrix = (await public.get("/positions/2019.json")).json()
    assert [proposal["sample"] for proposal in matrix["proposals"]] == [True] * 4


async def test_each_line_of_a_file_says_whether_it_is_sample(site: Site) -> None:
    public = await site.browser()
    rows = list(csv.DictReader(io.StringIO((await public.get("/positions/2019.csv")).text)))
    assert len(rows) > 100
    assert {row["sample"] for row in rows} == {"1"}
    assert {row["capacity"] for row in rows} >= {"participant", "industry"}
    decided = list(
        csv.DictReader(io.StringIO((await public.get("/decisions.csv")).text.lstrip("\ufeff")))
    )
    assert len(decided) == 135
    assert {row["register"]: row["sample"] for row in decided} == {"kp": "false", "own": "true"}


async def test_no_position_or_comment_stands_without_the_words_sample_text(site: Site) -> None:
    for text in TEXTS:
        answer = (await (await site.browser()).get(f"/proposals/2019/{text['number']}.json")).json()
        for said in [
            *answer["positions"],
            *answer["stale"],
            *answer["observers"],
            *answer["comments"],
        ]:
            words = said.get("explanation", said.get("text", ""))
            assert not words or words.startswith(("Sample text", "Texte d’exemple")), words


async def test_the_sample_decision_can_be_checked(site: Site) -> None:
    public = await site.browser()
    answer = (await public.get("/decisions/2019/1.json")).json()
    text = (await public.get("/decisions/2019/1/text.txt")).content
    assert hashlib.sha256(text).hexdigest() == answer["fingerprint"]["en"]
    assert sum(answer["counts"].values()) == 55


async def test_the_cast_signs_in_with_one_press(site: Site) -> None:
    for email in (
        "chair@example.org",
        "secretariat@example.org",
        "head.eu@example.org",
        "wdc@example.org",
    ):
        browser = await site.browser()
        answer = await browser.post("/sign-in/sample", {"email": email})
        assert answer.status_code == 303
        assert (await browser.get("/desk")).status_code == 200
    heads = await Person.filter(email__startswith="head.").count()
    delegates = await Person.filter(email__startswith="delegate.").count()
    assert (heads, delegates) == (55, 55)


async def test_no_page_of_the_sample_fails_for_anybody(site: Site) -> None:
    """Every address of every route that the sample has something at."""
    known = {"year": "2019", "number": "1", "version": "2", "old": "1", "new": "2", "n": "100",
             "slug": "botswana", "key": "monitoring", "code": "XX", "token": "x",
             "register": "kp", "entry": "100",
             "source_id": (await Decision.filter(register="kp").first()).source_id,  # type: ignore[union-attr]
             "symbol": "KP/2019/P.1", "id": "1", "k": "1", "procedure": "silence",
             "published": "kp_consensus"}  # fmt: skip
    wrong = []
    for email in (
        "",
        "chair@example.org",
        "head.bw@example.org",
        "wdc@example.org",
        "secretariat@example.org",
    ):
        browser = await site.browser(email)
        for route in routes("GET"):
            path = re.sub(r"\{(\w+)(?::\w+)?\}", lambda m: known[m[1]], route.path)
            for prefix in ("", "/fr"):
                answer = await browser.get(prefix + path)
                if answer.status_code >= 500:
                    wrong.append((email, prefix + path, answer.status_code))
    assert wrong == []
    assert await Version.all().count() == sum(len(text["versions"]) for text in TEXTS)


def test_the_demo_lays_the_sample_once_and_a_reset_lays_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[str] = []
    monkeypatch.setattr(cli, "_serve", lambda *args: served.append(_root(tmp_path)))
    for name in ("PLENARY_DATA", "PORT", "PLENARY_DEMO", "DATABASE_URL", "BASE_URL", "SECRET_KEY"):
        monkeypatch.setenv(name, "")  # so that what the command sets is taken back
        monkeypatch.delenv(name)
    run = CliRunner()
    for more in ([], [], ["--reset"]):
        done = run.invoke(cli.main, ["demo", "--data", str(tmp_path), *more])
        assert done.exit_code == 0, done.output
    first, again, reset = served
    assert first == again, "the second run changes nothing"
    assert reset != first
    assert json.loads(reset)["size"] == json.loads(first)["size"]


def _root(folder: Path) -> str:
    import sqlite3

    connection = sqlite3.connect(folder / "demo.sqlite3")
    try:
        size, root = connection.execute("SELECT size, root FROM head").fetchone()
        return json.dumps({"size": size, "root": root})
    finally:
        connection.close()


async def test_a_committee_recommended_the_fund_and_no_position_is_written_for_it(
    site: Site,
) -> None:
    public = await site.browser()
    told = (await public.get("/groups/reform/outcomes/2019/1.json")).json()
    assert (told["symbol"], told["outcome"]) == ("KP/2019/AHCRR/R.1", "recommended")
    assert told["sample"] is True
    assert told["positions"] == told["observers"] == []
    page = await public.page("/proposals/2019/3")
    assert "Recommended by" in page.words
    assert (await public.get("/decisions.json?q=AHCRR")).json()["total"] == 0
