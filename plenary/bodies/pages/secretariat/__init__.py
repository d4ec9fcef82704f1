"""The secretariat's acts: an index, and one page for each."""

from plenary.bodies.pages.secretariat.accreditations import accreditation_ended, accreditations
from plenary.bodies.pages.secretariat.bodies import bodies
from plenary.bodies.pages.secretariat.delegations import delegations
from plenary.bodies.pages.secretariat.holidays import holiday_removed, holidays
from plenary.bodies.pages.secretariat.index import index
from plenary.bodies.pages.secretariat.officers import office_left, officers
from plenary.bodies.pages.secretariat.seats import seat_left, seats
from plenary.bodies.pages.secretariat.sessions import sessions
from plenary.bodies.pages.secretariat.standings import standings
from plenary.bodies.powers import Power
from plenary.web.routing import BOTH, POST, Address

HERE = "/secretariat"

routes: list[Address] = [
    Address(HERE, index, Power.ADMINISTER, name="secretariat"),
    Address(
        f"{HERE}/delegations",
        delegations,
        Power.ADMINISTER,
        methods=BOTH,
        name="secretariat_delegations",
    ),
    Address(
        f"{HERE}/standings", standings, Power.ADMINISTER, methods=BOTH, name="secretariat_standings"
    ),
    Address(f"{HERE}/seats", seats, Power.ADMINISTER, methods=BOTH, name="secretariat_seats"),
    Address(
        f"{HERE}/seats/end", seat_left, Power.ADMINISTER, methods=POST, name="secretariat_seats_end"
    ),
    Address(
        f"{HERE}/officers", officers, Power.ADMINISTER, methods=BOTH, name="secretariat_officers"
    ),
    Address(
        f"{HERE}/officers/end",
        office_left,
        Power.ADMINISTER,
        methods=POST,
        name="secretariat_officers_end",
    ),
    Address(
        f"{HERE}/accreditations",
        accreditations,
        Power.ADMINISTER,
        methods=BOTH,
        name="secretariat_accreditations",
    ),
    Address(
        f"{HERE}/accreditations/end",
        accreditation_ended,
        Power.ADMINISTER,
        methods=POST,
        name="secretariat_accreditations_end",
    ),
    Address(
        f"{HERE}/holidays", holidays, Power.ADMINISTER, methods=BOTH, name="secretariat_holidays"
    ),
    Address(
        f"{HERE}/holidays/end",
        holiday_removed,
        Power.ADMINISTER,
        methods=POST,
        name="secretariat_holidays_end",
    ),
    Address(
        f"{HERE}/sessions", sessions, Power.ADMINISTER, methods=BOTH, name="secretariat_sessions"
    ),
    Address(f"{HERE}/bodies", bodies, Power.ADMINISTER, methods=BOTH, name="secretariat_bodies"),
]
