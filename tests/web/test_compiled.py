"""Compiled templates that are kept are those of these sources, or they are compiled anew."""

import sys
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from plenary.web.compiled import Compiled


@pytest.fixture(autouse=True)
def written_to_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "page.html").write_text("{% if x %}\nyes\n{% endif %}", "utf-8")
    (tmp_path / "render.py").write_text("as it is")
    return tmp_path


def made(folder: Path, **how: bool) -> str:
    """The page by a process that has just started."""
    kept = Compiled(folder / "render.py")
    env = Environment(loader=FileSystemLoader(folder), bytecode_cache=kept, autoescape=True, **how)
    return env.get_template("page.html").render(x=True)


def compilations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the templates that are compiled from here on."""
    names: list[str] = []
    compiled = Environment.compile

    def counted(self: Environment, source: str, name: str, *rest: object) -> object:
        names.append(name)
        return compiled(self, source, name, *rest)  # type: ignore[call-overload]

    monkeypatch.setattr(Environment, "compile", counted)
    return names


def test_the_second_start_compiles_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = compilations(monkeypatch)
    assert made(folder) == made(folder) == "\nyes\n"
    assert names == ["page.html"]


def test_a_template_that_changed_is_compiled_anew(folder: Path) -> None:
    made(folder)
    (folder / "page.html").write_text("no", "utf-8")
    assert made(folder) == "no"


def test_another_environment_compiles_its_own(folder: Path) -> None:
    made(folder)
    (folder / "render.py").write_text("otherwise")
    assert made(folder, trim_blocks=True) == "yes\n"


def test_what_was_cut_short_is_compiled_anew(folder: Path) -> None:
    made(folder)
    kept = [*(folder / "__pycache__" / "templates").glob("*.cache")]
    assert kept
    for size in (0, 3, 20, 60, 200):
        for path in kept:
            path.write_bytes(path.read_bytes()[:size])
        assert made(folder) == "\nyes\n"


def test_where_nothing_may_be_written_pages_are_made(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "__pycache__").write_text("a file where the folder would be")
    assert made(folder) == "\nyes\n"
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    (folder / "__pycache__").unlink()
    assert made(folder) == "\nyes\n"
    assert not (folder / "__pycache__").exists()
