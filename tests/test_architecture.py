"""What no type and no linter holds: every refusal has its words, every template says what it needs.

Read from the source itself, so that a new name without words fails here and not before a delegate.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from plenary.proposals.rules import Stage
from plenary.questions.rules import Outcome, Stance
from plenary.web.static import asset_dir

ROOT = Path(__file__).parents[1]
CODE = sorted(p for p in (ROOT / "plenary").rglob("*.py") if "migrations" not in p.parts)
TEMPLATES = asset_dir("templates")
WORDS = (TEMPLATES / "errors" / "words.html").read_text(encoding="utf-8")
MARKS = (TEMPLATES / "base" / "marks.html").read_text(encoding="utf-8")

# Longer than 300 lines, and why it is one noun all the same.
LONG = {
    "plenary/texts/clauses.py": "one algorithm: a text becomes clauses that stay themselves",
    "plenary/record/act.py": "one door: who opens it, what it holds, which sending is one act",
}
# Refused on the command line only, where the operator reads the name with its facts.
OF_THE_OPERATOR = (
    "plenary/bodies/founding.py",
    "plenary/registers/actions.py",
    "plenary/registers/rules.py",
)


def calls(path: Path) -> Iterator[tuple[str, str, int]]:
    """Each call with a constant text: what is called, the text (of `fail` the second), its line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        place = 1 if name == "fail" else 0
        if len(node.args) > place:
            for constant in _texts(node.args[place]):
                yield name, constant, node.lineno


def _texts(node: ast.expr) -> Iterator[str]:
    """A text, or both texts of a choice between two."""
    if isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def worded(macro: str, variable: str) -> set[str]:
    """The names that a macro of words.html has a branch for."""
    body = WORDS.partition(f"macro {macro}(")[2].partition("endmacro")[0]
    found = re.findall(rf'(?:el)?if {re.escape(variable)} == "(\w+)"', body)
    for several in re.findall(rf"(?:el)?if {re.escape(variable)} in \(([^)]*)\)", body):
        found += re.findall(r'"(\w+)"', several)
    return set(found)


REFUSALS = sorted(
    {
        (text, str(path.relative_to(ROOT)), line)
        for path in CODE
        if str(path.relative_to(ROOT)) not in OF_THE_OPERATOR
        for name, text, line in calls(path)
        if name in ("Refused", "Forbidden", "Missing")
    }
)
FAULTS = sorted(
    {
        (text, str(path.relative_to(ROOT)), line)
        for path in CODE
        for name, text, line in calls(path)
        if name in ("Fault", "fail", "Problem")
    }
)


def test_there_is_something_to_count() -> None:
    assert len({text for text, *_ in REFUSALS}) > 25
    assert len({text for text, *_ in FAULTS}) > 15


def test_every_refusal_has_its_words() -> None:
    words = worded("refusal", "reason")
    assert [refusal for refusal in REFUSALS if refusal[0] not in words] == []


def test_every_fault_of_a_field_has_its_words() -> None:
    words = worded("fault", "fault.name")
    # Names that are passed on by a variable stand in the tables of those who pass them.
    passed = {"bracket_unclosed", "bracket_unopened", "bracket_too_deep", "control_character",
              "bidi_character", "code_form", "slug_form"}  # fmt: skip
    assert [fault for fault in FAULTS if fault[0] not in words] == []
    assert passed - words == set()


def test_no_words_are_kept_for_what_nobody_says() -> None:
    """`invalid` is what a fault outside a form is called."""
    said = {text for text, *_ in REFUSALS} | {"invalid"}
    assert worded("refusal", "reason") - said - names_in_code() == set()


def names_in_code() -> set[str]:
    """Every text in the code that could be a name: some are passed on before they are raised."""
    found = set()
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


@pytest.mark.parametrize(
    "macro, names",
    [
        ("stance_word", [*Stance, "not_stated"]), ("stance_effect", Stance),
        ("observer_word", Stance), ("observer_effect", Stance), ("outcome_word", Outcome),
        ("stage_word", Stage),
    ],
)  # fmt: skip
def test_every_stance_outcome_and_stage_has_its_word(macro: str, names: list[str]) -> None:
    from plenary.web.render import environment

    say = getattr(environment().get_template("base/marks.html").module, macro)
    said = {name: str(say(str(name))).strip() for name in names}
    assert all(said.values()), said
    assert len(set(said.values())) == len(said), "no two have the same word"


def test_every_stance_has_its_mark_and_its_colour() -> None:
    for table in ("LETTER", "COLOUR"):
        written = re.search(rf"set {table} = ({{.*?}})", MARKS, re.DOTALL)
        assert written
        assert set(ast.literal_eval(written[1])) == {*map(str, Stance), "not_stated"}
    letters = re.search(r"set LETTER = ({.*?})", MARKS, re.DOTALL)
    assert letters
    for letter in ast.literal_eval(letters[1]).values():
        assert f'<symbol id="{letter}"' in MARKS


# --- templates ---

LONGEST = 120  # characters of a template's line

ALL = sorted(p for p in TEMPLATES.rglob("*") if p.is_file())
FRAGMENTS = [p for p in ALL if p.name.startswith("_")]
_MACRO = re.compile(r"{%-?\s*macro\b.*?endmacro\s*-?%}", re.DOTALL)
_MARKUP = re.compile(r"{#.*?#}|{%.*?%}", re.DOTALL)


def outside_macros(path: Path) -> str:
    """What a template prints when it is included: nothing, where it holds macros only."""
    text = path.read_text(encoding="utf-8")
    return _MARKUP.sub("", _MACRO.sub("", text)).strip()


