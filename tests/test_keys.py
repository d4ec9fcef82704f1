"""Secret keys: what can be guessed is no secret."""

import secrets
import string

import pytest

from plenary.keys import fault_of

WEAK = {
    "": "missing", "x": "short", "k7" * 15: "short",
    "a" * 32: "repeated", "ab" * 40: "repeated", "0123456789abcdef" * 4: "repeated",
    "Zq8!" * 16: "repeated", "abcdefghijklmnopqrstuvwxyz0123456789": "sequential",
    "0123456789012345678901234567890123456789": "repeated",
    "zyxwvutsrqponmlkjihgfedcba9876543210": "sequential",
    "qwertyuiopasdfghjklzxcvbnmqwertyuiop": "sequential",
    "please-change-me-to-something-better-9134": "printed",
    "django-insecure-8fj3k2l1m4n5b6v7c8x9z0q": "printed",
    "your_secret_key_goes_here_0123456789!": "printed",
    "000000000000000000000000000000000000001": "repeated",
}  # fmt: skip


@pytest.mark.parametrize("key, fault", WEAK.items())
def test_a_key_that_can_be_guessed_is_none(key: str, fault: str) -> None:
    assert fault_of(key) == fault


def test_a_key_made_at_random_is_one_whatever_its_letters() -> None:
    for letters in (string.hexdigits[:16], string.digits, string.ascii_letters, string.printable):
        for _ in range(150):
            assert fault_of("".join(secrets.choice(letters) for _ in range(64))) == ""
    assert all(fault_of(secrets.token_urlsafe(48)) == "" for _ in range(150))
    assert all(fault_of(secrets.token_hex(32)) == "" for _ in range(150))
