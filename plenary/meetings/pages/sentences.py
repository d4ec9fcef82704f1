"""Facts as sentences, in the language of the page or in every language of a communiqué."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from plenary.bodies.models import Words
from plenary.meetings.communique import LANGUAGES, Data
from plenary.web import dates, language
from plenary.web.dates import Place
from plenary.web.render import environment


def say(fact: Data) -> Words:
    """A fact as a sentence of the communiqué, by language."""
    return {code: sentence(fact, code) for code in LANGUAGES}


def sentence(fact: Data, spoken: str = "") -> str:
    """A fact as a sentence, in plain text: in a language, or in that of the page."""
    with _speaking(spoken or language.current()):
        template = environment().get_template("meetings/_sentence.html")
        macro = template.make_module({"until": until}).sentence  # type: ignore[attr-defined]
        return " ".join(str(macro(fact)).split())


def until(fact: Data) -> str:
    """Thursday 21 November 2019, 18:00 New Delhi (12:30 UTC)."""
    place = Place(dict(fact["place"]), fact["zone"])
    return dates.instant(datetime.fromisoformat(fact["closes"]), place).striptags()


@contextmanager
def _speaking(spoken: str) -> Iterator[None]:
    before = language.current()
    language.use(spoken)
    try:
        yield
    finally:
        language.use(before)
