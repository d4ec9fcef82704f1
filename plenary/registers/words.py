"""The vocabulary of the registers: words for what imported registers say, and the glossary."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

Words = dict[str, str]
HERE = Path(__file__).parent


@cache
def kinds() -> dict[str, dict[str, dict[str, Any]]]:
    """kinds.toml: kind, procedure and confidence, each by the source's own word."""
    return tomllib.loads((HERE / "kinds.toml").read_text(encoding="utf-8"))


@cache
def glossary() -> tuple[dict[str, Any], ...]:
    """The terms of the trade in reading order: key, term and text in each language."""
    return tuple(tomllib.loads((HERE / "glossary.toml").read_text(encoding="utf-8"))["terms"])


def wording(table: str, said: str) -> Words:
    """What a source said, in our languages; a word we do not know stands for itself."""
    known = kinds()[table].get(said)
    return {"en": known["en"], "fr": known["fr"]} if known else {"en": said} if said else {}


def outcome_of(kind: str, procedure: str) -> str:
    """The outcome that a source's kind amounts to; empty when the kind is not known."""
    outcome = str(kinds()["kind"].get(kind, {}).get("outcome", ""))
    subject = kinds()["procedure"].get(procedure, {}).get("ad_referendum", False)
    return "adopted_ad_referendum" if subject and outcome == "adopted" else outcome


def basis_of(procedure: str) -> str:
    """consensus, written, vote, notice, other or unknown."""
    return str(kinds()["procedure"].get(procedure, {}).get("basis", "unknown"))


def is_external(kind: str) -> bool:
    """An act of another body, shown beside the register."""
    return bool(kinds()["kind"].get(kind, {}).get("external", False))


def level_of(confidence: str) -> str:
    """confirmed, partly or reported; a mark we do not know is reported."""
    return str(kinds()["confidence"].get(confidence, {}).get("level", "reported"))
