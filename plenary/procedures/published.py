"""The published procedures of other bodies: their rules as data, in words, with their sources."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from plenary.procedures.rules import Rule, read

Words = dict[str, str]


@dataclass(frozen=True)
class Published:
    """One procedure as a body published it."""

    key: str
    kind: str  # the nearest of our six
    names: Words
    explained: Words
    sources: tuple[str, ...]
    confirmed: bool  # False: from memory or a part of the sources; the words say what is missing
    data: Mapping[str, Any]  # the rule, as written
    rule: Rule
    terms: Mapping[str, Any]  # closing, text, window, broken_by, after, then, choose

    @property
    def procedure(self) -> dict[str, Any]:
        """What a body keeps when it adopts this one as it stands."""
        own = {"kind": self.kind, "key": self.key, "names": self.names, "rule": self.data}
        return {**own, **self.terms}


@cache
def published() -> tuple[Published, ...]:
    """Every published procedure, in the order of the file. ValueError if a rule is malformed."""
    text = files("plenary.procedures").joinpath("published.toml").read_text(encoding="utf-8")
    return tuple(_published(table) for table in tomllib.loads(text)["published"])


def _published(table: dict[str, Any]) -> Published:
    try:
        rule = read(table["rule"])
    except ValueError as wrong:
        raise ValueError(f"{table['key']}: {wrong}") from wrong
    return Published(
        table["key"],
        table["kind"],
        table["names"],
        table["explained"],
        tuple(table["sources"]),
        table.get("confirmed", True),
        table["rule"],
        rule,
        table["terms"],
    )
