"""Pages of people: sign in, sign out. The desk stands with the meetings, which know positions."""

from plenary.people.pages.set_aside import brought_back
from plenary.people.pages.sign_in import link, link_used, sample, sign_in, sign_in_asked
from plenary.people.pages.sign_out import sign_out, signed_out
from plenary.web.routing import POST, Address

SIGN_IN = "sign_in"  # the power; the table of powers stands above, with the bodies

routes: list[Address] = [
    Address("/sign-in", sign_in, SIGN_IN, name="sign_in"),
    Address("/sign-in", sign_in_asked, SIGN_IN, methods=POST, name="sign_in_asked"),
    Address("/sign-in/sample", sample, SIGN_IN, methods=POST, name="sign_in_sample"),
    Address("/sign-in/{token:str}", link, SIGN_IN, name="sign_in_link"),
    Address("/sign-in/{token:str}", link_used, SIGN_IN, methods=POST, name="sign_in_link_used"),
    # Whoever is not signed in is led to where they can.
    Address("/kept/{token:str}", brought_back, SIGN_IN, name="set_aside"),
    Address("/sign-out", sign_out, SIGN_IN, name="sign_out"),
    Address("/sign-out", signed_out, SIGN_IN, methods=POST, name="signed_out"),
]
