"""The secretariat's acts: an index, and one page for each."""

from starlette.routing import Route

from plenary.bodies.pages.secretariat.accreditations import accreditation_ended, accreditations
from plenary.bodies.pages.secretariat.bodies import bodies
from plenary.bodies.pages.secretariat.delegations import delegations
from plenary.bodies.pages.secretariat.holidays import holiday_removed, holidays
from plenary.bodies.pages.secretariat.index import index
from plenary.bodies.pages.secretariat.officers import office_left, officers
from plenary.bodies.pages.secretariat.seats import seat_left, seats
from plenary.bodies.pages.secretariat.sessions import sessions
from plenary.bodies.pages.secretariat.standings import standings

BOTH, POST = ["GET", "POST"], ["POST"]
HERE = "/secretariat"

routes: list[Route] = [
    Route(HERE, index, name="secretariat"),
    Route(f"{HERE}/delegations", delegations, methods=BOTH, name="secretariat_delegations"),
    Route(f"{HERE}/standings", standings, methods=BOTH, name="secretariat_standings"),
    Route(f"{HERE}/seats", seats, methods=BOTH, name="secretariat_seats"),
    Route(f"{HERE}/seats/end", seat_left, methods=POST, name="secretariat_seats_end"),
    Route(f"{HERE}/officers", officers, methods=BOTH, name="secretariat_officers"),
    Route(f"{HERE}/officers/end", office_left, methods=POST, name="secretariat_officers_end"),
    Route(
        f"{HERE}/accreditations", accreditations, methods=BOTH, name="secretariat_accreditations"
    ),
    Route(
        f"{HERE}/accreditations/end", accreditation_ended, methods=POST,
        name="secretariat_accreditations_end",
    ),
    Route(f"{HERE}/holidays", holidays, methods=BOTH, name="secretariat_holidays"),
    Route(
        f"{HERE}/holidays/end", holiday_removed, methods=POST, name="secretariat_holidays_end"
    ),
    Route(f"{HERE}/sessions", sessions, methods=BOTH, name="secretariat_sessions"),
    Route(f"{HERE}/bodies", bodies, methods=BOTH, name="secretariat_bodies"),
]  # fmt: skip
