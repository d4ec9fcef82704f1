"""Pages of bodies: who takes part, the tree of groups, and the secretariat's acts."""

from plenary.bodies.pages import delegations, groups, secretariat
from plenary.bodies.powers import Power
from plenary.web.routing import Address

routes: list[Address] = [
    Address("/participants", delegations.participants, Power.READ, name="participants"),
    Address(
        "/participants.json", delegations.participants_json, Power.READ, name="participants_json"
    ),
    Address("/observers", delegations.observers, Power.READ, name="observers"),
    Address("/observers.json", delegations.observers_json, Power.READ, name="observers_json"),
    Address("/groups", groups.groups, Power.READ, name="groups"),
    *secretariat.routes,
]
