"""What the secretariat sees of the mail."""

from plenary.bodies.powers import Power
from plenary.notices.pages import letters
from plenary.web.routing import Address, page, post

routes: list[Address] = [
    page("/secretariat/letters", letters.show, Power.ADMINISTER, name="letters"),
    post("/secretariat/letters/again", letters.again, Power.ADMINISTER, name="letters_again"),
]
