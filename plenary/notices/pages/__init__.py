"""What the secretariat sees of the mail."""

from starlette.routing import Route

from plenary.notices.pages import letters

routes = [
    Route("/secretariat/letters", letters.show, name="letters"),
    Route("/secretariat/letters/again", letters.again, methods=["POST"], name="letters_again"),
]
