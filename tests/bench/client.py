"""A client that costs little: forms made beforehand, raw sockets, each kept open."""

import asyncio
from collections.abc import Iterator

RECEIPT = "/receipts/"


class Unexpected(Exception):
    """An answer that is no receipt: what it measures would be something else."""


def post(path: str, host: str, cookie: str, body: bytes) -> bytes:
    """The bytes of one form."""
    head = (
        f"POST {path} HTTP/1.1", f"Host: {host}", f"Cookie: {cookie}",
        "Sec-Fetch-Site: same-origin",
        "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}",
        "Accept-Encoding: gzip", "", "",
    )  # fmt: skip
    return "\r\n".join(head).encode() + body


def get(path: str, host: str) -> bytes:
    """The bytes of a reader's request, who has no cookie and has not seen the page."""
    head = (
        f"GET {path} HTTP/1.1", f"Host: {host}", "User-Agent: bench", "Accept-Language: en",
        "Accept-Encoding: gzip, br", "Sec-Fetch-Site: same-origin", "", "",
    )  # fmt: skip
    return "\r\n".join(head).encode()


async def send(port: int, requests: list[bytes], connections: int) -> list[str]:
    """Send all of them over so many connections at once; returns each receipt's code."""
    waiting = iter(requests)
    got = await asyncio.gather(*[_one(port, waiting) for _ in range(connections)])
    return [code for codes in got for code in codes]


async def _one(port: int, waiting: Iterator[bytes]) -> list[str]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    codes = []
    for request in waiting:
        writer.write(request)
        codes.append(await receipt(reader))
    writer.close()
    return codes


async def receipt(reader: asyncio.StreamReader) -> str:
    """The code of the answer that comes; Unexpected if it is no receipt."""
    status, fields, body = await answer(reader)
    where = fields.get("location", "")
    if status != 303 or not where.startswith(RECEIPT):
        raise Unexpected(f"{status} {fields} {body[:500]!r}")
    return where.removeprefix(RECEIPT).upper()


async def answer(reader: asyncio.StreamReader) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of the answer that comes."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    status, *lines = head.split("\r\n")
    fields = dict(line.lower().split(": ", 1) for line in lines if line)
    body = await reader.readexactly(int(fields.get("content-length", 0)))
    return int(status.split()[1]), fields, body
