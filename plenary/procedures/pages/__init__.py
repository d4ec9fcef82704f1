"""The form by which a procedure is adopted."""

from plenary.bodies.powers import Power
from plenary.procedures.pages import adoption
from plenary.web.routing import BOTH, Address

routes: list[Address] = [
    Address(
        "/secretariat/procedures",
        adoption.adopt,
        Power.ADMINISTER,
        methods=BOTH,
        name="secretariat_procedures",
    ),
]
