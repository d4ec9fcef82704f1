"""What is known of a type of entry: the shape of a row of the catalogue in `acts`. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Leads(StrEnum):
    """The page that a reader is led to from an act."""

    PROPOSAL = "proposal"
    VERSION = "version"  # of a proposal
    SPONSORS = "sponsors"  # the names under it
    COMMENT = "comment"
    POSITIONS = "positions"  # on a proposal, at the speaker's
    ON_BEHALF = "on_behalf"
    DECISION = "decision"
    BESIDE = "beside"  # a decision: its statements, corrections, follow-ups
    BODY = "body"
    DELEGATION = "delegation"
    MEASURE = "measure"  # about a delegation, with the appeal that stands beside it
    MEETING = "meeting"
    ROLL = "roll"  # of a meeting
    COMMUNIQUE = "communique"
    PROCEDURE = "procedure"
    REGISTER = "register"  # of past decisions
    CONCERNED = "concerned"  # the entry that it names
    ENTRY = "entry"  # its own


class Payload(StrEnum):
    """What stands in the payload of an entry, and goes by an order."""

    NONE = "none"
    WORDS = "words"
    TITLE = "title"  # of a proposal
    TEXT = "text"  # of a version, in a language
    COMMUNIQUE = "communique"  # or one paragraph of it
    PERSON = "person"  # by name


class Reads(StrEnum):
    """Who reads a payload once no veil lies over its entry."""

    EVERYONE = "everyone"
    INSIDE = "inside"  # who is in the room is known to the room


class Veil(StrEnum):
    """Under what an act may be hidden until later: a draft, a question's rule of publication…"""

    DRAFT = "draft"
    QUESTION = "question"
    COMMENT = "comment"
    COMMUNIQUE = "communique"
    READERS = "readers"  # of a draft: whom it is shown to


class Says(StrEnum):
    """What the `value` of an entry is, where a delegation answers a question with it."""

    NOTHING = ""
    POSITION = "position"  # a Participant's
    VIEW = "view"  # an Observer's


@dataclass(frozen=True)
class EntryType:
    """One row of the catalogue."""

    words: str  # the sentence that names it, in English
    leads: Leads
    payload: Payload = Payload.NONE
    veils: tuple[Veil, ...] = ()  # those that may lie over it
    receipt: str = ""  # how its receipt is called in a list; none is given, else
    pace: tuple[int, int] | None = None  # at most within ten minutes and a day: see `pace`
    # On the way of a proposal.
    milestone: bool = False  # it moves the text or the question
    turning: bool = False  # a milestone that stands out
    on_question: bool = False  # an act on the question itself, which its certificate lists
    says: Says = Says.NOTHING
    counted: bool = False  # a position that enters a count
    # In the log of changes.
    listed: bool = True
    together: bool = False  # one act may bring a hundred: one line tells of them
    # For whom it is news.
    by_another: bool = False  # done for a delegation by another hand: its heads are told
    notice: str = ""  # how its notice is called, where that is not by the entry's own word
    screen: str = ""  # of the secretariat or the room, which shows it when it is done
    # Where words are removed by an order.
    quoted: tuple[str, ...] = ()  # parts of its payload that others repeat word for word
    repeats: bool = False  # its payload repeats others' words, beside its own

    @property
    def only_its_own(self) -> bool:
        """It changes no question but that of its topic: an answer does, a comment changes none."""
        return bool(self.says) or self.leads is Leads.COMMENT

    @property
    def reads(self) -> Reads:
        return Reads.INSIDE if self.payload is Payload.PERSON else Reads.EVERYONE
