"""What the secretariat sees of the mail."""

from plenary.bodies.powers import Power
from plenary.notices.pages import letters
from plenary.web.routing import POST, Address

routes: list[Address] = [
    Address("/secretariat/letters", letters.show, Power.ADMINISTER, name="letters"),
    Address(
        "/secretariat/letters/again",
        letters.again,
        Power.ADMINISTER,
        methods=POST,
        name="letters_again",
    ),
]
