"""Whom a draft is shown to: its authors choose, and no office reads it unless it is chosen. Pure.

Whom they showed it to is theirs to know, and each reader's own: tabling opens the text, and does
not tell who was asked about it before.
"""

from collections.abc import Set

from plenary.proposals.rules import Stage
from plenary.refusal import Refused


def readers_veil(symbol: str) -> str:
    """Over whom a draft is shown to. Nobody lifts it."""
    return f"readers:{symbol}"


def bar_to_show(stage: Stage, reader: str, readers: Set[str]) -> Refused | None:
    if stage is not Stage.DRAFT:
        return Refused("no_draft_any_more", stage=stage)
    return Refused("reads_already") if reader in readers else None


def bar_to_hide(stage: Stage, reader: str, readers: Set[str], authors: Set[str]) -> Refused | None:
    """What somebody has read, they have read: it is only taken from their sight."""
    if stage is not Stage.DRAFT:
        return Refused("no_draft_any_more", stage=stage)
    if reader in authors:
        return Refused("author_reads")
    return None if reader in readers else Refused("reads_not")
