"""The fingerprints of all that was decided, issued and stated, in memory; grown as the record
grows.

Anybody may ask whether a copy is true, as often as they like: so nothing is read for it but what
came to the record since somebody asked. Versions are not here: they have an index of their own in
the database, and the drafts among them have readers.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

from plenary.decisions.models import Decision, Statement
from plenary.decisions.rules import DECLARED_HERE
from plenary.meetings.models import Communique
from plenary.record.entry import read_entry
from plenary.record.models import Entry, Head, Redaction

Held = dict[bytes, int]  # fingerprint -> id of the row


class Printed:
    """One for each server; several who ask at once wait for the first to have read."""

    def __init__(self) -> None:
        self.root = ""
        self.own: list[int] = []  # decisions declared here, by id, oldest first
        self._lock = asyncio.Lock()
        self._forget()

    def _forget(self) -> None:
        self._size = self._order = self._newest_statement = 0
        self._decisions, self._communiques, self._statements = Held(), Held(), Held()
        self.own.clear()

    async def read(self) -> None:
        """What came to the record since the last time; all of it anew where words were removed."""
        async with self._lock:
            head = await Head.get(id=1)
            if head.root == self.root:
                return
            newest = await Redaction.all().order_by("-id").first()
            order = newest.order if newest else 0
            if head.size < self._size or order != self._order:
                self._forget()
            await self._read_decisions()
            await self._read_communiques()
            await self._read_statements()
            self.root, self._size, self._order = head.root, head.size, order

    def decision(self, prints: Sequence[str]) -> tuple[int, str] | None:
        """The newest with one of these fingerprints, by its id; and which it has."""
        return max(_found(self._decisions, prints), default=None)

    def communique(self, prints: Sequence[str]) -> tuple[int, str] | None:
        return min(_found(self._communiques, prints), default=None)

    def statement(self, prints: Sequence[str]) -> tuple[int, str] | None:
        """The first that said it, where several said the same."""
        return min(_found(self._statements, prints), default=None)

    async def _read_decisions(self) -> None:
        last = self.own[-1] if self.own else 0
        rows: Any = await (
            Decision.filter(register__in=DECLARED_HERE, id__gt=last)
            .order_by("id")
            .values_list("id", "fingerprint")
        )
        for id_, prints in rows:
            self.own.append(id_)
            self._decisions |= {bytes.fromhex(print_): id_ for print_ in prints.values()}

    async def _read_communiques(self) -> None:
        """A draft becomes one in its place: the record says which."""
        issued: Any = await Entry.filter(type="communique.issued", n__gte=self._size).values_list(
            "written", flat=True
        )
        slugs = [read_entry(bytes(written))["meeting"] for written in issued]
        for communique in await Communique.filter(meeting__slug__in=slugs) if slugs else []:
            self._communiques |= {
                bytes.fromhex(p): communique.id for p in communique.fingerprint.values()
            }

    async def _read_statements(self) -> None:
        """Each has the fingerprint of its words, in the language that it was made in."""
        for statement in await Statement.filter(id__gt=self._newest_statement).order_by("id"):
            self._statements.setdefault(bytes.fromhex(statement.fingerprint), statement.id)
            self._newest_statement = statement.id


def _found(held: Held, prints: Sequence[str]) -> list[tuple[int, str]]:
    return [(held[key], print_) for print_ in prints if (key := bytes.fromhex(print_)) in held]
