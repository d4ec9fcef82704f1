"""Form data to checked values, or each fault beside its field. What was typed is kept."""

import re
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from plenary.mailbox import MOST, address_of
from plenary.refusal import Fault, Invalid, Refused
from plenary.texts import characters
from plenary.web.freshness import stands_for
from plenary.zones import NoSuchTime, instant_of, zone_of

# What a browser sends for a local time, with or without seconds; a blank for the T is forgiven.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?")
# The most fields that any of our forms sends: a roll call has one for each delegation there can be
# (bodies.rules.MOST), and some beside them.
FIELDS = 2_100
# Fields that are not what someone wrote: nothing of theirs is lost with them.
NOT_WRITTEN = frozenset(
    ["key", "version", "base", "confirmed", "edit", "language", "stance", "publication", "clause",
     "procedure", "kind", "body", "next", "ad_referendum", "outcome", "constituency", "office",
     "changed", "seen", "choice", "way", "dropped", "fingerprint", "entry", "answer", "id",
     "draft", "before", "follow_publication"]
)  # fmt: skip
# Which hidden fields say what was seen when the form was opened: after these refusals it is anew.
SEEN = {
    "version_moved": ("version",), "version_overtaken": ("base", "version"),
    "spoke_meanwhile": ("seen",),
    "moved_since_seen": ("version", "fingerprint", "seen", "before"),
    "paragraph_changed": ("changed",), "communique_changed": ("changed",), "key_used": ("key",),
    "tabled_meanwhile": ("draft",),
}  # fmt: skip


# What may be chosen several times: its values hold no blank.
REPEATED = frozenset({"clause"})


class Form:
    """The fields as typed, and the faults found so far."""

    def __init__(self, values: dict[str, str] | None = None) -> None:
        self.values = values or {}
        self.errors: dict[str, Fault] = {}
        self.refusal: Refused | None = None

    @property
    def wrong(self) -> bool:
        """Whether it comes back: for its faults, or because the rules said no."""
        return bool(self.errors or self.refusal)

    @property
    def pressed(self) -> bool:
        """Whether it is sent from the check page of an act that takes two presses, to be done."""
        return self.flag("confirmed") and not self.flag("edit")

    @property
    def written(self) -> list[tuple[str, str]]:
        """What somebody wrote into it, field by field."""
        return [
            (name, text) for name, text in self.values.items() if name not in NOT_WRITTEN and text
        ]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What else was sent, but for the press of a button."""
        seen = {name for name, _ in self.written} | {"key", "confirmed", "edit"}
        return [(name, text) for name, text in self.values.items() if name not in seen]

    def refuse(self, refused: Refused) -> None:
        """Keep why it was not taken, for its summary; what it was made from is looked at anew."""
        if isinstance(refused, Invalid):
            self.errors |= refused.errors
            return
        if refused.reason not in {fault.name for fault in self.errors.values()}:
            self.refusal = refused  # else it stands beside its field
        for name in SEEN.get(refused.reason, ()):
            if name != "base" or self[name].isdigit():  # of a vote it is what a share is taken of
                self.values.pop(name, None)

    def __getitem__(self, name: str) -> str:
        """What was typed, for the form to show again; an empty field is an empty text."""
        return self.values.get(name, "")

    def fail(self, name: str, fault: str, **facts: object) -> None:
        self.errors.setdefault(name, Fault(fault, **facts))

    def line(self, name: str, *, needed: bool = True, most: int = 200) -> str:
        """One line of text: a name, a title, a symbol. No word of it passes for another."""
        value = self[name].strip(" \t\r\n")
        self._spelt(name, characters.fault_in(value))
        return self._within(name, characters.one_line(value), needed, most)

    def text(self, name: str, *, needed: bool = True, most: int = 20_000) -> str:
        """A text of several lines. Direction marks are refused: they can hide what is read."""
        self._spelt(name, characters.fault_in(self[name], lines=True))
        return self._within(name, characters.tidy(self[name]).strip(), needed, most)

    def choice(self, name: str, options: Iterable[str], default: str = "") -> str:
        """One of the options; a missing field takes the default, where there is one."""
        value = self[name] or default
        if value not in options:
            self.fail(name, "choose" if not value else "unknown_choice", value=value)
        return value

    def several(self, name: str) -> list[str]:
        """Each value of a field that may be repeated, once."""
        return list(dict.fromkeys(self[name].split()))

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

    def zone(self, name: str, default: str = "") -> str:
        """A time zone by its name, Asia/Kolkata; the default where the field is empty."""
        typed = self.line(name, needed=not default, most=60) or default
        try:
            return zone_of(typed).key
        except ValueError:
            self.fail(name, "unknown_zone", zone=typed)
            return default

    def moment(self, name: str, zone: str, *, needed: bool = False) -> datetime | None:
        """A day and an hour at a place, 2019-11-20T09:30, as an instant in UTC; None if empty.

        An hour that the clocks jump over is refused; of one that they repeat, the later counts.
        """
        typed = self.line(name, needed=needed, most=40)
        if not typed or not zone or name in self.errors:
            return None
        try:
            if not _MOMENT.fullmatch(typed):
                raise ValueError(typed)
            return instant_of(datetime.fromisoformat(typed), zone)
        except NoSuchTime as jumped:
            first = f"{jumped.first.astimezone(zone_of(zone)):%Y-%m-%dT%H:%M}"
            self.fail(name, "no_such_time", zone=zone, first=first)
        except ValueError:
            self.fail(name, "not_a_moment")
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

    def _spelt(self, name: str, fault: Fault | None) -> None:
        if fault is not None:
            self.errors.setdefault(name, fault)

    def _within(self, name: str, value: str, needed: bool, most: int) -> str:
        if needed and not value:
            self.fail(name, "needed")
        if len(value) > most:
            self.fail(name, "too_long", over=len(value) - most, most=most)
        return value


def gathered(posted: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each field once, the last wins; of one that may be repeated all values, with blanks between:
    they stand so in the fields that carry a form on."""
    values: dict[str, str] = {}
    for name, value in posted:
        before = values.get(name, "") if name in REPEATED else ""
        values[name] = f"{before} {value}".strip() if before else value
    return values


async def read_form(request: Request) -> Form:
    """The posted fields (see `gathered`); kept on the request for the error pages."""
    try:
        form = Form(await _posted(request))
    except ClientDisconnect as gone:  # nobody waits for the answer, and nothing of it is ours
        raise HTTPException(400, "The form did not arrive whole") from gone
    if refused := getattr(request.state, "moved", None):  # the second press found it changed:
        form.values.pop("confirmed", None)  # it is a first press again, on what is there now
        form.refuse(refused)
    request.state.form = form
    return form


async def _posted(request: Request) -> dict[str, str]:
    """Read strictly: bytes that are not UTF-8 are refused, and never replaced on the record."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        data = await request.form(max_fields=FIELDS, max_files=0, max_part_size=1_000_000)
        return gathered((n, value) for n, value in data.multi_items() if isinstance(value, str))
    try:
        text = (await request.body()).decode()
        fields = {"keep_blank_values": True, "errors": "strict", "max_num_fields": FIELDS}
        return gathered(parse_qsl(text, **fields))  # type: ignore[arg-type]
    except ValueError as error:  # not UTF-8, or too many fields
        raise HTTPException(400, "The form cannot be read") from error


def new_key() -> str:
    """An idempotency key: made with a form, so that sending it twice is one act.

    A page that holds one is for one reader: no other is handed it.
    """
    stands_for(timedelta())
    return secrets.token_urlsafe(18)
