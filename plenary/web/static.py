"""Static files under addresses that change with their content: they may be kept for ever."""

import re
from collections.abc import MutableMapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from plenary.web.answers import OPEN

FOR_EVER = "public, max-age=31536000, immutable"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AROUND = re.compile(r"\s*([{};,>])\s*")
_DECLARED = re.compile(r"([a-z-]): ")


def asset_dir(name: str) -> Path:
    """`templates` or `static`: in a wheel inside the package, in a checkout beside it."""
    packed = Path(__file__).parents[1] / "_assets" / name
    return packed if packed.exists() else Path(__file__).parents[2] / name


@cache
def static_url(name: str) -> str:
    """/static/plenary.css?v=… with the beginning of the SHA-256 of what is served."""
    path = asset_dir("static") / name
    content = stylesheet(path) if path.suffix == ".css" else path.read_bytes()
    return f"/static/{name}?v={sha256(content).hexdigest()[:10]}"


@cache
def stylesheet(path: Path) -> bytes:
    """A stylesheet without its comments and spaces: it comes with the first page on a bad line."""
    css = _COMMENT.sub("", path.read_text(encoding="utf-8"))
    css = _AROUND.sub(r"\1", re.sub(r"\s+", " ", css))
    return _DECLARED.sub(r"\1:", css).replace(";}", "}").strip().encode()


class Static(StaticFiles):
    """With `v` in the address the content can never change: browsers need not ask again."""

    async def get_response(self, path: str, scope: MutableMapping[str, Any]) -> Response:
        if scope["method"] not in ("GET", "HEAD"):
            raise HTTPException(405, headers={"Allow": "GET, HEAD"})
        response = await super().get_response(path, scope)
        if path.endswith(".css") and response.status_code == 200:
            response = Response(stylesheet(asset_dir("static") / path), media_type="text/css")
        for_ever = b"v=" in scope.get("query_string", b"") and response.status_code == 200
        response.headers["Cache-Control"] = FOR_EVER if for_ever else OPEN
        return response
