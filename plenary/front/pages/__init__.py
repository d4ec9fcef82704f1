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
    outcomes,
    procedures,
    proposal,
    search,
    symbols,
    verify,
)
from plenary.front.pages.delegation import observer, observer_json, participant, participant_json
from plenary.front.pages.desk import desk, notices, receipts, session_ended, sessions_ended
from plenary.front.pages.group import group
from plenary.web.routing import Address, page, post

ONE = "/proposals/{year:int}/{number:int}"

routes: list[Address] = [
    *decisions.routes,
    *decision.routes,
    *outcomes.routes,
    *search.routes,
    *changes.routes,
    *deadlines.routes,
    *verify.routes,
    *about.routes,
    *machines.routes,
    *symbols.routes,
    page("/proposals", proposal.index, Power.READ, name="proposals"),
    page("/proposals/{year:int}", proposal.index, Power.READ, name="proposals_of_year"),
    page(f"{ONE}.json", proposal.show_json, Power.READ, name="proposal_json"),
    page(ONE, proposal.show, Power.READ, name="proposal"),
    page(f"{ONE}/history", proposal.history, Power.READ, name="history"),
    page(f"{ONE}/positions", proposal.positions, Power.READ, name="positions_on"),
    page(f"{ONE}/distance.json", distance.show_json, Power.READ, name="distance_json"),
    page(f"{ONE}/distance", distance.show, Power.READ, name="distance"),
    page("/rules", procedures.index, Power.READ, name="rules"),
    page("/rules/{procedure}", procedures.show_rule, Power.READ, name="rule"),
    page("/procedures", procedures.index, Power.READ, name="procedures"),
    page(
        "/procedures/published/{published}",
        procedures.show_published,
        Power.READ,
        name="published_procedure",
    ),
    page("/procedures/{key}/{procedure}", procedures.show, Power.READ, name="procedure"),
    page("/positions", matrix.show, Power.READ, name="matrix"),
    page("/positions/{year:int}.json", matrix.show_json, Power.READ, name="matrix_json"),
    page("/positions/{year:int}.csv", matrix.show_csv, Power.READ, name="matrix_csv"),
    page("/positions/{year:int}", matrix.show, Power.READ, name="matrix_of_year"),
    page("/groups/{key:str}", group, Power.READ, name="group"),
    page("/participants/{slug:str}.json", participant_json, Power.READ, name="participant_json"),
    page("/participants/{slug:str}", participant, Power.READ, name="participant"),
    page("/observers/{slug:str}.json", observer_json, Power.READ, name="observer_json"),
    page("/observers/{slug:str}", observer, Power.READ, name="observer"),
    page("/desk", desk, Power.SIGN_IN, name="desk"),
    page("/desk/receipts", receipts, Power.SIGN_IN, name="desk_receipts"),
    page("/desk/notices", notices, Power.SIGN_IN, name="desk_notices"),
    post("/desk/sessions/end", sessions_ended, Power.KEEP_SESSIONS, name="desk_sessions"),
    post("/desk/sessions/{id:int}/end", session_ended, Power.KEEP_SESSIONS, name="desk_session"),
]
# After every other route of the application.
last_routes: list[Address] = [*decision.last_routes, *symbols.last_routes]
