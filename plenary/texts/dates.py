"""Dates as people write them, in English and French, as exact as they are written. Pure."""

import re
from datetime import date

from plenary.refusal import Fault
from plenary.texts.folding import plain

FIRST, LAST = 1800, 2200  # years in which anything can have been decided
_MONTHS = (
    "january|janvier", "february|fevrier", "march|mars", "april|avril", "may|mai", "june|juin",
    "july|juillet", "august|aout", "september|septembre", "october|octobre",
    "november|novembre", "december|decembre",
)  # fmt: skip
_SHORT = ("jan", "feb|fevr", "mar", "apr|avr", "may|mai", "jun", "jul|juil", "aug", "sep|sept")
_SHORTER = ("oct", "nov", "dec")
_NUMBER = {
    name: number
    for names in (_MONTHS, (*_SHORT, *_SHORTER))
    for number, both in enumerate(names, 1)
    for name in both.split("|")
}
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_FIGURES = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})([/.])(\d{1,2})\2(\d{1,2})")
_DAY_FIRST = re.compile(r"(?:(\d{1,2})(?:er|st|nd|rd|th)?[ -])?([a-z]+)\.?[ -](\d{4})")
_MONTH_FIRST = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
NONE = Fault("not_a_loose_date")


def loose_date(text: str) -> str | Fault:
    """2019, 2019-11 or 2019-11-20 for a date as written; a fault where it is none, or may be two.

    20 November 2019, Nov. 20, 2019, novembre 2019, 20.11.2019 and 20/11/2019 are read; 5/11/2019
    is asked about: it is 5 November in one country and 11 May in another.
    """
    if not text.isascii() and any(letter.isdigit() and not letter.isascii() for letter in text):
        return NONE
    written = " ".join(plain(text).split())
    if found := _ISO.fullmatch(written):
        return _of(*found.groups())
    if found := _YEAR_FIRST.fullmatch(written):
        return _of(found[1], found[3], found[4])
    if found := _FIGURES.fullmatch(written):
        return _of_figures(found)
    if found := _DAY_FIRST.fullmatch(written):
        return _of(found[3], _month(found[2]), found[1])
    if found := _MONTH_FIRST.fullmatch(written):
        return _of(found[3], _month(found[1]), found[2])
    return NONE


def _of_figures(found: re.Match[str]) -> str | Fault:
    """Points are written day first everywhere; with strokes and hyphens, habits differ."""
    first, second, year = int(found[1]), int(found[3]), found[4]
    day_first = _of(year, found[3], found[1])
    if found[2] == "." or first > 12 or first == second:
        return day_first
    month_first = _of(year, found[1], found[3])
    if second > 12 or isinstance(day_first, Fault):
        return month_first
    return Fault("date_in_doubt", value=found[0], day_first=day_first, month_first=month_first)


def _month(name: str) -> str:
    return str(_NUMBER.get(name, 0))


def _of(year: str, month: str | None, day: str | None) -> str | Fault:
    try:
        whole = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return NONE
    if not FIRST <= whole.year <= LAST:
        return NONE
    return whole.isoformat()[: 10 if day else 7 if month else 4]