@pytest.mark.parametrize("path", ALL, ids=lambda p: str(p.relative_to(TEMPLATES)))
def test_a_template_begins_by_saying_what_it_needs(path: Path) -> None:
    """In a comment with lines to itself. In XML it begins on the second line: its own declaration
    must be the first thing there."""
    lines = path.read_text(encoding="utf-8").split("\n", 1)
    text = lines[1] if lines[0].startswith("<?xml") else "\n".join(lines)
    comment = re.match(r"{#(.*?)#}$", text, re.DOTALL | re.MULTILINE)
    assert comment, text[:120]
    assert "#}" not in comment[1], f"it ends before its line does: {comment[0]}"
    assert len(comment[1]) > 8, "a comment without words"


@pytest.mark.parametrize("path", ALL, ids=lambda p: str(p.relative_to(TEMPLATES)))
def test_a_line_of_a_template_can_be_read_at_a_glance(path: Path) -> None:
    """No longer than style.md 15 has it."""
    lines = path.read_text(encoding="utf-8").split("\n")
    long = {number: len(line) for number, line in enumerate(lines, 1) if len(line) > LONGEST}
    assert long == {}, "each line that is too long, and its length"


@pytest.mark.parametrize("path", FRAGMENTS, ids=lambda p: str(p.relative_to(TEMPLATES)))
def test_a_fragment_has_one_root_whose_id_is_its_name(path: Path) -> None:
    """A file that holds macros only prints nothing by itself, and is no fragment."""
    printed = outside_macros(path)
    if not printed:
        return
    root = re.match(r"<(\w+)\b[^>]*>", printed)
    assert root, printed[:80]
    assert f'id="{path.stem.removeprefix("_")}"' in root[0], root[0]
    assert printed.endswith(f"</{root[1]}>"), f"…{printed[-60:]}"


@pytest.mark.parametrize("path", ALL, ids=lambda p: str(p.relative_to(TEMPLATES)))
def test_a_template_holds_no_script_and_no_style(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=|hx-on|javascript:|js:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert "|safe" not in text or path.name in SAFE, "what is typed is never let through"


SAFE = {  # where `|safe` stands behind Markup that we made ourselves
    "version.html": "the ids of brackets in a second column",
    "position.html": "the address of a paragraph",
    "decision.md": "Markdown for reading as text: nothing in it is HTML",
}


def test_only_templates_hold_sentences() -> None:
    """No gettext in the code, but for the words that rendering itself puts between: of a bracket,
    and in the place of words that were removed."""
    for path in CODE:
        text = path.read_text(encoding="utf-8")
        if path.name not in ("render.py", "language.py", "removals.py"):
            assert not re.search(r"\bgettext\(|\btranslate\(\"", text), path


# --- files ---


def test_which_press_it_is_is_asked_in_one_place() -> None:
    """An act that takes two presses is made by `plenary/web/two_presses.py`, and not by hand."""
    asked = {
        str(path.relative_to(ROOT))
        for path in CODE
        for called, text, _ in calls(path)
        if called == "flag" and text in ("confirmed", "edit")
    }
    assert asked == {"plenary/web/forms.py", "plenary/web/two_presses.py"}


def test_no_file_is_long_without_a_reason() -> None:
    lengths = {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8").count("\n") for path in CODE
    }
    assert {name: n for name, n in lengths.items() if n > 300 and name not in LONG} == {}
    assert [name for name in LONG if lengths.get(name, 0) <= 300] == [], "no longer long"


def test_every_module_says_what_it_is() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in CODE
        if path.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_what_says_that_it_is_pure_imports_nothing_that_acts() -> None:
    """Its own imports; who else may be imported by whom, import-linter holds."""
    bound = ("starlette", "tortoise", "jinja2", "asyncio", "plenary.clock", "plenary.settings")
    pure = [
        path
        for path in CODE
        if path.read_text(encoding="utf-8").partition("\n")[0].rstrip('"').endswith("Pure.")
    ]
    assert len(pure) > 30
    at_fault = [
        (str(path.relative_to(ROOT)), name)
        for path in pure
        for name in imported(path)
        if any(f"{name}.".startswith(f"{room}.") for room in bound)
    ]
    assert at_fault == []


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_each_migration_follows_the_one_before_it() -> None:
    """One chain by number: two with the same number are two schemas that never met."""
    names = sorted(path.stem for path in (ROOT / "plenary/migrations").glob("0*.py"))
    follows = re.compile(r'dependencies = \[\("plenary", "(\w+)"\)\]')
    before = [
        follows.findall((ROOT / f"plenary/migrations/{name}.py").read_text("utf-8"))
        for name in names
    ]
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    assert before == [[], *([name] for name in names[:-1])]


def test_a_variable_says_what_it_holds() -> None:
    """`one` is not a name: not of a parameter, a loop's variable, a walrus or a field."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for room in ("plenary", "tests")
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Name) and node.id == "one" and isinstance(node.ctx, ast.Store))
        or (isinstance(node, ast.arg | ast.keyword) and node.arg == "one")
        or (isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == "one")
    ]
    assert found == []


def test_a_variable_of_a_template_says_what_it_holds() -> None:
    """Of a loop, of a macro, set beside them, or handed over by the page."""
    from plenary.web.render import environment

    found = [
        f"{path.relative_to(TEMPLATES)}:{line}"
        for path in sorted(TEMPLATES.rglob("*.*"))
        for line, token, text in environment().lex(path.read_text(encoding="utf-8"))
        if token == "name" and text == "one"
    ]
    assert found == []
