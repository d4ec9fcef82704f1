"""One frozen Settings, read from the environment once."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

MODELS = (
    "plenary.record.models",
    "plenary.people.models",
    "plenary.bodies.models",
    "plenary.proposals.models",
    "plenary.decisions.models",
    "plenary.meetings.models",
    "plenary.notices.models",
)
LANGUAGES = ("en", "fr")
MINIMUM_SECRET = 32  # characters; shorter keys can be guessed


class Unsafe(Exception):
    """The server must not start with these settings; `reason` says which to set, and to what."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Settings:
    """Everything that a deployment may choose. Times are seconds, sizes are bytes."""

    database_url: str
    secret_key: str
    base_url: str
    data: Path
    demo: bool = False
    worker: bool = True
    pulse: bool = True  # whether it keeps time at all; tests pretend theirs
    smtp_url: str = ""
    mail_from: str = ""
    forwarded_allow_ips: str = ""
    port: int = 8000
    max_body: int = 1_000_000

    @property
    def secure(self) -> bool:
        """Whether browsers reach us over TLS, so that cookies may insist on it."""
        return self.base_url.startswith("https://")


def from_environment(environ: Mapping[str, str] = os.environ, *, demo: bool = False) -> Settings:
    """Read the settings; raise Unsafe with a sentence that says what to set."""
    data = Path(environ.get("PLENARY_DATA") or "var").resolve()
    demo = demo or environ.get("PLENARY_DEMO") == "1"
    port = _port(environ.get("PORT") or "8000")
    settings = Settings(
        database_url=environ.get("DATABASE_URL") or f"sqlite:///{data / 'plenary.sqlite3'}",
        secret_key=environ.get("SECRET_KEY") or (_kept_key(data) if demo else ""),
        base_url=(environ.get("BASE_URL") or (f"http://127.0.0.1:{port}" if demo else "")).rstrip(
            "/"
        ),
        data=data,
        demo=demo,
        worker=environ.get("PLENARY_WORKER", "1") != "0",
        smtp_url=environ.get("SMTP_URL", ""),
        mail_from=environ.get("MAIL_FROM", ""),
        forwarded_allow_ips=environ.get("FORWARDED_ALLOW_IPS", ""),
        port=port,
    )
    _refuse_unsafe(settings)
    return settings


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Unsafe(f"PORT is {text!r}: set it to a number between 1 and 65535.")
    return int(text)


def _kept_key(data: Path) -> str:
    """A demo keeps one random key beside its database, so that a restart signs nobody out."""
    path = data / "secret_key"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


def _refuse_unsafe(settings: Settings) -> None:
    if len(settings.secret_key) < MINIMUM_SECRET:
        raise Unsafe(
            f"SECRET_KEY is missing or shorter than {MINIMUM_SECRET} characters: set it to a long "
            "random text that stays the same across restarts."
        )
    if not settings.base_url.startswith(("https://", "http://")):
        raise Unsafe("BASE_URL is missing: set it to the address people use, https://….")
    if settings.base_url.startswith("http://") and not settings.demo:
        host = settings.base_url.removeprefix("http://").split(":")[0].split("/")[0]
        if host not in ("127.0.0.1", "localhost"):
            raise Unsafe("BASE_URL must begin with https:// outside this machine.")
    if settings.smtp_url and not settings.smtp_url.startswith(("smtp://", "smtps://")):
        raise Unsafe("SMTP_URL must begin with smtp:// or smtps://.")
    if settings.smtp_url and not settings.mail_from:
        raise Unsafe("MAIL_FROM is missing: set it to the address that mail is sent from.")
