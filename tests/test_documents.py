"""The documents say what the code does: commands, settings, addresses, powers."""

import re
from pathlib import Path

import click

from plenary.bodies.powers import matrix
from plenary.cli import main
from plenary.settings import from_environment
from tests.client import SECRET as KEY

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


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
        known = {option for one in command.params for option in one.opts}
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


def test_every_file_and_name_that_the_documents_point_at_is_there() -> None:
    for text in (README, CONTRIBUTING):
        for path in re.findall(r"`((?:plenary|templates|tests|static)/[\w/.-]+)`", text):
            assert (ROOT / path).exists(), path
        for path in re.findall(r"\]\((static/[^)]+)\)", text):
            assert (ROOT / path).exists(), path


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
