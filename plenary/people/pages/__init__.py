"""Pages of people: sign in, sign out. The desk stands with the meetings, which know positions."""

from starlette.routing import Route

from plenary.people.pages.set_aside import brought_back
from plenary.people.pages.sign_in import link, link_used, sample, sign_in, sign_in_asked
from plenary.people.pages.sign_out import sign_out, signed_out

routes: list[Route] = [
    Route("/sign-in", sign_in, name="sign_in"),
    Route("/sign-in", sign_in_asked, methods=["POST"], name="sign_in_asked"),
    Route("/sign-in/sample", sample, methods=["POST"], name="sign_in_sample"),
    Route("/sign-in/{token:str}", link, name="sign_in_link"),
    Route("/sign-in/{token:str}", link_used, methods=["POST"], name="sign_in_link_used"),
    Route("/kept/{token:str}", brought_back, name="set_aside"),
    Route("/sign-out", sign_out, name="sign_out"),
    Route("/sign-out", signed_out, methods=["POST"], name="signed_out"),
]
