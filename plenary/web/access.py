"""One line for each request, in place of the server's own, which prints whatever was sent."""

import logging
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from plenary.logs import begin_request, path_of

log = logging.getLogger("plenary.access")


class Access:
    """Stands outside everything: gives the request its id, and says what became of it.

    `secret`: beginnings of paths behind which a token stands.
    """

    def __init__(self, app: ASGIApp, *, secret: tuple[str, ...]) -> None:
        self.app, self.secret = app, secret

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begin_request()
        began, status = time.monotonic(), 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            took = int((time.monotonic() - began) * 1000)
            path = path_of(scope["path"], self.secret)
            log.info("%s %s %s %sms", scope["method"][:10], path, status, took)
