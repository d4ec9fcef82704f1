"""The fingerprints that the plain text files of our decisions have today, for the page that checks
a copy."""

from starlette.requests import Request

from plenary.archive.decided import decided
from plenary.archive.pages.decision import text_of
from plenary.bodies.viewers import Viewer
from plenary.decisions.models import Decision
from plenary.proposals.clauses import fingerprint
from plenary.record.models import Head
from plenary.web import language

MOST = 200  # of the newest decisions: the older ones are known by the text inside their files
_kept: dict[str, dict[str, int]] = {}  # by the root of the record: made once for each change


async def files_of(request: Request) -> dict[str, int]:
    """Fingerprint of a file or of a decided text -> id of its decision, in every language."""
    root = (await Head.get(id=1)).root
    if root not in _kept:
        made = await _made(request)
        _kept.clear()
        _kept[root] = made
    return _kept[root]


async def _made(request: Request) -> dict[str, int]:
    rows = Decision.filter(register="own").order_by("-id").limit(MOST)
    found: dict[str, int] = {}
    before = language.current()
    try:
        for decision in await rows.prefetch_related("body", "question", "proposal"):
            for spoken in language.LANGUAGES:
                language.use(spoken)
                shown = await decided(decision, Viewer(), spoken)
                for text in (await text_of(request, shown), shown.plain(spoken)):
                    found[fingerprint(text)] = decision.id
    finally:
        language.use(before)
    return found
