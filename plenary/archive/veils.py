"""Which entries of the record a reader may not read yet. What is closed shows that it is there."""

from collections.abc import Iterable, Mapping

from tortoise.expressions import Q

from plenary.bodies.viewers import Viewer
from plenary.decisions.actions import is_open
from plenary.decisions.models import Question
from plenary.decisions.stand import may_name
from plenary.meetings.models import Communique
from plenary.meetings.sheet import veil
from plenary.proposals.models import Proposal
from plenary.proposals.reading import open_to
from plenary.record.entry import read_entry
from plenary.record.models import Entry

# Their payloads name a person; who is in the room is known to the room.
NAMES_A_PERSON = frozenset({"office.filled", "person.accredited", "person.left"})


class Veils:
    """The veils that are closed to one reader, found out once for a list of entries."""

    def __init__(self, viewer: Viewer, closed: Mapping[str, str]) -> None:
        self.viewer, self.closed = viewer, closed

    def hides(self, entry: Entry) -> bool:
        """A delegation always reads its own, and what was entered or stated for it."""
        return entry.veil in self.closed and not self._own(entry)

    def _own(self, entry: Entry) -> bool:
        code = self.viewer.code
        if not code or entry.actor == f"delegation:{code}":
            return bool(code)
        return read_entry(bytes(entry.written)).get("delegation") == code

    def hides_payload(self, entry: Entry) -> bool:
        return self.hides(entry) or (entry.type in NAMES_A_PERSON and not self.viewer.inside)

    def why(self, entry: Entry) -> str:
        """draft, or the question's rule of publication: decided, never."""
        return self.closed.get(entry.veil, "")


async def veils_over(viewer: Viewer, entries: Iterable[Entry]) -> Veils:
    names = {entry.veil for entry in entries} - {""}
    drafts = {name for name in names if name.startswith("draft:")}
    questions = {name for name in names if name.startswith("question:")}
    communiques = {name for name in names if name.startswith("communique:")}
    closed = dict.fromkeys(names - drafts - questions - communiques, "")
    closed |= await _closed_drafts(viewer, drafts)
    closed |= await _closed_communiques(viewer, communiques)
    return Veils(viewer, closed | await _closed_questions(viewer, questions))


async def _closed_drafts(viewer: Viewer, names: set[str]) -> dict[str, str]:
    """A draft is for delegations and the bureau until it is tabled."""
    if not names or viewer.drafts is None:
        return {}
    symbols = [name.removeprefix("draft:") for name in names]
    known = await Proposal.filter(open_to(viewer), symbol__in=symbols)
    return dict.fromkeys(names - {f"draft:{one.symbol}" for one in known}, "draft")


async def _closed_communiques(viewer: Viewer, names: set[str]) -> dict[str, str]:
    """A draft communiqué is for delegations and the bureau until it is issued."""
    if not names or viewer.drafts is None:
        return {}
    ids = [int(name.removeprefix("communique:")) for name in names]
    own = Q(meeting__body__key__in=sorted(viewer.drafts)) if viewer.drafts else Q(id=0)
    issued = await Communique.filter(Q(status="issued") | own, meeting_id__in=ids)
    return dict.fromkeys(names - {veil(one.meeting_id) for one in issued}, "draft")  # type: ignore[attr-defined]


async def _closed_questions(viewer: Viewer, names: set[str]) -> dict[str, str]:
    """The rule of publication was fixed when the question was put."""
    if not names:
        return {}
    ids = [int(name.removeprefix("question:")) for name in names]
    asked = await Question.filter(id__in=ids).prefetch_related("proposal")
    return {
        f"question:{one.id}": one.publication
        for one in asked
        if not may_name(one, viewer, decided=not is_open(one, one.proposal))
    }
