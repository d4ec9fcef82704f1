"""What is found of the procedures: their names, in every language."""

from plenary.bodies.models import Body
from plenary.procedures.in_force import in_force
from plenary.texts.searchable import Passage, Source


async def _procedures(_: int) -> list[Passage]:
    """Those in force in each body, once each where a body has them from the Plenary."""
    found: list[Passage] = []
    for body in await Body.all().order_by("id"):
        for procedure in await in_force(body):
            if body.key == "plenary" or procedure.is_of(body):
                found.append(
                    Passage(
                        "procedure",
                        len(found),
                        " · ".join(dict.fromkeys(procedure.names.values())),
                        f"/procedures/{body.key}/{procedure.key}",
                        about=body.names,
                        also=procedure.key,
                    )
                )
    return found


SOURCES = (Source(_procedures, grows=False),)
