"""Fields that several of the secretariat's forms have."""

import re

from plenary.bodies.models import Body, Delegation, Words
from plenary.bodies.pages.order import by_name
from plenary.bodies.rules import CODE, SLUG
from plenary.texts import folding
from plenary.web.forms import Form
from plenary.web.render import named


def words(form: Form, name: str, *, needed: bool = True, most: int = 200) -> Words:
    """name_en and name_fr; French may follow later."""
    found = {
        "en": form.line(f"{name}_en", needed=needed, most=most),
        "fr": form.line(f"{name}_fr", needed=False, most=most),
    }
    return {language: text for language, text in found.items() if text}


def matching(form: Form, name: str, pattern: re.Pattern[str], fault: str, value: str) -> str:
    if value and not pattern.fullmatch(value):
        form.fail(name, fault)
    return value


def code(form: Form, name: str = "code") -> str:
    """A delegation's code, in capitals."""
    return matching(form, name, CODE, "code_form", form.line(name, most=12).upper())


def slug(form: Form, name: str, source: str) -> str:
    """A part of an address; made from a name where it is left empty."""
    value = form.line(name, needed=False, most=60) or folding.slug(source, 60)
    if not value:
        form.fail(name, "needed")
    return matching(form, name, SLUG, "slug_form", value)


async def delegation_options(**only: str) -> list[tuple[str, str]]:
    """All delegations for a select, by name."""
    return [
        (d.code, f"{named(d.names)} ({d.code})") for d in by_name(await Delegation.filter(**only))
    ]


async def body_options() -> list[tuple[str, str]]:
    """All bodies for a select: the Plenary first, the others by name."""
    bodies = await Body.all()
    bodies.sort(key=lambda body: (body.key != "plenary", folding.plain(named(body.names))))
    return [(body.key, named(body.names)) for body in bodies]
