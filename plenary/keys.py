"""A secret key, and how to tell one that can be guessed. Pure."""

from itertools import pairwise

LEAST = 32  # characters
LEAST_UNFORESEEN = 20  # of them, those that do not follow from the ones before
LEAST_DIFFERENT = 8
ROWS = ("qwertyuiopasdfghjklzxcvbnm", "azertyuiopqsdfghjklmwxcvbn", "qwertzuiopasdfghjklyxcvbnm")
# What manuals, frameworks and examples print where a key is to be put.
PRINTED = (
    "changeme", "changethis", "replaceme", "secretkey", "yoursecret", "mysecret", "supersecret",
    "topsecret", "insecure", "password", "passphrase", "example", "placeholder", "default",
    "randomtext", "randomstring", "longrandom", "deadbeef", "cafebabe", "letmein",
)  # fmt: skip
MAKE_ONE = 'python -c "import secrets; print(secrets.token_urlsafe(48))"'


def fault_of(key: str) -> str:
    """Why a key is no secret: missing, short, repeated, sequential, printed; nothing if it is."""
    if not key:
        return "missing"
    if len(key) < LEAST:
        return "short"
    plain = "".join(letter for letter in key.casefold() if letter.isalnum())
    if any(word in plain for word in PRINTED):
        return "printed"
    if len(set(key)) < LEAST_DIFFERENT or _period(key) < LEAST_UNFORESEEN:
        return "repeated"
    return "sequential" if _unforeseen(key.casefold()) < LEAST_UNFORESEEN else ""


def _period(key: str) -> int:
    """The length of the shortest beginning that the whole repeats."""
    fits = (n for n in range(1, len(key)) if key.startswith(key[n:]))
    return next(fits, len(key))


def _unforeseen(key: str) -> int:
    """How many characters neither repeat, count on from, nor lie beside the one before."""
    return sum(not _follows(*pair) for pair in pairwise(key))


def _follows(letter: str, other: str) -> bool:
    beside = any(
        abs(row.find(letter) - row.find(other)) == 1 for row in ROWS if {letter, other} <= {*row}
    )
    return (
        abs(ord(letter) - ord(other)) <= 1 or {letter, other} in ({"9", "a"}, {"0", "9"}) or beside
    )
