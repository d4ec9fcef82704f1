"""What was sent: the form's key, and the content that it stands for. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from hashlib import sha256

SEEN = "seen"  # what lay before whoever acts is checked by the act, and is none of their words
KEYS = ("once", "key")  # the argument that is the form's key: `once` where a `key` names the thing


@dataclass(frozen=True)
class Sent:
    """A key stands for one content: the same key with other words is another act, and refused."""

    key: str
    content: str  # SHA-256 of the act, its sender, its address and its words


def sent(act: str, arguments: Mapping[str, object], *, natural: bool = False) -> Sent:
    """What an act was called with. `natural`: it has no key, and its content is its key."""
    name = next((argument for argument in KEYS if argument in arguments), "")
    words = {
        argument: plain(value)
        for argument, value in arguments.items()
        if argument not in (name, SEEN)
    }
    written = json.dumps(words, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    content = sha256(f"{act}\n{written}".encode()).hexdigest()
    key = str(arguments[name]) if name else _key_in(arguments)
    return Sent(content if natural else key, content)


def plain(value: object) -> object:
    """A value as JSON can hold it, always written the same; what can do something says nothing."""
    if is_dataclass(value) and not isinstance(value, type):
        held = {
            field.name: getattr(value, field.name) for field in fields(value) if field.name != "key"
        }
        return {name: plain(part) for name, part in held.items()}
    if isinstance(value, Mapping):
        return {str(plain(name)): plain(part) for name, part in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(str(plain(part)) for part in value)
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, date):  # a datetime too
        return value.isoformat()
    return None if callable(value) else value


def _key_in(arguments: Mapping[str, object]) -> str:
    """The key that came inside of what was handed in: in an answer, or in what holds an answer."""
    for value in arguments.values():
        if is_dataclass(value) and not isinstance(value, type):
            held = {field.name: getattr(value, field.name) for field in fields(value)}
            if key := held.get("key") or _key_in(held):
                return str(key)
    return ""
