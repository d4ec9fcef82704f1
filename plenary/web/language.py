"""Which language a page is in: English without a prefix, every other under its own, /fr/….

The language stands in the address, so that a page is the same for everyone who follows a link.
"""

import gettext
import io
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from babel import Locale
from starlette.types import ASGIApp, Receive, Scope, Send

SOURCE = "en"
LANGUAGES = ("en", "fr")  # complete ones: a test counts the words of each
CATALOGUES = Path(__file__).parents[1] / "locale"
# What people may write in, whatever language the pages have.
WRITTEN = ("en", "fr", "es", "pt", "ru", "ar", "zh")

_current: ContextVar[str] = ContextVar("language", default=SOURCE)


def current() -> str:
    return _current.get()


def use(language: str) -> None:
    """Speak this language from here on in the present task."""
    _current.set(language)


def direction(language: str) -> str:
    """ltr or rtl."""
    return Locale.parse(language).text_direction


def own_name(language: str) -> str:
    """A language by its own name, as its readers look for it: Français."""
    name = Locale.parse(language).get_display_name(language) or language
    return name[0].upper() + name[1:]


def name_in(language: str) -> str:
    """A language by its name in the language of the page: French, français."""
    return Locale.parse(language).get_display_name(current()) or language


def translate(text: str) -> str:
    return catalogue(current()).gettext(text)


def translate_count(singular: str, plural: str, n: int) -> str:
    return catalogue(current()).ngettext(singular, plural, n)


def translate_in(context: str, text: str) -> str:
    return catalogue(current()).pgettext(context, text)


def translate_count_in(context: str, singular: str, plural: str, n: int) -> str:
    return catalogue(current()).npgettext(context, singular, plural, n)


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The compiled catalogue, which is all that a wheel has; in a checkout made from the .po at
    once where the .mo is missing or older."""
    folder = CATALOGUES / language / "LC_MESSAGES"
    source, compiled = folder / "plenary.po", folder / "plenary.mo"
    if source.exists() and not _is_newer(compiled, source):
        return gettext.GNUTranslations(_compiled(source, language))
    if language == SOURCE or not compiled.exists():
        return gettext.NullTranslations()
    return gettext.GNUTranslations(io.BytesIO(compiled.read_bytes()))


def _is_newer(compiled: Path, source: Path) -> bool:
    return compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime


def _compiled(source: Path, language: str) -> io.BytesIO:
    from babel.messages.mofile import write_mo  # a service that was installed never needs them
    from babel.messages.pofile import read_po

    made = io.BytesIO()
    write_mo(made, read_po(io.BytesIO(source.read_bytes()), locale=language))
    made.seek(0)
    return made


def prefixed(path: str, language: str) -> str:
    """The address of a path in a language: /proposals, /fr/proposals."""
    return path if language == SOURCE else f"/{language}{path if path != '/' else '/'}"


class LanguageOfPath:
    """Takes the prefix off the path, so that every route exists once."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        language, path = split(scope["path"])
        token = _current.set(language)
        try:
            await self.app({**scope, "path": path, "raw_path": path.encode()}, receive, send)
        finally:
            _current.reset(token)


def split(path: str) -> tuple[str, str]:
    """('fr', '/proposals') of /fr/proposals; English has no prefix of its own."""
    first, _, rest = path.removeprefix("/").partition("/")
    if first in LANGUAGES and first != SOURCE:
        return first, f"/{rest}"
    return SOURCE, path
