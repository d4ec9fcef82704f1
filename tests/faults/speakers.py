"""Heads who each say one thing after another, and send what was refused again until it is taken.

Half of them read French. Whatever is wrong, a form is answered with a receipt or with 503.
"""

import asyncio
import gettext
import html
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count

import httpx2

from tests.bench.hall import CODES
from tests.faults.bounds import refused_by, timed_there
from tests.faults.load import Hall, Unexpected
from tests.served import ROOT

SPEAKERS = 6
BREATH = 0.1  # seconds until the same is sent again; Retry-After says 5, and they are in a hurry
PATIENCE = 120.0  # for what takes a second on an idle machine: only what hangs is caught by it
FRENCH = gettext.translation("plenary", ROOT / "plenary" / "locale", ["fr"]).gettext
NOTHING = "Nothing of what you sent was recorded, and all of it is kept on this page."
UNCERTAIN = "It is not certain whether this was recorded"
WORDS = {
    "database_busy": "Others are being served at this moment, and your turn did not come in time.",
    "database_away": "The database cannot be reached.",
    "database_disk": "The disk of the database fails to read or to write. Whoever runs the server"
    " has to look at it.",
    "database_full": "The disk of the server is full, so nothing can be recorded. Whoever runs it"
    " has to make room.",
    "database_read_only": "The database can be read and not written, so nothing can be recorded."
    " Whoever runs the server has to open it for writing.",
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """One answer to a form: when it was there, and what stood on it."""

    took: float
    answer: httpx2.Response
    speaker: int

    @property
    def french(self) -> bool:
        return self.speaker % 2 == 1

    @property
    def taken(self) -> bool:
        return self.answer.status_code == 303

    def told(self, *reasons: str) -> None:
        """It says in the language of its reader what is wrong, and what became of the form."""
        assert int(self.answer.headers["retry-after"]) > 0
        text = html.unescape(self.answer.text)
        words = FRENCH if self.french else str
        assert any(words(WORDS[reason]) in text for reason in reasons), text[-3000:]
        assert words(NOTHING) in text or words(UNCERTAIN) in text, text[-3000:]


@dataclass
class Speaking:
    """What they sent so far, and what came of it."""

    base: str
    hall: Hall
    first: int = 0  # how many forms were sent before they began
    said: list[Said] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    taken: dict[str, str] = field(default_factory=dict)  # the address of each receipt, by key
    _more: asyncio.Condition = field(default_factory=asyncio.Condition)
    _over: bool = False

    async def each(self, so: Callable[[Said], bool], times: int = 1) -> list[Said]:
        """Wait until each of them had so many such answers from now on; those."""
        before = len(self.said)

        def such() -> list[Said]:
            return [sending for sending in self.said[before:] if so(sending)]

        def enough() -> bool:
            who = [sending.speaker for sending in such()]
            return all(who.count(speaker) >= times for speaker in range(SPEAKERS))

        async with asyncio.timeout(PATIENCE), self._more:
            await self._more.wait_for(lambda: self._over or enough())
        return such()

    async def speak(self, speaker: int) -> None:
        """For one delegation after another, until it is over and the last form was taken."""
        try:
            async with httpx2.AsyncClient(trust_env=False, timeout=PATIENCE) as http:
                for turn in count(self.first + speaker, SPEAKERS):
                    if self._over:
                        return
                    while not await self._sent(http, turn, speaker):  # noqa: ASYNC110
                        await asyncio.sleep(BREATH)
        finally:
            await self._told(over=True)

    async def _sent(self, http: httpx2.AsyncClient, turn: int, speaker: int) -> bool:
        where, fields = self.hall.fields(turn)
        self.keys.add(fields["key"])
        cookie = self.hall.signed[CODES[turn % len(CODES)]]
        took, answer = await timed_there(
            http.post,
            self.base + ("/fr" if speaker % 2 else "") + where,
            data=fields,
            headers={"Cookie": cookie, "Sec-Fetch-Site": "same-origin"},
        )
        if answer.status_code not in (303, 503):
            raise Unexpected(f"{answer.status_code} {answer.text[-2000:]}")
        self.said.append(said := Said(took, answer, speaker))
        if said.taken:
            self.taken[fields["key"]] = answer.headers["location"]
        await self._told()
        return said.taken

    async def _told(self, *, over: bool = False) -> None:
        async with self._more:
            self._over = self._over or over
            self._more.notify_all()

    async def finish(self) -> None:
        await self._told(over=True)

    @property
    def bound(self) -> float:
        """When a refusal must be there, by what they waited for their receipts."""
        return refused_by(max(sending.took for sending in self.said if sending.taken))


@asynccontextmanager
async def speaking(base: str, hall: Hall, first: int = 0) -> AsyncIterator[Speaking]:
    """They speak until the end, and whatever they have begun to say is taken by then."""
    all_of_them = Speaking(base, hall, first)
    async with asyncio.TaskGroup() as group:
        for number in range(SPEAKERS):
            group.create_task(all_of_them.speak(number))
        try:
            yield all_of_them
        finally:
            await all_of_them.finish()
    assert set(all_of_them.taken) == all_of_them.keys
    assert len(set(all_of_them.taken.values())) == len(all_of_them.keys), "one receipt for two"
