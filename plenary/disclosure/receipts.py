"""A receipt by its code, however it is typed; and whether the file of one is true."""

import re
from dataclasses import dataclass

from plenary.disclosure.proofs import path_of
from plenary.record import tree
from plenary.record.act import ALPHABET
from plenary.record.models import Entry, Head, Receipt

LENGTH = 8  # letters of a code, which is printed in pairs: X2-43-9V-ZS
_FILE = "plenary receipt v1"
_LINE = re.compile(r"^(code|entry|bytes|leaf|size|root): (.*)$", re.MULTILINE)
_STEP = re.compile(r"^[0-9a-f]{64}$", re.MULTILINE)


@dataclass(frozen=True)
class Filed:
    """What the file of a receipt says (record.md)."""

    code: str
    entry: int
    leaf: str
    written: str
    size: int
    root: str
    path: tuple[str, ...]


def code_in(typed: str) -> str:
    """The code that was typed, as it is printed: with any marks between its letters, or none."""
    letters = re.sub(r"[\W_]", "", typed).upper()
    if len(letters) != LENGTH or not set(letters) <= set(ALPHABET):
        return ""
    return "-".join(letters[i : i + 2] for i in range(0, LENGTH, 2))


def filed(pasted: str) -> Filed | None:
    """The file of a receipt; None: it is another text, or nothing can be read out of it."""
    text = "\n".join(line.strip() for line in pasted.strip("\ufeff \r\n").splitlines())
    if not text.startswith(_FILE):
        return None
    said = dict(_LINE.findall(text))
    code, numbers = code_in(said.get("code", "")), (said.get("entry", ""), said.get("size", ""))
    if not code or not all(
        number.isascii() and number.isdigit() and len(number) < 10 for number in numbers
    ):
        return None
    path = tuple(_STEP.findall(text.partition("\npath:")[2]))
    return Filed(
        code,
        int(numbers[0]),
        said.get("leaf", ""),
        said.get("bytes", ""),
        int(numbers[1]),
        said.get("root", ""),
        path,
    )


def proves_itself(file: Filed) -> bool:
    """Whether its bytes are its leaf, and its path leads from there to its root (RFC 9162)."""
    if file.written and tree.leaf_hash(file.written.encode()).hex() != file.leaf:
        return False
    try:
        leaf, root = bytes.fromhex(file.leaf), bytes.fromhex(file.root)
        path = [bytes.fromhex(step) for step in file.path]
    except ValueError:
        return False
    return tree.inclusion_holds(leaf, file.entry, file.size, path, root)


async def receipt_named(typed: str) -> Receipt | None:
    """The receipt whose code this is."""
    code = code_in(typed)
    return await Receipt.get_or_none(code=code) if code else None


async def receipt_of(file: Filed) -> Receipt | None:
    """The receipt that a file is true of: the same entry, in the record as it was that day."""
    given = await Receipt.get_or_none(code=file.code)
    if given is None or given.entry != file.entry or not proves_itself(file):
        return None
    if file.size > (await Head.get(id=1)).size:
        return None
    path = [step.hex() for step in await path_of(file.entry, file.size)]
    there = (await Entry.get(n=file.entry)).leaf, *path
    return given if (file.leaf, *file.path) == there else None
