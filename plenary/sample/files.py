"""The files of the sample, and where they lie."""

import tomllib
from pathlib import Path
from typing import Any

from plenary.texts.tables import read_table

DATA = Path(__file__).parent / "data"


def toml(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def rows(name: str) -> list[dict[str, str]]:
    return [row.cells for row in read_table((DATA / name).read_bytes(), name)]


def pair(row: dict[str, str], name: str) -> dict[str, str]:
    found = {language: row.get(f"{name}_{language}", "") for language in ("en", "fr")}
    return {language: text for language, text in found.items() if text}
