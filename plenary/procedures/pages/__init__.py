"""The form by which a procedure is adopted."""

from plenary.bodies.powers import Power
from plenary.procedures.pages import adoption, ending
from plenary.web.routing import Address, form

routes: list[Address] = [
    form(
        "/secretariat/procedures", adoption.adopt, Power.ADMINISTER, name="secretariat_procedures"
    ),
    form(
        "/secretariat/procedures/end",
        ending.end,
        Power.ADMINISTER,
        name="secretariat_procedures_end",
    ),
]
