"""The only caller of Jinja. Undefined names are errors, everything is escaped."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from plenary.kept import CachedResults
from plenary.web import answers, dates, language, markdown
from plenary.web.answers import see as see
from plenary.web.compiled import Compiled
from plenary.web.forms import new_key
from plenary.web.redlining import redline_html
from plenary.web.removals import said
from plenary.web.static import asset_dir, static_url

# The indentation of a line, and the end of a block before it, if one stands there.
_INDENTED = re.compile(r"([%#]})?\n[ \t]+(?=\S)")

# What clause_html adds to a bracket to number it; user text cannot hold these tags.
_NUMBER = re.compile(r'<sup><a href="#b\d+"[^>]*>\d+</a></sup>|(?<=class="br") id="b\d+"')


@cache
def environment() -> Environment:
    env = Environment(
        loader=Templates(asset_dir("templates")),
        bytecode_cache=Compiled(Path(__file__)),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(  # type: ignore[attr-defined]
        language.translate,
        language.translate_count,
        newstyle=True,
        pgettext=language.translate_in,
        npgettext=language.translate_count_in,
    )
    env.globals.update(gettext=sentence)  # as its newstyle, without making each sentence anew
    env.filters.update(named=named, moment=datetime.fromisoformat)  # an instant of the record
    env.globals.update(
        static=static_url,
        own_name=language.own_name,
        language_name=language.name_in,
        direction=language.direction,
        url=url,
        new_key=new_key,
        named=named,
        languages=language.LANGUAGES,
        written=language.WRITTEN,
        language_of=language.current,
        loose=dates.loose,
        machine=dates.machine,
        time_left=dates.time_left,
        prefixed=language.prefixed,
        clause=clause,
        redline=red,
        prose=prose,
    )
    return env


class Templates(FileSystemLoader):
    """Templates without their indentation, which is for whoever reads them: pages weighed a
    fiftieth more with it."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        source, path, is_fresh = super().get_source(environment, template)
        return unindented(source) if template.endswith(".html") else source, path, is_fresh


def unindented(source: str) -> str:
    """Each line from its first character. After a block, whose line end Jinja takes away, one space
    is left of it: there it is all that keeps two words apart."""
    return _INDENTED.sub(lambda found: f"{found[1]}\n " if found[1] else "\n", source)


@pass_eval_context
def sentence(context: EvalContext, text: str, /, **values: Any) -> str:
    """In the language of the page, with its values, escaped where the template escapes; without
    any, `%%` stands for `%`."""
    said = _sentence(text, language.current(), bool(context.autoescape), not values)
    return said % values if values else said


@lru_cache(5_000)
def _sentence(text: str, _: str, escaped: bool, whole: bool) -> str:
    said = language.translate(text)
    said = Markup(said) if escaped else said
    return said % {} if whole else said


def prepare_refusals() -> None:
    """Before the first is needed: their words take a fifth of a second to compile, and everybody
    who waits is refused at the same moment."""
    for name in ("base/page", "errors/_kept", "errors/words", "errors/unavailable"):
        environment().get_template(f"{name}.html")


def clause(text: str, first_bracket: int, *, numbered: bool = True) -> Markup:
    """A clause as it was said: Markdown made safe, its brackets numbered from `first_bracket`.

    A translation that lags behind has brackets of its own, which no one calls out: unnumbered.
    """
    made = _clauses(text)
    shown = markdown.numbered(made.html, first_bracket, _bracket_word)
    return _said(shown if numbered else _NUMBER.sub("", shown), made)


def red(pieces: Any, first_bracket: int = 0) -> Markup:
    """A redline, with words for those who cannot see it, and the new text's bracket numbers."""
    _ = language.translate
    return Markup(redline_html(pieces, _("added"), _("removed"), _("end"), first_bracket))


def prose(text: str) -> Markup:
    """What people wrote in a comment or an explanation: Markdown made safe."""
    made = _proses(text)
    return _said(made.html, made)


def _said(html: str, made: markdown.SafeText) -> Markup:
    """Marks that would take too long to read are printed, and the page says so."""
    if not made.typed:
        return Markup(html)
    words = language.translate("Shown as it was typed: it has too many marks to be laid out.")
    return Markup('{}<p class="k">{}</p>').format(Markup(html), words)


_MOST_KEPT = 1_000_000  # characters, of each kind
_clauses = CachedResults(markdown.clause, lambda made: len(made.html), _MOST_KEPT)
_proses = CachedResults(markdown.prose, lambda made: len(made.html), _MOST_KEPT)


def _bracket_word(number: int) -> str:
    return language.translate("Bracket %(n)s") % {"n": number}


def url(path: str) -> str:
    """A path of ours in the language of the page."""
    return language.prefixed(path, language.current())


def named(words: Mapping[str, str]) -> str:
    """A name in the page's language, else in English, else in whatever there is."""
    return words.get(language.current()) or words.get("en") or next(iter(words.values()), "")


def html(request: Request, template: str, **context: Any) -> str:
    """A template as text, with what every page knows of its request."""
    site = request.state.site
    place = site.place
    return said(
        environment()
        .get_template(template)
        .render(
            request=request,
            viewer=request.state.viewer,
            site=site,
            path=quote(request.scope["path"]),  # a backslash would lead out of the site
            query=request.scope["query_string"].decode("latin-1"),
            day=lambda at: dates.day(at, place),
            weekday=lambda at: dates.weekday(at, place),
            hour=lambda at, zone="": dates.hour(at, dates.place_of(zone, place)),
            exact=lambda at, zone="": dates.exact(at, dates.place_of(zone, place)),
            instant=lambda at, seconds=False, zone="": dates.instant(
                at, dates.place_of(zone, place), seconds=seconds
            ),
            **context,
        )
    )


def render(request: Request, template: str, *, status: int = 200, **context: Any) -> Response:
    """A page or a fragment; one of much that people wrote is laid out where nobody waits for it."""
    return answers.as_page(partial(html, request, template, **context), context, status)
