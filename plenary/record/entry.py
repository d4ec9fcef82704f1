"""One entry of the record: its exact bytes, and the commitment to a payload. Pure."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

FORMAT = 1
LIMIT = 4096  # bytes of one entry
PAYLOAD_TAG = b"plenary/payload/v1\n"

Fact = str | int | list[str]
Listed = Sequence[str] | Mapping[str, Any]  # what may grow beyond an entry


def instant(at: datetime) -> str:
    """ISO 8601 in UTC with milliseconds: 2019-11-20T05:30:00.123Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


class TooLong(ValueError):
    """More facts than an entry holds; what can grow belongs into `lists` or into the payload."""

    def __init__(self, size: int) -> None:
        super().__init__(f"an entry of {size} bytes is over the limit of {LIMIT}")
        self.size = size


def entry_bytes(facts: Mapping[str, Fact]) -> bytes:
    """The bytes that are hashed: one JSON object, keys sorted, no spaces. Never made twice."""
    for key, fact in facts.items():
        if not _is_fact(fact):
            raise ValueError(f"{key} is no text, no whole number and no list of texts")
    written = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    if len(written) > LIMIT:
        raise TooLong(len(written))
    return written


def read_entry(written: bytes) -> dict[str, Fact]:
    """The facts of an entry; refuses duplicate keys, floats and anything but an object in UTF-8."""
    facts = json.loads(
        written.decode(),  # given bytes, json would read UTF-16 too
        object_pairs_hook=_no_duplicates,
        parse_float=_no_float,
        parse_constant=_no_float,  # NaN and Infinity, which are no JSON
    )
    if not isinstance(facts, dict):
        raise ValueError("an entry is one JSON object")
    return facts


def bound_to(lists: Mapping[str, Listed]) -> dict[str, Fact]:
    """What an entry says of that which can grow: of each a digest, and how many there are.

    {"roll": ["AO", "BW"]} is {"roll": "sha256:…", "roll_size": 2}. The whole stands in the
    payload, under the same name; entries of the first builds held their lists themselves.
    """
    told: dict[str, Fact] = {}
    for name, listed in lists.items():
        digest = sha256(payload_bytes({name: listed})).hexdigest()
        told |= {name: f"sha256:{digest}", f"{name}_size": len(listed)}
    return told


def whole(facts: Mapping[str, Any], payload: Mapping[str, Any]) -> dict[str, Any]:
    """The facts with the lists that they are bound to; ValueError where one is another's."""
    lists = lists_in(facts, payload)
    if any(facts[name] != fact for name, fact in bound_to(lists).items()):
        raise ValueError("a payload holds another list than its entry is bound to")
    return {**facts, **lists}


def lists_in(facts: Mapping[str, Any], payload: Mapping[str, Any]) -> dict[str, Any]:
    """What of a payload its entry is bound to by itself, and is no words."""
    return {name: payload[name] for name in facts if f"{name}_size" in facts and name in payload}


def payload_bytes(content: Mapping[str, object]) -> bytes:
    """A payload as it is stored and committed to."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def read_payload(written: bytes) -> dict[str, Any]:
    """What a payload holds, as it was put in."""
    content: dict[str, Any] = json.loads(written)
    return content


def commitment(salt: bytes, payload: bytes) -> str:
    """Binds an entry to a payload that may later be redacted; without its salt no one can guess."""
    return "sha256:" + sha256(PAYLOAD_TAG + salt + payload).hexdigest()


def _is_fact(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(part, str) for part in value)
    return isinstance(value, str | int) and not isinstance(value, bool)


def _no_duplicates(pairs: list[tuple[str, Fact]]) -> dict[str, Fact]:
    facts = dict(pairs)
    if len(facts) != len(pairs):
        raise ValueError("an entry names a key twice")
    return facts


def _no_float(text: str) -> Fact:
    raise ValueError(f"an entry holds no fractions: {text}")
