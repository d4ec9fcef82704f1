"""Pages of bodies: who takes part, the tree of groups, and the secretariat's acts."""

from starlette.routing import Route

from plenary.bodies.pages import delegations, groups, secretariat

routes: list[Route] = [
    Route("/participants", delegations.participants, name="participants"),
    Route("/participants.json", delegations.participants_json, name="participants_json"),
    Route("/observers", delegations.observers, name="observers"),
    Route("/observers.json", delegations.observers_json, name="observers_json"),
    Route("/groups", groups.groups, name="groups"),
    *secretariat.routes,
]
