"""Every sentence of the pages stands in every language, whole, and in the words of the trade."""

import gettext
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_from_file
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po
from babel.util import pathmatch
from jinja2 import TemplateSyntaxError

from plenary.web import language as module

ROOT = Path(__file__).parents[2]
TRANSLATED = [code for code in module.LANGUAGES if code != module.SOURCE]
PLACE = re.compile(r"%\(\w+\)[a-z]")

# "Do not write", from the section on words in the design. What follows a word makes its other
# forms: votes, blocked, submitting.
NOT_OURS = re.compile(
    r"\b(?:vot(?:e|ing)|veto|block|disagree|majorit|users?\b|submit|OK\b|oops|please note"
    r"|live with it)|%",
    re.IGNORECASE,
)
# Sentences that may hold one all the same, each with the reason.
ALLOWED: dict[str, str] = {
    "Explanation of vote": "the field's own term, on the form of a recorded vote",
    "Recorded vote": "a procedure's own name",
    "Double majority": "a procedure's own name",
    "Small letters, figures and low lines, as in the address of its page: silence, vote, "
    "two_thirds. The same name takes the next number.": "names a key",
    "Recorded vote: share that must answer yes": "adopting one",
    "Recorded vote: share of whom": "adopting one",
    "As JSON: %(all)s for a double majority, or %(rule)s for everything. How conditions are "
    "written stands at the head of plenary/procedures/grammar.py.": "adopting one",
    "Nobody sought consensus on this question: it was put to a recorded vote. Declare that it is "
    "adopted or not adopted, or put it off.": "of a recorded vote",
}

Key = tuple[str, str]


def key_of(message: Message) -> Key:
    """Context and sentence; of two forms the singular."""
    return message.context or "", message.id if isinstance(message.id, str) else message.id[0]


def forms(words: str | list[str] | tuple[str, ...] | None) -> list[str]:
    return [words] if isinstance(words, str) else list(words or ("",))


def mapping() -> tuple[list[tuple[str, str]], dict[str, dict[str, str]]]:
    with (ROOT / ".babel.cfg").open(encoding="utf-8") as file:
        return parse_mapping_cfg(file)


@cache
def spoken() -> dict[Key, Message]:
    """What templates and modules say now, as `make words` would find it."""
    methods, options = mapping()
    keywords = DEFAULT_KEYWORDS | parse_keywords(["translate", "translate_count:1,2"])
    found = Catalog()
    for file_name, line, words, _, context in extract_from_dir(ROOT, methods, options, keywords):
        found.add(words, locations=[(file_name, line)], context=context)
    return {key_of(message): message for message in found if message.id}


@cache
def written(language: str) -> Catalog:
    path = module.CATALOGUES / language / "LC_MESSAGES/plenary.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)


def entries(language: str) -> Iterator[Message]:
    return (message for message in written(language) if message.id)


def where(key: Key) -> str:
    file_name, line = spoken()[key].locations[0]
    return f"{file_name}:{line} {key[1]}"


def test_the_pages_have_sentences_and_the_source_is_one_of_the_languages() -> None:
    assert len(spoken()) > 500
    assert module.SOURCE in module.LANGUAGES
    assert TRANSLATED


def test_no_template_is_passed_over_in_silence() -> None:
    unread = []
    methods, options = mapping()
    for path in sorted((ROOT / "templates").rglob("*.*")):
        name = path.relative_to(ROOT).as_posix()
        for pattern in (glob for glob, method in methods if method == "jinja2"):
            if not pathmatch(pattern, name):
                continue
            try:
                extract_from_file("jinja2", path, options={**options[pattern], "silent": "no"})
            except TemplateSyntaxError as fault:
                unread.append(f"{name}: {fault.message}")
    assert not unread, ".babel.cfg lacks an extension that plenary.web.render has"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_of_the_pages_is_translated_and_none_is_left_over(language: str) -> None:
    said = {key_of(message): message for message in entries(language)}
    missing = [
        where(key) for key in spoken() if key not in said or not all(forms(said[key].string))
    ]
    assert not missing, "make words, then write these"
    over = sorted(said.keys() - spoken().keys())
    assert not over, "no page says these any more: make words"


@pytest.mark.parametrize("language", TRANSLATED)
def test_where_a_sentence_counts_it_has_a_form_for_each_number(language: str) -> None:
    plurals = written(language).num_plurals
    for message in entries(language):
        known = spoken().get(key_of(message))
        assert known is None or bool(message.pluralizable) == bool(known.pluralizable), message.id
        assert len(forms(message.string)) == (plurals if message.pluralizable else 1), message.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_in_a_catalogue_is_a_guess(language: str) -> None:
    assert not [message.id for message in entries(language) if message.fuzzy]


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_places_of_its_sentence_and_no_others(language: str) -> None:
    for message in entries(language):
        wanted = [set(PLACE.findall(text)) for text in forms(message.id)]
        for text in forms(message.string):
            assert set(PLACE.findall(text)) in wanted, message.id
            assert "%" not in PLACE.sub("", text), message.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_begins_and_ends_like_its_sentence(language: str) -> None:
    for message in entries(language):
        said = forms(message.id)[0]
        for text in forms(message.string):
            assert text.partition(text.strip())[::2] == said.partition(said.strip())[::2], (
                message.id
            )


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_sentence_can_break_the_attribute_it_stands_in(language: str) -> None:
    for message in entries(language):
        for text in forms(message.id) + forms(message.string):
            assert not set("\"'<>&") & set(text), text


def test_a_colon_in_french_keeps_its_space_and_the_space_does_not_break() -> None:
    for message in entries("fr"):
        for text in forms(message.string):
            plain = text.replace(" . _ : / -", "")
            assert "\u202f" not in plain, text  # one width of space: two show side by side
            assert not re.search(r" [:;?!»]|« |[^\s«]»|«[^\s]", plain), text
            assert not re.search(r"[^\s\d/][;?!]|[^\W\d]:(?!//)", plain), text


@pytest.mark.parametrize("language", TRANSLATED)
def test_numbers_take_the_forms_that_the_language_gives_them(language: str) -> None:
    book, plural = written(language), gettext.c2py(written(language).plural_expr)
    named = Locale.parse(language).plural_form
    pairs = {(plural(n), named(n)) for n in range(200)}
    assert len(pairs) == len({form for form, _ in pairs}) == len({name for _, name in pairs})
    assert {form for form, _ in pairs} == set(range(book.num_plurals))


def test_in_french_nothing_is_singular() -> None:
    say = module.catalogue("fr").ngettext
    single, many = "%(num)s decision", "%(num)s decisions"
    assert [say(single, many, n) for n in (0, 1, 2)] == [
        "%(num)s décision",
        "%(num)s décision",
        "%(num)s décisions",
    ]


def test_no_page_speaks_of_what_the_body_does_not_do() -> None:
    said = {text: key for key, message in spoken().items() for text in forms(message.id)}
    found = {text for text in said if NOT_OURS.search(PLACE.sub("", text))}
    assert not {where(said[text]) for text in found - ALLOWED.keys()}
    assert not ALLOWED.keys() - found, "these exceptions are no longer needed"
