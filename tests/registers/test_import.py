"""Past decisions are imported whole, once, and provably."""

import csv
import io
import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

import pytest

from plenary.decisions.models import Decision
from plenary.disclosure.removing import remove_words
from plenary.record.entry import commitment, read_entry
from plenary.record.models import Entry, Head, Payload
from plenary.refusal import Refused
from plenary.registers.actions import import_register
from plenary.registers.rules import Register, read_register
from tests.disclosure.nouns import order
from tests.disclosure.test_removals import everywhere
from tests.registers.registers import ALL, EPIDEMIC, HEADER, SEALS, csv_of, register
from tests.world import found_world

pytestmark = pytest.mark.usefixtures("db")


async def size() -> int:
    return (await Head.get(id=1)).size


async def test_a_register_is_imported_and_a_second_run_changes_nothing() -> None:
    assert await import_register("secretariat", "kp", register()) == 4
    before = await Head.get(id=1)
    assert before.size == 5
    assert await import_register("secretariat", "kp", register()) == 0
    assert (await Head.get(id=1)).root == before.root
    assert await Decision.all().count() == 4


async def test_only_what_is_not_there_yet_is_imported() -> None:
    assert await import_register("secretariat", "kp", register(SEALS)) == 1
    assert await import_register("secretariat", "kp", register(*ALL)) == 3
    assert await Decision.all().count() == 4


async def test_a_row_that_contradicts_the_record_is_refused_by_name_and_nothing_is_imported() -> (
    None
):
    await import_register("secretariat", "kp", register(SEALS))
    other = SEALS.replace("Every stone", "No stone")
    before = await size()
    with pytest.raises(Refused) as refused:
        await import_register("secretariat", "kp", register(EPIDEMIC, other))
    assert refused.value.reason == "register_differs"
    facts = refused.value.facts
    assert (facts["line"], facts["id"], facts["columns"]) == (3, "2003-04-30-seals", ["summary"])
    assert await size() == before
    assert await Decision.all().count() == 1


async def test_french_words_left_out_of_a_second_run_contradict_nothing() -> None:
    both = register(f"{SEALS},Sceaux", header=HEADER + ",title_fr")
    assert await import_register("secretariat", "kp", both) == 1
    assert await import_register("secretariat", "kp", register(SEALS)) == 0
    other = register(f"{SEALS},Timbres", header=HEADER + ",title_fr")
    with pytest.raises(Refused, match="register_differs"):
        await import_register("secretariat", "kp", other)


async def removed(**more: str) -> None:
    """A house in which a decision of a register lost its words by an order."""
    await found_world()
    await import_register("secretariat", "kp", register(f"{SEALS},Sceaux", header=BOTH))
    gone = await Entry.filter(type="decision.imported").get()
    await remove_words("secretariat", gone.n, order(**more))


BOTH = HEADER + ",title_fr"


async def test_a_decision_that_lost_its_words_is_the_same_and_gets_none_back() -> None:
    await removed()
    before = await size()
    for again in (
        register(f"{SEALS},Sceaux", header=BOTH),
        register(SEALS),
        register(SEALS.replace("Sealand,Plenary", "Elsewhere,Other")),  # who knows what stood there
    ):
        assert await import_register("secretariat", "kp", again) == 0
    assert await size() == before
    assert await import_register("secretariat", "kp", register(*ALL)) == 3
    assert await everywhere("Every stone") == []
    assert await everywhere("Sceaux") == []
    assert await Decision.all().count() == 4


@pytest.mark.parametrize(
    "column, other",
    [
        ("date", SEALS.replace("2003-04-30", "2003-04-29") + ",2003-04-30-seals"),
        ("kind", SEALS.replace("administrative decision", "mandate") + ",2003-04-30-seals"),
        ("confidence", SEALS.replace("confirmed", "press") + ",2003-04-30-seals"),
    ],
)
async def test_what_was_not_removed_may_still_not_differ(column: str, other: str) -> None:
    await removed()
    with pytest.raises(Refused) as refused:
        await import_register("secretariat", "kp", register(other, header=HEADER + ",id"))
    assert refused.value.reason == "register_differs"
    assert refused.value.facts["columns"] == [column]


