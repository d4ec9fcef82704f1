"""The fingerprints that the plain text files of our decisions have today, for the page that checks
a copy."""

import asyncio
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request

from plenary.bodies.viewers import Viewer
from plenary.decisions.models import Decision
from plenary.front.decided import decided
from plenary.front.pages.decision import text_of
from plenary.front.printed import Printed
from plenary.texts.clauses import fingerprint
from plenary.web import language

MOST = 200  # of the newest decisions: the older ones are known by the text inside their files


class Prints:
    """Files are printed to be compared, once for each change of the record, and by one at a time:
    anybody may ask, with any fingerprint."""

    def __init__(self) -> None:
        self.printed = Printed()
        self._root = ""
        self._newest: list[tuple[int, str]] = []  # by id and symbol, at this root
        self._made: dict[int, frozenset[str]] = {}  # of those, by id
        self._one = asyncio.Lock()

    @property
    def older(self) -> int:
        """How many decisions are too old for the fingerprints of their files to be kept."""
        return max(0, len(self.printed.own) - MOST)

    async def decision_of(
        self, request: Request, prints: Sequence[str], pasted: str
    ) -> tuple[int, str] | None:
        """The decision whose file, or whose decided text, has one of the fingerprints, and which.

        A file names its decision: of a pasted one no other is printed.
        """
        async with self._one:
            await self._begin()
            for id_, symbol in self._newest:
                if pasted and symbol not in pasted:
                    continue
                if id_ not in self._made:
                    self._made[id_] = await _prints_of(request, await _whole(id_))
                if same := next((made for made in prints if made in self._made[id_]), ""):
                    return id_, same
        return None

    async def _begin(self) -> None:
        """What may be compared, as the record stands."""
        await self.printed.read()
        if self._root == self.printed.root:
            return
        newest = self.printed.own[-MOST:]
        rows: Any = await Decision.filter(id__in=newest or [0]).values_list("id", "symbol")
        self._newest, self._made = sorted(rows, reverse=True), {}
        self._root = self.printed.root


async def _whole(id_: int) -> Decision:
    return await Decision.get(id=id_).prefetch_related("body", "question", "proposal")


async def _prints_of(request: Request, decision: Decision) -> frozenset[str]:
    """Of its file and of its text, in every language."""
    found, before = set(), language.current()
    try:
        for spoken in language.LANGUAGES:
            language.use(spoken)
            shown = await decided(decision, Viewer(), spoken)
            found |= {fingerprint(await text_of(request, shown)), fingerprint(shown.plain(spoken))}
    finally:
        language.use(before)
    return frozenset(found)
