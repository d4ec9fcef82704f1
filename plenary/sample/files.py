"""The files of the sample, and where they lie."""

import csv
import tomllib
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


def toml(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pair(row: dict[str, str], name: str) -> dict[str, str]:
    found = {language: row.get(f"{name}_{language}", "") for language in ("en", "fr")}
    return {language: text for language, text in found.items() if text}
