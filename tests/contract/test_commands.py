"""The commands: what they print, where, and with which exit code."""

import csv
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contract.floor import (
    ROOT,
    SECRET,
    Visitor,
    environment,
    free_port,
    plenary,
    serving,
    words,
)

HEADER = "date,place,meeting,kind,title,summary,source,procedure,confidence"
GOOD = (
    "2018-11-15,Brussels,Plenary 12-16 Nov 2018,administrative decision,{title},"
    '"What it did, in a line",https://example.org/1,plenary consensus,confirmed'
)
BASE = "https://plenary.example.org"
ESCAPE = "\x1b["


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    return {
        "PLENARY_DATA": str(tmp_path / "var"),
        "SECRET_KEY": SECRET,
        "BASE_URL": BASE,
    }


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the commands leave on the disk for a real, empty body: made once, and copied."""
    data = tmp_path_factory.mktemp("founded") / "var"
    settings = {"PLENARY_DATA": str(data), "SECRET_KEY": SECRET, "BASE_URL": BASE}
    assert plenary("migrate", **settings).returncode == 0
    form = ("init", "--name", "A Process", "--symbol", "AP", "--zone", "Africa/Gaborone")
    done = plenary(*form, "--admin", "first@example.org", **settings)
    assert done.returncode == 0, done.stderr
    return data


@pytest.fixture
def body(settings: dict[str, str], founded: Path) -> dict[str, str]:
    """A real, empty body."""
    shutil.copytree(founded, settings["PLENARY_DATA"])
    return settings


def sheet(folder: Path, *lines: str) -> str:
    file = folder / "past.csv"
    file.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return str(file)


# ---------------------------------------------------------------- help and usage


@pytest.mark.parametrize(
    "words",
    [
        (), ("demo",), ("serve",), ("worker",), ("init",), ("migrate",), ("doctor",),
        ("sign-in-link",), ("import",), ("import", "register"),
    ],
)  # fmt: skip
def test_every_command_helps_without_any_setting(words: tuple[str, ...]) -> None:
    done = plenary(*words, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith("Usage:")
    assert done.stderr == ""


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",), ("migrate", "--nonsense"), ("migrate", "more"), ("sign-in-link",),
        ("import", "register"), ("import", "register", "--register", "kp"),
        ("import", "register", "/nowhere/past.csv", "--register", "kp"),
        ("demo", "--port", "none"), ("serve", "--port", "none"), ("init",),
    ],
)  # fmt: skip
def test_wrong_usage_is_two(settings: dict[str, str], words: tuple[str, ...]) -> None:
    done = plenary(*words, **settings)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Usage:" in done.stderr


# ---------------------------------------------------------------- settings


@pytest.mark.parametrize("command", [("serve",), ("migrate",), ("doctor",), ("worker",)])
@pytest.mark.parametrize(
    "wrong, named",
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"BASE_URL": ""}, "BASE_URL"),
        ({"BASE_URL": "http://plenary.example.org"}, "BASE_URL"),
        ({"SMTP_URL": "smtp://localhost:2525", "MAIL_FROM": ""}, "MAIL_FROM"),
    ],
)
def test_a_missing_or_unsafe_setting_stops_the_start_with_a_sentence(
    settings: dict[str, str], command: tuple[str, ...], wrong: dict[str, str], named: str
) -> None:
    done = plenary(*command, **(settings | wrong))
    assert done.returncode == 1
    assert named in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert len((done.stdout + done.stderr).strip().splitlines()) == 1


@pytest.mark.parametrize("port", ["none", "0", "70000"])
def test_a_port_that_is_none_stops_the_start(settings: dict[str, str], port: str) -> None:
    done = plenary("serve", **(settings | {"PORT": port}))
    assert done.returncode == 1
    assert "PORT" in done.stderr


# ---------------------------------------------------------------- migrate and doctor


def test_migrating_twice_is_as_good_as_once(settings: dict[str, str]) -> None:
    first, second = plenary("migrate", **settings), plenary("migrate", **settings)
    assert (first.returncode, second.returncode) == (0, 0)
    assert first.stdout
    assert first.stdout != second.stdout
    assert list(Path(settings["PLENARY_DATA"]).glob("*.sqlite3"))


def test_nothing_is_served_before_the_schema_is_up_to_date(settings: dict[str, str]) -> None:
    done = plenary("serve", "--port", str(free_port()), **settings)
    assert done.returncode == 1
    assert "plenary migrate" in done.stderr


def test_the_doctor_has_one_line_for_each_thing_and_says_what_to_do(
    settings: dict[str, str],
) -> None:
    before = plenary("doctor", **settings)
    assert before.returncode == 1
    assert "plenary migrate" in before.stdout
    plenary("migrate", **settings)
    mail = {"SMTP_URL": "smtp://127.0.0.1:9", "MAIL_FROM": "plenary@example.org"}
    without = plenary("doctor", **settings)
    assert without.returncode == 1
    assert "SMTP_URL" in without.stdout
    for done in (without, plenary("doctor", **(settings | mail))):
        for thing in ("settings", "database", "clock", "mail"):
            lines = [line for line in done.stdout.splitlines() if f"{thing}:" in line]
            assert len(lines) == 1, thing


@pytest.mark.parametrize("colour", [{}, {"NO_COLOR": "1"}])
def test_a_pipe_gets_no_colour(settings: dict[str, str], colour: dict[str, str]) -> None:
    for command in (("--help",), ("migrate",), ("doctor",), ("nonsense",)):
        done = plenary(*command, **(settings | colour))
        assert ESCAPE not in done.stdout + done.stderr


def test_a_terminal_that_wants_no_colour_gets_none(settings: dict[str, str]) -> None:
    for command in (("--help",), ("migrate",), ("doctor",), ("nonsense",)):
        assert ESCAPE not in on_a_terminal(*command, **(settings | {"NO_COLOR": "1"}))


def on_a_terminal(*command: str, **settings: str) -> str:
    """What a command writes where it sees a terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "plenary", *command],
        cwd=ROOT,
        env=environment(**settings),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    said = b""
    try:
        while part := os.read(ours, 4096):
            said += part
    except OSError:  # the other end is closed
        pass
    finally:
        os.close(ours)
        process.wait(60)
    assert said
    return said.decode("utf-8", "replace")


