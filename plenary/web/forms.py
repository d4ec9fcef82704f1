"""Form data to checked values, or each fault beside its field. What was typed is kept."""

import re
import secrets
import unicodedata
from collections.abc import Iterable
from datetime import date
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from plenary.mailbox import MOST, address_of
from plenary.refusal import Fault, Invalid

FIELDS = 400  # the most fields any of our forms sends: a roll call has one for each delegation
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")  # the characters of category Cc, all of them
BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Form:
    """The fields as typed, and the faults found so far."""

    def __init__(self, values: dict[str, str] | None = None) -> None:
        self.values = values or {}
        self.errors: dict[str, Fault] = {}

    def __getitem__(self, name: str) -> str:
        """What was typed, for the form to show again; an empty field is an empty text."""
        return self.values.get(name, "")

    def fail(self, name: str, fault: str, **facts: object) -> None:
        self.errors.setdefault(name, Fault(fault, **facts))

    def line(self, name: str, *, needed: bool = True, most: int = 200) -> str:
        """One line of text, trimmed, in NFC, without control or direction characters."""
        value = unicodedata.normalize("NFC", self[name].strip())
        if CONTROL.search(value):
            self.fail(name, "control_character")
        if not BIDI.isdisjoint(value):
            self.fail(name, "bidi_character")
        return self._within(name, value, needed, most)

    def text(self, name: str, *, needed: bool = True, most: int = 20_000) -> str:
        """A text of several lines. Direction marks are refused: they can hide what is read."""
        value = self[name].replace("\r\n", "\n").replace("\r", "\n").strip()
        value = unicodedata.normalize("NFC", value)
        if CONTROL.search(value.replace("\n", "").replace("\t", "")):
            self.fail(name, "control_character")
        if not BIDI.isdisjoint(value):
            self.fail(name, "bidi_character")
        return self._within(name, value, needed, most)

    def choice(self, name: str, options: Iterable[str], default: str = "") -> str:
        """One of the options; a missing field takes the default, where there is one."""
        value = self[name] or default
        if value not in options:
            self.fail(name, "choose" if not value else "unknown_choice", value=value)
        return value

    def whole(self, name: str, default: int | None = None) -> int:
        value = self[name].strip()
        if not value and default is not None:
            return default
        if not (value.isascii() and value.isdigit() and len(value) < 10):
            self.fail(name, "whole_number")
            return 0
        return int(value)

    def day(self, name: str, *, needed: bool = False) -> date | None:
        """A date as 2019-11-20."""
        value = self[name].strip()
        if not value:
            if needed:
                self.fail(name, "needed")
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(name, "not_a_date")
            return None

    def email(self, name: str) -> str:
        """An e-mail address in the one form in which it is kept."""
        value = self.line(name, most=MOST)
        address = address_of(value)
        if value and not address:
            self.fail(name, "not_an_address")
        return address

    def flag(self, name: str) -> bool:
        return self[name] in ("1", "on", "true", "yes")

    def key(self) -> str:
        """The idempotency key that was made with the form."""
        return self.line("key", needed=False, most=64)

    def check(self) -> None:
        if self.errors:
            raise Invalid(self.errors)

    def _within(self, name: str, value: str, needed: bool, most: int) -> str:
        if needed and not value:
            self.fail(name, "needed")
        if len(value) > most:
            self.fail(name, "too_long", over=len(value) - most, most=most)
        return value


async def read_form(request: Request) -> Form:
    """The posted fields, each once (the last wins); kept on the request for the error pages."""
    try:
        form = Form(await _posted(request))
    except ClientDisconnect as gone:  # nobody waits for the answer, and nothing of it is ours
        raise HTTPException(400, "The form did not arrive whole") from gone
    request.state.form = form
    return form


async def _posted(request: Request) -> dict[str, str]:
    """Read strictly: bytes that are not UTF-8 are refused, and never replaced on the record."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        data = await request.form(max_fields=FIELDS, max_files=0, max_part_size=1_000_000)
        return {name: value for name, value in data.items() if isinstance(value, str)}
    try:
        text = (await request.body()).decode()
        return dict(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=FIELDS))
    except ValueError as error:  # not UTF-8, or too many fields
        raise HTTPException(400, "The form cannot be read") from error


def new_key() -> str:
    """An idempotency key: made with a form, so that sending it twice is one act."""
    return secrets.token_urlsafe(18)
