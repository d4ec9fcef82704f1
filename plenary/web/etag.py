"""A page that has not changed is not sent again: 304 costs a hundred bytes on a bad line."""

from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response


def unchanged(request: Request, response: Response) -> Response:
    """Mark a public answer with its content; answer 304 where the browser has just that."""
    if request.method not in ("GET", "HEAD") or response.status_code != 200:
        return response
    if request.state.viewer.signed_in or not getattr(response, "body", b""):
        return response
    # Weak: the same page compressed and plain is one page.
    tag = f'W/"{sha256(bytes(response.body)).hexdigest()[:24]}"'
    response.headers["ETag"] = tag
    if tag not in request.headers.get("if-none-match", ""):
        return response
    kept = ("etag", "cache-control", "vary", "content-language")
    headers = {name: value for name, value in response.headers.items() if name in kept}
    return Response(status_code=304, headers=headers)