# ---------------------------------------------------------------- sign-in-link


def test_nobody_unknown_gets_a_link(body: dict[str, str]) -> None:
    done = plenary("sign-in-link", "stranger@example.org", **body)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "stranger@example.org" in done.stderr


def test_a_second_body_does_not_fit_into_one_database(body: dict[str, str]) -> None:
    form = ("init", "--name", "B", "--symbol", "BP", "--zone", "Europe/Paris")
    assert plenary(*form, "--admin", "second@example.org", **body).returncode == 1


@pytest.mark.parametrize(
    "wrong, words",
    [
        (("--zone", "America"), "There is no time zone called America"),
        (("--zone", "Moon/Base"), "There is no time zone called Moon/Base"),
        (("--name", "Bоdy"), "mixes letters of different alphabets"),
        (("--name", "Body\u202e"), "turns the direction of reading"),
        (("--symbol", "B\x07"), "control character"),
    ],
)
def test_a_body_that_cannot_be_is_refused_in_one_sentence_before_anything_is_migrated(
    settings: dict[str, str], wrong: tuple[str, str], words: str
) -> None:
    form = {"--name": "B", "--symbol": "BP", "--zone": "Europe/Paris", "--admin": "a@example.org"}
    form |= dict([wrong])
    done = plenary("init", *(word for pair in form.items() for word in pair), **settings)
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (Path(settings["PLENARY_DATA"]) / "plenary.sqlite3").exists()


