"""A refusal in words for whoever has no page: the command line."""

from typing import Any

from plenary.refusal import Invalid, Refused
from plenary.web.render import environment


def in_words(refused: Refused) -> str:
    """The sentence that the pages have for it, in English; each fault after its field's name."""
    words: Any = environment().get_template("errors/words.html").module
    if isinstance(refused, Invalid):
        faults = refused.errors.items()
        return "; ".join(f"{field}: {str(words.fault(fault)).strip()}" for field, fault in faults)
    said = str(words.refusal(refused.reason, refused.facts)).strip() or refused.reason
    driver = refused.facts.get("said")  # what the database itself said is for the operator alone
    return f"{said} ({driver})" if driver else said
