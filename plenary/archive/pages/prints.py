"""The fingerprints that the plain text files of our decisions have today, for the page that checks
a copy."""

import asyncio
from collections.abc import Sequence

from starlette.requests import Request

from plenary.archive.decided import decided
from plenary.archive.pages.decision import text_of
from plenary.bodies.viewers import Viewer
from plenary.decisions.models import Decision
from plenary.proposals.clauses import fingerprint
from plenary.record.models import Head
from plenary.web import language

MOST = 200  # of the newest decisions: the older ones are known by the text inside their files


class Prints:
    """Files are printed to be compared, once for each change of the record, and by one at a time:
    anybody may ask, with any fingerprint."""

    def __init__(self) -> None:
        self._root = ""
        self._made: dict[int, frozenset[str]] = {}  # by decision, at this root
        self._one = asyncio.Lock()

    async def decision_of(
        self, request: Request, prints: Sequence[str], pasted: str
    ) -> tuple[int, str] | None:
        """The decision whose file, or whose decided text, has one of the fingerprints, and which.

        A file names its decision: of a pasted one no other is printed.
        """
        async with self._one:
            root = (await Head.get(id=1)).root
            if root != self._root:
                self._root, self._made = root, {}
            rows = Decision.filter(register="own").order_by("-id").limit(MOST)
            for decision in await rows.prefetch_related("body", "question", "proposal"):
                if pasted and decision.symbol not in pasted:
                    continue
                if decision.id not in self._made:
                    self._made[decision.id] = await _prints_of(request, decision)
                if same := next((one for one in prints if one in self._made[decision.id]), ""):
                    return decision.id, same
        return None


async def not_known() -> int:
    """How many decisions are too old for the fingerprints of their files to be kept."""
    return max(0, await Decision.filter(register="own").count() - MOST)


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