def test_the_first_secretary_signs_in_with_the_printed_link(
    body: dict[str, str], tmp_path: Path
) -> None:
    port = free_port()
    here = body | {"BASE_URL": f"http://127.0.0.1:{port}"}
    done = plenary("sign-in-link", "first@example.org", **here)
    assert done.returncode == 0
    link = done.stdout.strip()
    assert re.fullmatch(rf"http://127\.0\.0\.1:{port}/sign-in/[\w-]{{20,}}", link)
    path = link.removeprefix(here["BASE_URL"])
    with serving(tmp_path / "log", port, "serve", "--port", str(port), **here) as base:
        secretary, other = Visitor(base), Visitor(base)
        assert "head." not in secretary.get("/sign-in").text
        assert secretary.post("/sign-in/sample", email="first@example.org").status_code == 404
        answer = secretary.post("/sign-in", email="first@example.org")
        assert not re.search(r"/sign-in/[\w-]{20,}", answer.text)
        assert secretary.get(path).status_code == 200
        assert secretary.post(path).status_code == 303
        assert secretary.get("/secretariat").status_code == 200
        assert other.post(path).status_code == 409
        assert secretary.get("/proposals").status_code == 200
        assert secretary.json("/decisions.json")["total"] == 0
        secretary.http.close()
        other.http.close()


# ---------------------------------------------------------------- import register


def test_past_decisions_come_in_once(body: dict[str, str], tmp_path: Path) -> None:
    lines = [GOOD.format(title=title) for title in ("One", "Two", "Three")]
    lines[2] = lines[2].replace("https://example.org/1", "javascript:alert(1)")
    file = sheet(tmp_path, *lines)
    first = plenary("import", "register", file, "--register", "past", **body)
    assert first.returncode == 0, first.stderr
    assert "3" in first.stdout
    second = plenary("import", "register", file, "--register", "past", **body)
    assert second.returncode == 0
    assert re.search(r"\b0\b", second.stdout)
    port = free_port()
    here = body | {"BASE_URL": f"http://127.0.0.1:{port}"}
    with serving(tmp_path / "log", port, "serve", "--port", str(port), **here) as base:
        public = Visitor(base)
        found = public.json("/decisions.json?register=past")
        assert found["total"] == 3
        assert sorted(item["title"]["en"] for item in found["items"]) == ["One", "Three", "Two"]
        decision = public.json(f"/decisions/past/{found['items'][0]['source_id']}.json")
        assert (decision["date"], decision["outcome"], decision["sample"]) == (
            "2018-11-15",
            "adopted",
            False,
        )
        assert "Brussels" in words(public.get(f"/decisions/past/{decision['source_id']}"))
        table = csv.DictReader(public.get("/decisions.csv").text.splitlines())
        assert {row["register"] for row in table} == {"past"}
        for item in found["items"]:
            page = public.get(f"/decisions/past/{item['source_id']}")
            assert page.status_code == 200
            assert 'href="javascript:' not in page.text
        public.http.close()


@pytest.mark.parametrize(
    "row, column",
    [
        (GOOD.format(title="Four").replace("2018-11-15", "2018-13-45"), "date"),
        (GOOD.format(title=""), "title"),
        (GOOD.format(title="Four").replace("administrative decision", "nonsense"), "kind"),
    ],
)
def test_a_bad_row_is_named_and_nothing_comes_in(
    body: dict[str, str], tmp_path: Path, row: str, column: str
) -> None:
    file = sheet(tmp_path, GOOD.format(title="One"), GOOD.format(title="Two"), row)
    bad = plenary("import", "register", file, "--register", "past", **body)
    assert bad.returncode == 1
    assert bad.stdout == ""
    assert re.search(rf"past\.csv, line 4, column {column}: \w.*\.", bad.stderr)
    good = sheet(tmp_path, GOOD.format(title="One"), GOOD.format(title="Two"))
    after = plenary("import", "register", good, "--register", "past", **body)
    assert re.search(r"\b2\b", after.stdout)


def test_a_header_without_a_column_is_named(body: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "other.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    done = plenary("import", "register", str(file), "--register", "past", **body)
    assert done.returncode == 1
    assert re.search(r"other\.csv, line 1, column \w+: ", done.stderr)


def test_a_recorded_decision_is_never_edited_by_an_import(
    body: dict[str, str], tmp_path: Path
) -> None:
    file = sheet(tmp_path, GOOD.format(title="One"))
    assert plenary("import", "register", file, "--register", "past", **body).returncode == 0
    other = sheet(tmp_path, GOOD.format(title="One").replace("What it did", "What it undid"))
    done = plenary("import", "register", other, "--register", "past", **body)
    assert done.returncode == 1
    assert re.search(r"past\.csv, line 2", done.stderr)
