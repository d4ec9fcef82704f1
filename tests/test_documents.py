"""The documents say what the code does: commands, settings, addresses, powers."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click

from plenary.bodies.powers import matrix
from plenary.cli import main
from plenary.settings import from_environment
from tests.client import SECRET as KEY

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


CODE = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in (ROOT / "plenary").rglob("*.py")
}
ROOMS = {name.split(".")[1] for name in CODE if name.count(".") > 1}
FOLDERS = sorted({path.parent for path in (ROOT / "tests").glob("*/test_*.py")})


@cache
def defined_in(path: Path) -> frozenset[str]:
    """What a module defines: functions, classes, their methods as `Class.method`, constants."""
    return frozenset(_defined(ast.parse(path.read_text(encoding="utf-8")).body))


def _defined(body: list[ast.stmt], before: str = "") -> Iterator[str]:
    for node in body:
        match node:
            case ast.ClassDef():
                yield before + node.name
                yield from _defined(node.body, f"{node.name}.")
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield before + node.name
            case ast.Assign():
                yield from (
                    before + target.id for target in node.targets if isinstance(target, ast.Name)
                )
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield before + name


def there(named: str) -> bool:
    """Whether `room.module`, or `room.module.Name`, is there."""
    module, _, name = f"plenary.{named}".rpartition(".")
    return f"plenary.{named}" in CODE or (module in CODE and name in defined_in(CODE[module]))


def _commands(group: click.Group, before: str = "") -> set[str]:
    found = set()
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found |= _commands(command, f"{before}{name} ")
        else:
            found.add(before + name)
    return found


def test_the_readme_names_every_command_and_no_other() -> None:
    line = re.search(r"## Commands\n\n(.*?): `plenary --help`", README)
    assert line is not None
    assert set(re.findall(r"`([^`]+)`", line[1])) == _commands(main)


def test_every_command_in_the_readme_is_one_that_exists_with_those_options() -> None:
    for words in re.findall(r"^plenary ([a-z-]+)([^\n#]*)", README, flags=re.MULTILINE):
        command = main.commands[words[0]]
        known = {option for parameter in command.params for option in parameter.opts}
        assert set(re.findall(r"--[a-z-]+", words[1])) <= known, words


def test_the_readme_names_every_setting_and_no_other() -> None:
    class Asked(dict[str, str]):
        """An environment that remembers what it was asked for."""

        def get(self, name: str, default: str | None = None) -> str | None:  # type: ignore[override]
            names.add(name)
            return {"SECRET_KEY": KEY, "BASE_URL": "https://plenary.test"}.get(name, default)

    names: set[str] = set()
    from_environment(Asked())
    table = README[README.index("| setting |") : README.index("A missing or unsafe setting")]
    assert set(re.findall(r"`([A-Z_]{4,})`", table)) == names


def test_the_powers_are_printed_as_they_are() -> None:
    printed = re.search(r"```powers\n(.*?)\n```", CONTRIBUTING, flags=re.DOTALL)
    assert printed is not None
    assert printed[1] == matrix()


PATH = r"`((?:plenary|templates|tests|static|\.ci)/[\w/.-]*)`"
COUNTS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
NAMES = r"((?:`[\w.]+`(?:, | and | or )?)+) in (?:the macro )?`(plenary/[\w/]+\.py)`"


def test_every_file_and_name_that_the_documents_point_at_is_there() -> None:
    for text in (README, CONTRIBUTING):
        for path in re.findall(PATH, text) + re.findall(r"`([\w-]+\.(?:md|toml|py))`", text):
            assert (ROOT / path).exists(), path
        for path in re.findall(r"\]\((static/[^)]+)\)", text):
            assert (ROOT / path).exists(), path


def test_what_contributing_says_stands_in_a_file_is_defined_there() -> None:
    """Wherever it says `name` in `plenary/…`."""
    said = [
        (path, name)
        for names, path in re.findall(NAMES, CONTRIBUTING)
        for name in re.findall(r"`([\w.]+)`", names)
    ]
    assert len(said) > 30
    assert [(path, name) for path, name in said if name not in defined_in(ROOT / path)] == []


def test_where_it_is_is_where_the_table_says() -> None:
    """Python is parsed; in a template a name is a macro."""
    table = CONTRIBUTING.partition("## Where is it?")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (.+) \| `([\w/.]+)` \| (.+) \|$", table, flags=re.MULTILINE)
    assert len(rows) >= 20
    assert len(rows) == table.count("\n| ") - 1, "a row that is none"
    for what, path, names in rows:
        text = (ROOT / path).read_text(encoding="utf-8")
        macros = frozenset(re.findall(r"{%-? macro (\w+)\(", text))
        known = defined_in(ROOT / path) if path.endswith(".py") else macros
        named = set(re.findall(r"`([\w.]+)`", names))
        assert named, what
        assert named <= known, (what, path, named - known)


def test_who_may_import_whom_is_printed_as_it_is_held() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    count = re.search(r"import-linter holds (\w+) contracts", CONTRIBUTING)
    assert count
    assert COUNTS.index(count[1]) == len(contracts)
    for contract in contracts:
        assert f"**{contract['name']}.**" in CONTRIBUTING
    printed = re.search(r"```layers\n(.*?)\n```", CONTRIBUTING, flags=re.DOTALL)
    assert printed is not None
    assert printed[1].split("\n") == [_layer(layer) for layer in contracts[0]["layers"]]


def test_the_rooms_that_have_a_reading_are_named() -> None:
    said = re.search(r"`reading` stands in (.+?);", CONTRIBUTING)
    assert said
    have = {name.split(".")[1] for name in CODE if name.endswith(".reading")}
    assert set(re.findall(r"`(\w+)`", said[1])) == have


def _layer(line: str) -> str:
    """As it is printed: without the package, and without what is not built yet."""
    sign = next((sign for sign in "|:" if f" {sign} " in line), "|")
    names = (name.strip(" ()").removeprefix("plenary.") for name in line.split(f" {sign} "))
    return f" {sign} ".join(name for name in names if f"plenary.{name}" in CODE)


def test_each_folder_of_tests_says_what_it_protects_and_names_only_what_is_there() -> None:
    assert len(FOLDERS) > 20
    for folder in FOLDERS:
        text = (folder / "README.md").read_text(encoding="utf-8")
        for path in re.findall(r"\b((?:\w+/)*\w+\.(?:py|toml|html))\b", text):
            assert any((base / path).exists() for base in (folder, ROOT)), (folder.name, path)
        for path in re.findall(r"\bpytest (tests/[\w/.]+)", text):
            assert (ROOT / path).exists(), (folder.name, path)


def test_every_make_target_in_the_documents_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    for text in (README, CONTRIBUTING):
        assert set(re.findall(r"(?:`|^)make ([a-z]+)", text, flags=re.M)) <= targets


def test_the_dependencies_are_justified_one_by_one() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    declared = re.search(r"\ndependencies = \[(.*?)\n\]", project, flags=re.DOTALL)
    assert declared is not None
    said = README[README.index("**Dependencies**") :]
    for name in re.findall(r'"([A-Za-z0-9-]+)', declared[1]):
        assert name in said, name


def test_the_comment_of_a_template_names_no_class_that_is_not_there() -> None:
    comments = [
        (path, comment)
        for path in (ROOT / "templates").rglob("*.*")
        for comment in re.findall(r"{#.*?#}", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    ]
    named = {
        (str(path.relative_to(ROOT)), mention)
        for path, comment in comments
        for mention in re.findall(r"\b[a-z_]+(?:\.[a-z_]+)+\.[A-Z]\w+", comment)
        + re.findall(rf"\b(?:{'|'.join(ROOMS)})\.[a-z_]+\b(?!\.)", comment)
    }
    assert len(named) > 25
    assert [mention for mention in sorted(named) if not there(mention[1])] == []


def test_what_a_module_says_of_another_names_one_that_is_there() -> None:
    """In the docstring at its head: `room.module`, `room.module.Name` or room/module.py."""
    lost = []
    for name, path in CODE.items():
        said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        named = re.findall(rf"`((?:{'|'.join(ROOMS)})\.[\w.]+)`", said)
        files = re.findall(r"\b(?:\w+/)+\w+\.(?:py|html|toml)\b", said)
        lost += [(name, mention) for mention in named if not there(mention)]
        lost += [
            (name, mention)
            for mention in files
            if not any((base / mention).exists() for base in (ROOT, ROOT / "plenary"))
        ]
    assert lost == []
