"""The secretariat's acts: an index, and one page for each."""

from plenary.bodies.pages.secretariat.accreditations import accreditation_ended, accreditations
from plenary.bodies.pages.secretariat.bodies import bodies
from plenary.bodies.pages.secretariat.competences import powers
from plenary.bodies.pages.secretariat.delegations import delegations
from plenary.bodies.pages.secretariat.holidays import holiday_removed, holidays
from plenary.bodies.pages.secretariat.index import index
from plenary.bodies.pages.secretariat.officers import office_left, officers
from plenary.bodies.pages.secretariat.seats import seat_left, seats
from plenary.bodies.pages.secretariat.sessions import sessions
from plenary.bodies.pages.secretariat.standings import standings
from plenary.bodies.powers import Power
from plenary.web.routing import Address, form, page, post

HERE = "/secretariat"

routes: list[Address] = [
    page(HERE, index, Power.ADMINISTER, name="secretariat"),
    form(f"{HERE}/delegations", delegations, Power.ADMINISTER, name="secretariat_delegations"),
    form(f"{HERE}/standings", standings, Power.TAKE_MEASURES, name="secretariat_standings"),
    form(f"{HERE}/seats", seats, Power.TAKE_MEASURES, name="secretariat_seats"),
    post(f"{HERE}/seats/end", seat_left, Power.TAKE_MEASURES, name="secretariat_seats_end"),
    form(f"{HERE}/powers", powers, Power.ADMINISTER, name="secretariat_powers"),
    form(f"{HERE}/officers", officers, Power.ADMINISTER, name="secretariat_officers"),
    post(f"{HERE}/officers/end", office_left, Power.ADMINISTER, name="secretariat_officers_end"),
    form(
        f"{HERE}/accreditations",
        accreditations,
        Power.ADMINISTER,
        name="secretariat_accreditations",
    ),
    post(
        f"{HERE}/accreditations/end",
        accreditation_ended,
        Power.ADMINISTER,
        name="secretariat_accreditations_end",
    ),
    form(f"{HERE}/holidays", holidays, Power.ADMINISTER, name="secretariat_holidays"),
    post(
        f"{HERE}/holidays/end", holiday_removed, Power.ADMINISTER, name="secretariat_holidays_end"
    ),
    form(f"{HERE}/sessions", sessions, Power.ADMINISTER, name="secretariat_sessions"),
    form(f"{HERE}/bodies", bodies, Power.ADMINISTER, name="secretariat_bodies"),
]
