"""Who a browser is: a signed random id in one cookie, and the mark of the browser that asked."""

import secrets
from hashlib import sha256

from itsdangerous import BadSignature, Signer
from starlette.requests import Request
from starlette.responses import Response


class Cookies:
    """Reads and writes our two cookies. Over TLS they carry the __Host- prefix."""

    def __init__(self, secret: str, *, secure: bool) -> None:
        self.secure = secure
        self.signer = Signer(secret, salt="plenary.session", digest_method=sha256)
        prefix = "__Host-" if secure else ""
        self.session, self.browser = f"{prefix}plenary", f"{prefix}plenary-browser"

    def token(self, request: Request) -> str | None:
        """The session's token, if the cookie is there and ours."""
        try:
            return self.signer.unsign(request.cookies.get(self.session, "")).decode()
        except BadSignature:
            return None

    def sign_in(self, response: Response, token: str, *, seconds: int) -> None:
        self._set(response, self.session, self.signer.sign(token).decode(), seconds)

    def sign_out(self, response: Response) -> None:
        response.delete_cookie(
            self.session, path="/", secure=self.secure, httponly=True, samesite="lax"
        )

    def browser_of(self, request: Request) -> str:
        return request.cookies.get(self.browser, "")

    def mark_browser(self, response: Response, mark: str, *, seconds: int) -> None:
        self._set(response, self.browser, mark, seconds)

    def _set(self, response: Response, name: str, value: str, seconds: int) -> None:
        response.set_cookie(
            name,
            value,
            max_age=seconds,
            path="/",
            secure=self.secure,
            httponly=True,
            samesite="lax",
        )


def new_mark() -> str:
    return secrets.token_urlsafe(24)
