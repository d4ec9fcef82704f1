"""Pages of people: sign in, sign out. The desk is of `front`, which sees them all."""

from plenary.people.pages.set_aside import brought_back
from plenary.people.pages.sign_in import link, link_used, sample, sign_in, sign_in_asked
from plenary.people.pages.sign_out import sign_out, signed_out
from plenary.web.routing import Address, page, post

SIGN_IN = "sign_in"  # the power; the table of powers stands above, with the bodies

routes: list[Address] = [
    page("/sign-in", sign_in, SIGN_IN, name="sign_in"),
    post("/sign-in", sign_in_asked, SIGN_IN, name="sign_in_asked"),
    post("/sign-in/sample", sample, SIGN_IN, name="sign_in_sample"),
    page("/sign-in/{token:str}", link, SIGN_IN, name="sign_in_link"),
    post("/sign-in/{token:str}", link_used, SIGN_IN, name="sign_in_link_used"),
    # Whoever is not signed in is led to where they can.
    page("/kept/{token:str}", brought_back, SIGN_IN, name="set_aside"),
    page("/sign-out", sign_out, SIGN_IN, name="sign_out"),
    post("/sign-out", signed_out, SIGN_IN, name="signed_out"),
]
