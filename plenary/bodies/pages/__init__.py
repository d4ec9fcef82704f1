"""Pages of bodies: who takes part, the tree of groups, and the secretariat's acts."""

from plenary.bodies.pages import delegations, groups, secretariat
from plenary.bodies.powers import Power
from plenary.web.routing import Address, page

routes: list[Address] = [
    page("/participants", delegations.participants, Power.READ, name="participants"),
    page("/participants.json", delegations.participants_json, Power.READ, name="participants_json"),
    page("/observers", delegations.observers, Power.READ, name="observers"),
    page("/observers.json", delegations.observers_json, Power.READ, name="observers_json"),
    page("/groups", groups.groups, Power.READ, name="groups"),
    *secretariat.routes,
]
