"""The form by which a procedure is adopted."""

from plenary.bodies.powers import Power
from plenary.procedures.pages import adoption
from plenary.web.routing import Address, form

routes: list[Address] = [
    form(
        "/secretariat/procedures", adoption.adopt, Power.ADMINISTER, name="secretariat_procedures"
    ),
]
