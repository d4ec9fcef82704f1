"""Words that were removed by an order, said to the reader: in pages, files, feeds and letters."""

from plenary.texts.removed import Mark, in_words
from plenary.web import dates, language


def said(text: str) -> str:
    """A text for a reader, in the language of the page."""
    return in_words(text, _words)


def _words(mark: Mark | None) -> str:
    _ = language.translate
    if mark is None:
        return _("[Removed by order.]")
    return _("[Removed by order of %(who)s on %(day)s. Ground: %(ground)s. Entry %(n)s.]") % {
        "who": office_word(mark.office), "day": dates.loose(mark.day.isoformat()),
        "ground": ground_word(mark.ground), "n": mark.order,
    }  # fmt: skip


def office_word(office: str) -> str:
    """Who ordered it: the Chair, the chair of a group, the body, a court."""
    name, _colon, body = office.partition(":")
    if name == "chair" and body != "plenary":
        return language.translate("the chair (%(body)s)") % {"body": body}
    if name == "body" and body != "plenary":
        return language.translate("the body (%(body)s)") % {"body": body}
    words = {
        "chair": language.translate("the Chair"),
        "body": language.translate("the Plenary"),
        "court": language.translate("a court"),
    }
    return words.get(name, office)


def ground_word(ground: str) -> str:
    words = {
        "personal": language.translate("personal data"), "insult": language.translate("insult"),
        "confidential": language.translate("confidential"),
        "unlawful": language.translate("unlawful"),
        "mistake": language.translate("entered by mistake"),
    }  # fmt: skip
    return words.get(ground, ground)
