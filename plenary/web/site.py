"""Whose site this is: what every page prints at its head and foot."""

from dataclasses import dataclass

from starlette.requests import Request

from plenary.mailbox import sender_of
from plenary.web.dates import Place
from plenary.web.language import current


@dataclass(frozen=True)
class Site:
    organisation: dict[str, str]
    symbol: str
    place: Place
    sample: bool  # the texts and positions here are samples, and every page says so
    demo: bool  # the sign-in page lists the sample cast
    base_url: str
    contact: str

    @property
    def name(self) -> str:
        return self.organisation.get(current()) or self.organisation.get("en", "")


def contact_of(contact: str, sender: str, *, sample: bool) -> str:
    """The bare address that pages print: CONTACT, else MAIL_FROM, else none on a real body."""
    known = sender_of(contact) or sender_of(sender)
    return known or ("secretariat@example.org" if sample else "")


def base_url(request: Request) -> str:
    """Where the site is, for addresses that leave it."""
    known: str = request.state.site.base_url or request.app.state.settings.base_url
    return known


UNSET = Site({"en": "Plenary"}, "", Place({"en": "UTC"}, "UTC"), False, False, "", "")
