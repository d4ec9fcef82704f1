"""Pages that show several concepts."""

from plenary.bodies.powers import Power
from plenary.front.pages import (
    about,
    changes,
    deadlines,
    decision,
    decisions,
    distance,
    machines,
    matrix,
    procedures,
    proposal,
    search,
    symbols,
    verify,
)
from plenary.front.pages.delegation import observer, observer_json, participant, participant_json
from plenary.front.pages.desk import desk, notices, receipts, session_ended, sessions_ended
from plenary.front.pages.group import group
from plenary.web.routing import POST, Address

ONE = "/proposals/{year:int}/{number:int}"

routes: list[Address] = [
    *decisions.routes,
    *decision.routes,
    *search.routes,
    *changes.routes,
    *deadlines.routes,
    *verify.routes,
    *about.routes,
    *machines.routes,
    *symbols.routes,
    Address("/proposals", proposal.index, Power.READ, name="proposals"),
    Address("/proposals/{year:int}", proposal.index, Power.READ, name="proposals_of_year"),
    Address(f"{ONE}.json", proposal.show_json, Power.READ, name="proposal_json"),
    Address(ONE, proposal.show, Power.READ, name="proposal"),
    Address(f"{ONE}/history", proposal.history, Power.READ, name="history"),
    Address(f"{ONE}/positions", proposal.positions, Power.READ, name="positions_on"),
    Address(f"{ONE}/distance.json", distance.show_json, Power.READ, name="distance_json"),
    Address(f"{ONE}/distance", distance.show, Power.READ, name="distance"),
    Address("/procedures", procedures.index, Power.READ, name="procedures"),
    Address(
        "/procedures/published/{published}",
        procedures.show_published,
        Power.READ,
        name="published_procedure",
    ),
    Address("/procedures/{key}/{procedure}", procedures.show, Power.READ, name="procedure"),
    Address("/positions", matrix.show, Power.READ, name="matrix"),
    Address("/positions/{year:int}.json", matrix.show_json, Power.READ, name="matrix_json"),
    Address("/positions/{year:int}.csv", matrix.show_csv, Power.READ, name="matrix_csv"),
    Address("/positions/{year:int}", matrix.show, Power.READ, name="matrix_of_year"),
    Address("/groups/{key:str}", group, Power.READ, name="group"),
    Address("/participants/{slug:str}.json", participant_json, Power.READ, name="participant_json"),
    Address("/participants/{slug:str}", participant, Power.READ, name="participant"),
    Address("/observers/{slug:str}.json", observer_json, Power.READ, name="observer_json"),
    Address("/observers/{slug:str}", observer, Power.READ, name="observer"),
    Address("/desk", desk, Power.SIGN_IN, name="desk"),
    Address("/desk/receipts", receipts, Power.SIGN_IN, name="desk_receipts"),
    Address("/desk/notices", notices, Power.SIGN_IN, name="desk_notices"),
    Address(
        "/desk/sessions/end",
        sessions_ended,
        Power.KEEP_SESSIONS,
        methods=POST,
        name="desk_sessions",
    ),
    Address(
        "/desk/sessions/{id:int}/end",
        session_ended,
        Power.KEEP_SESSIONS,
        methods=POST,
        name="desk_session",
    ),
]
# After every other route of the application.
last_routes: list[Address] = [*decision.last_routes, *symbols.last_routes]
