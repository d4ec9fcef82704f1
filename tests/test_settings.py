"""Settings: what is missing or unsafe stops the start with a sentence that says what to set."""

import stat
from pathlib import Path

import pytest

from plenary.settings import Unsafe, from_environment, private_folder

KEY = "hF3k-9sLq_Zt72VbXw0mRpYcNe51uGdA"


def reason_of(**environment: str) -> str:
    whole = {"SECRET_KEY": KEY, "BASE_URL": "https://kp.example", "PLENARY_DATA": "/nonexistent"}
    try:
        from_environment(whole | environment)
    except Unsafe as unsafe:
        return unsafe.reason
    return ""


def test_a_real_body_with_a_secret_of_its_own_starts() -> None:
    assert reason_of() == ""


@pytest.mark.parametrize(
    "address", ["https://kp.example", "HTTPS://kp.example", "https://127.0.0.1"]
)
def test_the_demo_is_never_served_at_an_https_address(address: str) -> None:
    assert "PLENARY_DEMO" in reason_of(PLENARY_DEMO="1", BASE_URL=address)


@pytest.mark.parametrize(
    "address", ["", "kp.example", "ftp://kp.example", "https://", "http://[", "http://kp"]
)
def test_an_address_that_is_none_or_unguarded_is_named(address: str) -> None:
    assert "BASE_URL" in reason_of(BASE_URL=address)


@pytest.mark.parametrize("key", ["", "short", "a" * 40, "0123456789abcdef" * 3, "ab" * 20])
def test_a_secret_that_can_be_guessed_is_refused_with_how_to_make_one(key: str) -> None:
    assert "SECRET_KEY" in reason_of(SECRET_KEY=key)
    assert "token_urlsafe" in reason_of(SECRET_KEY=key)


@pytest.mark.parametrize("sender", ["not an address", "a@b", "a@b.org, c@d.org", "X <a@b>"])
def test_a_sender_that_is_no_address_is_named(sender: str) -> None:
    assert "MAIL_FROM" in reason_of(SMTP_URL="smtp://localhost", MAIL_FROM=sender)
    assert reason_of(SMTP_URL="smtp://localhost", MAIL_FROM="KP <kp@example.org>") == ""


def test_the_folder_of_the_data_is_nobody_elses_to_look_into(tmp_path: Path) -> None:
    folder = private_folder(tmp_path / "var")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    made = from_environment({"PLENARY_DEMO": "1", "PLENARY_DATA": str(tmp_path / "demo")})
    assert stat.S_IMODE((tmp_path / "demo").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "demo" / "secret_key").stat().st_mode) == 0o600
    assert made.demo


@pytest.mark.parametrize("size", ["-1", "16 MiB", "1.5", "²", "65537", "9" * 5_000])
def test_a_memory_for_pages_that_is_no_number_of_mib_is_named(size: str) -> None:
    assert "PLENARY_CACHE" in reason_of(PLENARY_CACHE=size)


def test_the_memory_for_pages_is_told_in_mib() -> None:
    told = {"PLENARY_DEMO": "1", "PLENARY_DATA": "/nonexistent", "SECRET_KEY": KEY}
    assert from_environment(told).cache == 16 * 2**20
    assert from_environment(told | {"PLENARY_CACHE": "64"}).cache == 64 * 2**20
    assert from_environment(told | {"PLENARY_CACHE": "0"}).cache == 0
