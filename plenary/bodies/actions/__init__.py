"""Admit, seat, accredit, suspend; form bodies and fill their offices. Each is on the record.

A door opens the record for one act; its `enter_…` twin does the same inside an act that is open.
The same `key` twice is one act.
"""

from plenary.bodies.actions.accreditations import (
    accredit,
    end_accreditation,
    enter_accreditation,
    enter_person,
)
from plenary.bodies.actions.admissions import Admission, admit, enter_delegation
from plenary.bodies.actions.attendance import (
    arrive,
    close_room,
    enter_absence,
    enter_presence,
    leave,
)
from plenary.bodies.actions.chambers import enter_body, form_body, numbering_year, root
from plenary.bodies.actions.credentials import enter_credential, record_credentials
from plenary.bodies.actions.holidays import enter_holidays, remove_holiday, set_holidays
from plenary.bodies.actions.naming import spelt
from plenary.bodies.actions.offices import appoint, enter_officer, leave_office
from plenary.bodies.actions.seats import enter_seat, seat, unseat
from plenary.bodies.actions.standings import set_standing
from plenary.bodies.actions.symbols import is_taken, path_of, take_symbol

__all__ = [
    "Admission", "accredit", "admit", "appoint", "arrive", "close_room", "end_accreditation",
    "enter_absence", "enter_accreditation", "enter_body", "enter_credential", "enter_delegation",
    "enter_holidays", "enter_officer", "enter_person", "enter_presence", "enter_seat", "form_body",
    "is_taken", "leave", "leave_office", "numbering_year", "path_of", "record_credentials",
    "remove_holiday", "root", "seat", "set_holidays", "set_standing", "spelt", "take_symbol",
    "unseat",
]  # fmt: skip
