"""A shared cache as it stands in front of many sites: RFC 9111, as far as what it may keep goes.

It keeps what no header forbids it to keep, also what says nothing at all, for ten minutes, as stock
proxies are told to; it honours Vary, and asks again (If-None-Match) where it must.
"""

import re
from dataclasses import dataclass
from typing import Any

import httpx2

from tests.client import Browser

HEURISTIC = 600  # seconds that an answer which says nothing of itself is taken to be fresh
# The statuses that a cache may keep without being told so (RFC 9110, 15.1).
KEPT_UNTOLD = frozenset({200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501})


@dataclass
class Kept:
    answer: httpx2.Response
    asked: dict[str, str]  # the request's headers that the answer varies with


class SharedCache:
    """One cache, many readers; `get` is what a reader's proxy answers."""

    def __init__(self) -> None:
        self.kept: dict[str, list[Kept]] = {}
        self.served: list[str] = []  # the paths that it answered by itself

    async def get(self, reader: Browser, path: str, **headers: str) -> httpx2.Response:
        asked = sent_by(reader, headers)
        found = self._find(path, asked)
        if found and fresh(found.answer):
            self.served.append(path)
            return found.answer
        if found and (tag := found.answer.headers.get("etag")):
            answer = await reader.get(path, headers=headers | {"if-none-match": tag})
            if answer.status_code == 304:
                self.served.append(path)
                return found.answer
        else:
            answer = await reader.get(path, headers=headers)
        self._keep(path, asked, answer)
        return answer

    def _find(self, path: str, asked: dict[str, str]) -> Kept | None:
        for kept in self.kept.get(path, []):
            if all(asked.get(name, "") == value for name, value in kept.asked.items()):
                return kept
        return None

    def _keep(self, path: str, asked: dict[str, str], answer: httpx2.Response) -> None:
        names = [n.strip().lower() for n in answer.headers.get("vary", "").split(",") if n.strip()]
        if "*" not in names and may_be_kept(answer):
            kept = Kept(answer, {name: asked.get(name, "") for name in names})
            self.kept.setdefault(path, []).insert(0, kept)


def sent_by(reader: Browser, headers: dict[str, str]) -> dict[str, str]:
    """What the reader's browser sends, cookies among it."""
    cookies = "; ".join(f"{name}={value}" for name, value in reader.http.cookies.items())
    sent = {name.lower(): value for name, value in reader.http.headers.items()}
    return sent | {name.lower(): value for name, value in headers.items()} | {"cookie": cookies}


def control_of(answer: httpx2.Response) -> dict[str, str]:
    said = answer.headers.get("cache-control", "").lower()
    return dict(re.findall(r"([\w-]+)(?:=(\d+))?", said))


def may_be_kept(answer: httpx2.Response) -> bool:
    said: dict[str, Any] = control_of(answer)
    if "no-store" in said or "private" in said:
        return False
    return "public" in said or "max-age" in said or answer.status_code in KEPT_UNTOLD


def fresh(answer: httpx2.Response) -> bool:
    said = control_of(answer)
    if "no-cache" in said:
        return False
    return int(said.get("s-maxage") or said.get("max-age") or HEURISTIC) > 0
