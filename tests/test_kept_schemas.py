"""A migrated file is made once for the same sources, and again for others."""

import tempfile
from pathlib import Path

import pytest

from tests import kept_schemas
from tests.kept_schemas import kept


def test_the_same_sources_are_migrated_once_and_others_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = tmp_path / "plenary" / "models.py"
    module.parent.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(kept_schemas, "ROOT", tmp_path)
    made: list[str] = []

    def have(schema: str, source: str) -> str:
        path = tmp_path / "made"
        path.unlink(missing_ok=True)
        module.write_text(source)

        def build() -> None:
            made.append(source)
            path.write_text(f"made of {source}")

        kept(schema, path, build)
        return path.read_text()

    assert [have("ours", name) for name in ("one", "one", "two")] == [
        "made of one",
        "made of one",
        "made of two",
    ]
    have("another", "two")
    assert made == ["one", "two", "two"]