async def test_a_cell_that_was_empty_has_no_words_to_remove() -> None:
    await found_world()
    await import_register("secretariat", "kp", register(EPIDEMIC))
    gone = await Entry.filter(type="decision.imported").get()
    await remove_words("secretariat", gone.n, order())
    for empty, told, column in (
        ("2003,,between", "2003,Seoul,between", "place"),
        ("report,,https", "report,A summary,https", "summary"),
    ):
        other = EPIDEMIC.replace(empty, told)
        with pytest.raises(Refused) as refused:
            await import_register("secretariat", "kp", register(other))
        assert refused.value.facts["columns"] == [column]
    assert await import_register("secretariat", "kp", register(EPIDEMIC)) == 0


async def test_every_row_can_be_proved_against_the_record() -> None:
    content = csv_of(SEALS)
    await import_register("secretariat", "kp", read_register(content))
    summary, row = await Entry.all().order_by("n")
    assert read_entry(bytes(summary.written))["file"] == "sha256:" + sha256(content).hexdigest()
    assert read_entry(bytes(summary.written))["count"] == 1
    decision = await Decision.get(register="kp")
    assert (decision.entry, row.type) == (row.n, "decision.imported")
    assert row.topic == "kp/2003-04-30-seals"
    payload = await Payload.get(commitment=row.payload)
    assert commitment(bytes(payload.salt), bytes(payload.content)) == row.payload
    assert json.loads(bytes(payload.content))["source"] == "https://example.org/1"


async def test_what_is_not_confirmed_keeps_its_own_words_of_confidence() -> None:
    await import_register("secretariat", "kp", register())
    press = await Decision.get(register="kp", source_id="2003-epidemie-report")
    assert (press.confidence, press.outcome, press.date) == ("press", "deferred", "2003")
    amended = await Decision.get(symbol="AD 005-2011")
    assert amended.procedure == {"kind": "written", "stated": "written procedure"}


def of_rows(many: int) -> Register:
    return register(*(SEALS.replace("Seals", f"Seals {n}") for n in range(many)))


async def test_a_register_of_six_thousand_rows_is_imported_whole_and_once() -> None:
    large = of_rows(6_000)
    assert await import_register("secretariat", "large", large) == 6_000
    assert await import_register("secretariat", "large", large) == 0


async def test_twice_the_rows_are_twice_the_work_and_no_more() -> None:
    """In calls of functions, which no other process makes more."""
    assert await import_register("secretariat", "first", register()) == 4
    works = []
    for many in (200, 400):
        with counted() as work:
            await import_register("secretariat", f"of-{many}", of_rows(many))
        works.append(work.total())
    assert works[1] < 2.2 * works[0], works


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """How many functions this thread calls, of Python and of C."""
    work: Counter[str] = Counter()

    def called(_frame: object, event: str, _what: object) -> None:
        work[event] += event in ("call", "c_call")

    sys.setprofile(called)
    try:
        yield work
    finally:
        sys.setprofile(None)


async def test_a_register_called_own_would_hide_our_own() -> None:
    with pytest.raises(Refused, match="register_name"):
        await import_register("secretariat", "own", register())


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
async def test_a_register_is_imported_as_a_spreadsheet_saves_it(
    separator: str, encoding: str
) -> None:
    rows = [
        HEADER.split(","),
        ["20 novembre 2019", "Séoul", "Plenary", "administrative decision", "Seals\nof stones",
         "One line.\r\nAnother: “a, b; c”.", "", "plenary consensus", "confirmed"],
        [""] * 9,
    ]  # fmt: skip
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    past = read_register(out.getvalue().encode(encoding), "past.csv")
    assert await import_register("secretariat", "kp", past) == 1
    assert await import_register("secretariat", "kp", past) == 0
    decision = await Decision.get(register="kp")
    assert (decision.date, decision.place, decision.title["en"]) == (
        "2019-11-20",
        "Séoul",
        "Seals of stones",
    )
    assert decision.summary["en"] == "One line.\nAnother: “a, b; c”."
