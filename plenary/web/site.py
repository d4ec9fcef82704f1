"""Whose site this is: what every page prints at its head and foot."""

from dataclasses import dataclass

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


UNSET = Site({"en": "Plenary"}, "", Place({"en": "UTC"}, "UTC"), False, False, "", "")
