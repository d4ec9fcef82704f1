"""The moment between judging and writing, held open until the other side is where it can do harm.

What a race may only hope for, one round shows: each side stands still before its first change,
having loaded and judged, and the two go on in a known order. In half of the rounds the left side
comes first, in the other half the right.

`Stale` (the red runs): both have judged and neither has written. The first goes on until its act is
done; only then the second writes, by what it had judged.
`Held` (the lock in its place): the first has judged and holds the lock; it goes on when the second
stands at the door.
"""

import socket
from collections.abc import Callable
from typing import Any

from plenary.db.immediate import ImmediateWrapper
from plenary.db.postgres import Transaction
from plenary.record import act

PATIENCE = 120.0  # seconds after which a side that waits for the other says so; they take none


class Window:
    """One side's end of it; a byte over the socket says that this side is there."""

    def __init__(self, other: socket.socket) -> None:
        self.other, self.first, self.stood = other, False, True
        other.settimeout(PATIENCE)

    def opens(self, *, first: bool) -> None:
        """A round begins."""
        self.first, self.stood = first, False

    def at_the_door(self) -> None:
        """Before the transaction begins."""

    def at_a_change(self) -> None:
        """It has judged, and is about to write."""

    def closes(self) -> None:
        """Its act is over."""

    def say(self) -> None:
        self.other.sendall(b".")

    def hear(self) -> None:
        if self.other.recv(1) != b".":
            raise RuntimeError("the other side is gone")


class Stale(Window):
    def at_a_change(self) -> None:
        if self.stood:
            return
        self.stood = True
        self.say()
        self.hear()
        if not self.first:
            self.hear()

    def closes(self) -> None:
        self.at_a_change()  # where it was refused, and entered nothing
        if self.first:
            self.say()


class Held(Window):
    def opens(self, *, first: bool) -> None:
        super().opens(first=first)
        if not first:
            self.hear()

    def at_the_door(self) -> None:
        if not self.first:
            self._stand()

    def at_a_change(self) -> None:
        if self.first:
            self._stand()

    def closes(self) -> None:
        self._stand()

    def _stand(self) -> None:
        if self.stood:
            return
        self.stood = True
        self.say()
        if self.first:
            self.hear()


def set_up(window: Window) -> None:
    """From now on whoever acts in this process stands still there."""
    act.in_transaction = _after(window.at_the_door, act.in_transaction)  # type: ignore[attr-defined]
    for transaction in (ImmediateWrapper, Transaction):
        for name in ("execute_query", "execute_query_dict", "execute_insert", "execute_many"):
            setattr(transaction, name, _changing(window, getattr(transaction, name)))


def _after(first: Callable[[], None], then: Callable[..., Any]) -> Callable[..., Any]:
    def both(*args: Any, **kwargs: Any) -> Any:
        first()
        return then(*args, **kwargs)

    return both


def _changing(window: Window, then: Callable[..., Any]) -> Callable[..., Any]:
    def both(self: Any, query: str, *values: Any) -> Any:
        if not query.startswith("SELECT "):
            window.at_a_change()
        return then(self, query, *values)

    return both
