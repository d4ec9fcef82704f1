"""The words of an answer in a form: on which paragraphs, why, and what would lift each concern."""

from collections.abc import Iterator

from plenary.questions.actions.answers import Answer
from plenary.questions.concerns import WHOLE, Concern, Worded, settled
from plenary.questions.rules import Stance
from plenary.web.forms import Form
from plenary.web.language import WRITTEN, current

MOST = 5_000  # characters of an explanation: about 500 words and some room
LONGEST_KEY = 12  # of a paragraph
ALL = "whole"  # in a form: the text as a whole, named like a paragraph
OWN = ("explanation", "would_join")  # fields that a paragraph has for itself: explanation.p3


def worded(form: Form, stance: Stance, version: int) -> Answer:
    """An answer as it is written; what would lift it is asked of an objection alone."""
    lifts = stance is Stance.OBJECT  # the field is hidden with any other choice
    explanation, would_join = _words(form, "", lifts=lifts)
    concerns = [
        Concern(WHOLE) if key == ALL else Concern(key, *_words(form, f".{key}", lifts=lifts))
        for key in _chosen(form)
    ]
    clause, explanation, would_join, apart = settled(explanation, would_join, concerns)
    return Answer(
        stance=stance,
        version=version,
        clause=clause,
        explanation=explanation,
        would_join=would_join,
        apart=apart,
        language=form.choice("language", WRITTEN, current()),
        ad_referendum=form.flag("ad_referendum"),
        follow_publication=form.flag("follow_publication"),
        key=form.key(),
    )


def typed(said: Worded) -> dict[str, str]:
    """The same the other way: the fields of a form that say what was said."""
    fields = {"explanation": said.explanation, "would_join": said.would_join}
    fields["clause"] = " ".join(concern.clause or ALL for concern in said.concerns)
    for concern in said.words_apart:
        fields[f"explanation.{concern.clause}"] = concern.explanation
        fields[f"would_join.{concern.clause}"] = concern.would_join
    return fields


def _chosen(form: Form) -> list[str]:
    """The paragraphs that are ticked; words on another are kept for whoever sent them to decide."""
    chosen = form.several("clause")
    if any(len(key) > LONGEST_KEY for key in chosen):
        form.fail("clause", "unknown_clause", clause=chosen[0])
        return []
    for key in _written_on(form):
        if key not in chosen:
            form.fail("clause", "paragraph_not_chosen")
            form.fail(f"explanation.{key}", "paragraph_not_chosen")
    return chosen


def _written_on(form: Form) -> Iterator[str]:
    for name, text in form.written:
        field, dot, key = name.partition(".")
        if dot and field in OWN and text.strip():
            yield key


def _words(form: Form, of: str, *, lifts: bool) -> tuple[str, str]:
    explanation = form.text(f"explanation{of}", needed=False, most=MOST)
    would_join = form.text(f"would_join{of}", needed=False, most=MOST)
    return explanation, would_join if lifts else ""
