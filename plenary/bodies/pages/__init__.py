"""Pages of bodies: who takes part, the tree of groups, and the secretariat's acts."""

from plenary.bodies.pages import access, delegations, groups, leaving, measures, secretariat
from plenary.bodies.powers import Power
from plenary.web.routing import Address, form, page

# Before every delegation's own page, whose address they could be taken for.
first_routes: list[Address] = [
    page("/observers/access", access.log, Power.READ, name="access_log"),
    page("/observers/access.json", access.log_json, Power.READ, name="access_log_json"),
    form("/observers/access/report", access.report, Power.REPORT_ACCESS, name="access_report"),
]
routes: list[Address] = [
    page("/participants", delegations.participants, Power.READ, name="participants"),
    page("/participants.json", delegations.participants_json, Power.READ, name="participants_json"),
    page("/observers", delegations.observers, Power.READ, name="observers"),
    page("/observers.json", delegations.observers_json, Power.READ, name="observers_json"),
    page("/groups", groups.groups, Power.READ, name="groups"),
    form("/groups/{key:str}/leaving", leaving.leaving, Power.GIVE_UP_SEAT, name="seat_leaving"),
    page("/measures/{n:int}", measures.show, Power.READ, name="measure"),
    form("/measures/{n:int}/appeal", measures.appealed, Power.APPEAL, name="measure_appeal"),
    form("/measures/{n:int}/answer", measures.answered, Power.ANSWER_APPEAL, name="measure_answer"),
    *secretariat.routes,
]
