"""Which entries of the record a reader may not read yet. What is closed shows that it is there.

That, its number, its leaf and its day, and no more. Number and leaf are what the proofs of every
other entry are made of, so they stay. What its payload is bound by does not: it is what keeps a
leaf from being found by trying every answer of everyone. Nor does the hour: beside counts that
move, or beside who was seen at the microphone, it would name the speaker. What is left to find out
is that somebody acted on that day, between two acts whose hours are known, for the order of the
record is public; and that somebody who reads the size of the record every second sees an act come,
as they would hear a door. Neither says who, on what, or with which answer: counts are public only
with the outcome (`rules.countable`), so no answer follows by subtraction; the page of a proposal,
its ETag and its length stay the same through a hidden act; a receipt that is not one's own shows
the day as well.

An Observer's view is public at once, with its hour, unless the Observer chose that it follows the
rule of its question: then it is hidden like a position. It is no more than any other public act
between hidden ones: none of them moves a count.

A file and a feed are passed on. Under `never` they hide from everyone what the rule hides from
anyone, the Chair and the delegation itself among them; only the receipt of one's own act says what
it is a receipt for.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, tzinfo

from plenary.bodies.days import seat_zone
from plenary.bodies.viewers import Viewer
from plenary.meetings.communique_sheet import communiques_open_to, veil
from plenary.meetings.models import Communique
from plenary.proposals.comments import KEPT, comments_open_to
from plenary.proposals.models import Comment, Proposal
from plenary.proposals.reading import open_to
from plenary.proposals.rules import comment_veil
from plenary.questions.models import Question
from plenary.questions.publication import decided_among, may_name
from plenary.questions.rules import Publication, may_leave
from plenary.record import acts
from plenary.record.entry import read_entry
from plenary.record.entry_types import Reads
from plenary.record.models import Entry


class Veils:
    """The veils that are closed to one reader, found out once for a list of entries."""

    def __init__(
        self, viewer: Viewer, closed: Mapping[str, str], kept: Mapping[str, str], zone: tzinfo
    ) -> None:
        self.viewer, self.closed, self.kept, self.zone = viewer, closed, kept, zone

    def hides(self, entry: Entry) -> bool:
        """A delegation always reads its own, and what was entered or stated for it."""
        return entry.veil in self.closed and not self.own(entry)

    def keeps(self, entry: Entry) -> bool:
        """Whether a file says nothing of it: whatever its reader may read, it is passed on."""
        return self.hides(entry) or entry.veil in self.kept

    def day(self, entry: Entry) -> date:
        """When, as far as it is told of what is hidden; the seat's day everywhere, for two zones'
        days would narrow each other down."""
        return entry.at.astimezone(self.zone).date()

    def midnight(self, entry: Entry) -> datetime:
        """The same for a feed, which needs an instant: that day's beginning."""
        return datetime.combine(self.day(entry), time(), self.zone).astimezone(UTC)

    def own(self, entry: Entry) -> bool:
        code = self.viewer.code
        if entry.veil.startswith("comment:") and entry.actor in self.viewer.capacities:
            return True
        if not code or entry.actor == f"delegation:{code}":
            return bool(code)
        return read_entry(bytes(entry.written)).get("delegation") == code

    def hides_payload(self, entry: Entry) -> bool:
        inside = acts.of(entry.type).reads is Reads.INSIDE
        return self.hides(entry) or (inside and not self.viewer.inside)

    def why(self, entry: Entry) -> str:
        """draft, or the question's rule of publication: decided, never."""
        return self.closed.get(entry.veil) or self.kept.get(entry.veil, "")


async def veils_over(viewer: Viewer, entries: Iterable[Entry]) -> Veils:
    names = {entry.veil for entry in entries} - {""}
    drafts = {name for name in names if name.startswith("draft:")}
    questions = {name for name in names if name.startswith("question:")}
    communiques = {name for name in names if name.startswith("communique:")}
    comments = {name for name in names if name.startswith("comment:")}
    # Whom a draft was shown to: each reader's own to know, in no file, and never opened.
    readers = dict.fromkeys({name for name in names if name.startswith("readers:")}, "draft")
    closed = dict.fromkeys(names - drafts - questions - communiques - comments, "") | readers
    closed |= await _closed_drafts(viewer, drafts)
    closed |= await _closed_communiques(viewer, communiques)
    kept, unnamed = await _questions(viewer, questions)
    unpublished, unread = await _comments(viewer, comments)
    return Veils(viewer, closed | unnamed | unread, kept | unpublished | readers, await seat_zone())


async def _closed_drafts(viewer: Viewer, names: set[str]) -> dict[str, str]:
    if not names:
        return {}
    symbols = [name.removeprefix("draft:") for name in names]
    known = await Proposal.filter(open_to(viewer), symbol__in=symbols)
    return dict.fromkeys(names - {f"draft:{proposal.symbol}" for proposal in known}, "draft")


async def _closed_communiques(viewer: Viewer, names: set[str]) -> dict[str, str]:
    if not names:
        return {}
    ids = [int(name.removeprefix("communique:")) for name in names]
    known = await Communique.filter(communiques_open_to(viewer), meeting_id__in=ids)
    return dict.fromkeys(names - {veil(communique.meeting_id) for communique in known}, "draft")


async def _comments(viewer: Viewer, names: set[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Those that no file tells of, and those that are closed to this reader.

    A comment made on a draft is the draft's readers' and its author's until its author publishes
    it: no tabling opens it.
    """
    if not names:
        return {}, {}
    entries = [int(name.removeprefix("comment:")) for name in names]
    rows = Comment.filter(KEPT, entry__in=entries)
    read = rows.filter(comments_open_to(viewer))
    kept = {comment_veil(comment.entry): "draft" for comment in await rows}
    opened = {comment_veil(comment.entry) for comment in await read}
    return kept, {name: why for name, why in kept.items() if name not in opened}


async def _questions(viewer: Viewer, names: set[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Those that no file tells of, and those that are closed to this reader; each with its rule.

    The rule of publication was fixed when the question was put.
    """
    if not names:
        return {}, {}
    asked = await Question.filter(id__in=[int(name.removeprefix("question:")) for name in names])
    rules = {f"question:{question.id}": question.publication for question in asked}
    closed = {f"question:{number}" for number in await closed_questions(viewer, asked)}
    kept = {name: rule for name, rule in rules.items() if not may_leave(Publication(rule))}
    return kept, {name: rule for name, rule in rules.items() if name in closed}


async def closed_questions(viewer: Viewer, asked: Sequence[Question]) -> frozenset[int]:
    """Those of which this reader may not know who said what, by id."""
    decided = await decided_among([question.id for question in asked])
    named = (
        question.id
        for question in asked
        if may_name(question, viewer, decided=question.id in decided)
    )
    return frozenset(question.id for question in asked) - frozenset(named)
