"""Fifty-five heads who state positions and comment, until nobody answers any more."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.bench.client import post
from tests.bench.hall import CODES, WORDS

CONNECTIONS = 8
COMMENTS = 4  # every so many acts one is a comment
OBJECTIONS = 5
ATTEMPTS = 10


@dataclass(frozen=True)
class Form:
    """What one of them sends: always the same bytes, however often."""

    key: str
    code: str  # of the delegation
    sent: bytes
    comment: bool = False


@dataclass
class Hall:
    """Who is signed in, where, and which form comes next."""

    host: str
    path: str  # of the proposal
    clause: str
    signed: dict[str, str]  # cookies, by code

    def forms(self) -> Iterator[Form]:
        """One after another, without end; no two with the same key."""
        for number in count(1):
            yield self._form(number)

    def fields(self, number: int) -> tuple[str, dict[str, Any]]:
        """What the one whose turn it is fills in, and where: every so often a comment."""
        fields: dict[str, Any] = {"language": "en", "key": f"kill-{number}", "version": 1}
        if number % COMMENTS == 0:
            return f"{self.path}/comments", fields | {"text": f"Which seals? {number}"}
        fields |= {"stance": "support", "explanation": WORDS, "confirmed": 1}
        if number % OBJECTIONS == 0:
            fields |= {"stance": "object", "clause": self.clause, "would_join": "Lead."}
        return f"{self.path}/position", fields

    def _form(self, number: int) -> Form:
        code, (where, fields) = CODES[number % len(CODES)], self.fields(number)
        sent = post(where, self.host, self.signed[code], urlencode(fields).encode())
        return Form(fields["key"], code, sent, comment="text" in fields)


class Unexpected(Exception):
    """An answer that is neither a receipt nor silence."""


class Sending:
    """Forms on their way over several connections at once, until they are all answered or the
    server is gone."""

    def __init__(self, port: int, forms: Iterator[Form]) -> None:
        # The receipt of each; "" while it is under way, and where it was refused for now: on a
        # machine with much else to do a turn may not come in time.
        self.answered: dict[Form, str] = {}
        self._port, self._forms = port, forms
        self._came, self._many = asyncio.Condition(), 0

    async def run(self) -> dict[Form, str]:
        await asyncio.gather(*[self._one() for _ in range(CONNECTIONS)])
        return self.answered

    async def reached(self, answers: int) -> None:
        """So many were answered."""
        async with self._came:
            await self._came.wait_for(lambda: self._many >= answers)

    async def _one(self) -> None:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        except OSError:
            return
        try:
            for form in self._forms:
                self.answered[form] = ""
                writer.write(form.sent)
                self.answered[form] = await _receipt(reader)
                async with self._came:
                    self._many += bool(self.answered[form])
                    self._came.notify_all()
        except (OSError, asyncio.IncompleteReadError):
            pass  # it is gone, and the last one was under way
        finally:
            writer.close()


async def send_again(port: int, forms: list[Form]) -> dict[Form, str]:
    """Send these, and again those that were refused for now, until all are answered."""
    answered: dict[Form, str] = {}
    for _ in range(ATTEMPTS):
        answered |= await Sending(port, iter(forms)).run()
        forms = [form for form in forms if not answered.get(form)]
        if not forms:
            return answered
    raise Unexpected(f"not answered: {[form.key for form in forms]}")


async def _receipt(reader: asyncio.StreamReader) -> str:
    """Empty where the answer is 503: it was not acknowledged, and can be sent again."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    status, *lines = head.split("\r\n")
    fields = dict(line.lower().split(": ", 1) for line in lines if line)
    body = await reader.readexactly(int(fields.get("content-length", 0)))
    if status.startswith("HTTP/1.1 503 "):
        return ""
    if not status.startswith("HTTP/1.1 303 "):
        raise Unexpected(f"{head}{body[:500]!r}")
    where = urlsplit(fields["location"])
    named = parse_qs(where.query).get("receipt", [where.path.rpartition("/")[2]])
    return named[0].upper()
