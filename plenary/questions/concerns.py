"""What an answer holds on single paragraphs: on which, why, and what would lift it. Pure.

An answer about one paragraph says why in its own words. Where it is about several, each concern
stands on its paragraph with words of its own, and the answer's own words are on all of them.
"""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from plenary.questions.rules import NEEDS_EXPLANATION, Stance
from plenary.refusal import Fault

MOST = 50  # in one answer, for their paragraphs stand in its entry
MOST_WORDS = 30_000  # characters of all its words together
WHOLE = ""  # stands for a clause where the text as a whole is meant


@dataclass(frozen=True)
class Concern:
    """On one paragraph: why, and what would lift it; no words where the answer's own say it."""

    clause: str = WHOLE
    explanation: str = ""
    would_join: str = ""

    @property
    def worded(self) -> bool:
        return bool(self.explanation.strip() or self.would_join.strip())


class Worded:
    """What an answer says, on whatever it is about: as it is handed in, kept or shown."""

    stance: Stance
    clause: str  # the first that it is about; none: the whole text
    explanation: str
    would_join: str
    apart: tuple[Concern, ...]  # all of them, where they are several or one has words of its own

    @property
    def concerns(self) -> tuple[Concern, ...]:
        """Each of them as it was worded; to support a text as a whole is none."""
        alone = self.clause or self.stance in NEEDS_EXPLANATION
        return self.apart or ((Concern(self.clause),) if alone else ())

    @property
    def clauses(self) -> tuple[str, ...]:
        """What it is about, by their keys."""
        return tuple(concern.clause for concern in self.concerns) or (WHOLE,)

    @property
    def words_apart(self) -> tuple[Concern, ...]:
        """Those that have words of their own."""
        return tuple(concern for concern in self.apart if concern.worded)

    @property
    def reasoned(self) -> bool:
        return is_reasoned(self.explanation, self.apart)

    @property
    def characters(self) -> int:
        return sum(map(len, self.texts()))

    def texts(self) -> Iterator[str]:
        """Everything that it says."""
        yield from (self.explanation, self.would_join)
        for concern in self.apart:
            yield from (concern.explanation, concern.would_join)

    def filled(self) -> list[Concern]:
        """Its concerns, each with its reason: the answer's, where it has no words of its own."""
        own = {"explanation": self.explanation, "would_join": self.would_join}
        return [concern if concern.worded else replace(concern, **own) for concern in self.concerns]


def is_reasoned(explanation: str, apart: Iterable[Concern]) -> bool:
    """Whether a reason was given, for the whole or on any paragraph."""
    return any(text.strip() for text in (explanation, *(each.explanation for each in apart)))


def settled(
    explanation: str, would_join: str, concerns: Iterable[Concern]
) -> tuple[str, str, str, tuple[Concern, ...]]:
    """The one way to say it, as clause, explanation, would_join and apart: what is about one
    paragraph alone is said in the answer's own words."""
    about = tuple({concern.clause: concern for concern in concerns}.values())
    if len(about) == 1 and not (explanation or would_join):
        (alone,) = about
        explanation, would_join, about = (
            alone.explanation,
            alone.would_join,
            (Concern(alone.clause),),
        )
    clause = about[0].clause if about else WHOLE
    plain = about == (Concern(clause),) and clause != WHOLE
    return clause, explanation, would_join, () if plain else about


def in_one(said: Worded, name: Literal["explanation", "would_join"]) -> str:
    """All its words of one kind, for a cell of a table: those of a paragraph begin with its key."""
    said_of = [(concern.clause, str(getattr(concern, name))) for concern in said.apart]
    parts = [f"{clause}: {words}" for clause, words in said_of if words]
    return "\n\n".join(filter(None, (str(getattr(said, name)), *parts)))


def kept_apart(said: Worded) -> tuple[Concern, ...]:
    """Those that are kept beside it; the whole text alone is told by its stance and its words."""
    return said.apart if len(said.apart) > 1 or said.words_apart else ()


def faults_of(said: Worded, keys: Container[str]) -> dict[str, Fault]:
    """What an answer must hold: an objection names its paragraphs, or the whole text, and it and
    a reservation have a reason for each. `keys`: of the paragraphs that there are."""
    faults: dict[str, Fault] = {}
    if said.stance in NEEDS_EXPLANATION and not said.explanation.strip():
        needed = Fault("explanation_needed", stance=said.stance.value)
        bare = [concern.clause for concern in said.apart if not concern.explanation.strip()]
        if not said.words_apart:
            faults["explanation"] = needed
        else:
            faults |= {f"explanation.{clause}": needed for clause in bare}
    if said.stance is Stance.OBJECT and not (said.clause or said.apart):
        faults["clause"] = Fault("clause_needed")
    if unknown := [clause for clause in said.clauses if clause != WHOLE and clause not in keys]:
        faults["clause"] = Fault("unknown_clause", clause=unknown[0])
    if len(said.apart) > MOST:
        faults["clause"] = Fault("too_many_concerns", most=MOST)
    elif (over := said.characters - MOST_WORDS) > 0:
        faults["clause"] = Fault("too_long", over=over, most=MOST_WORDS)
    return faults
