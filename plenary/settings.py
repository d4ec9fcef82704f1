"""One frozen Settings, read from the environment once."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from plenary import keys
from plenary.mailbox import sender_of

MODELS = (
    "plenary.record.models",
    "plenary.people.models",
    "plenary.bodies.models",
    "plenary.proposals.models",
    "plenary.procedures.models",
    "plenary.questions.models",
    "plenary.decisions.models",
    "plenary.meetings.models",
    "plenary.notices.models",
)
LANGUAGES = ("en", "fr")
MOST_CACHE = 65_536  # MiB
WEAK = {  # what is wrong with a SECRET_KEY, by its fault
    "missing": "is missing",
    "short": f"is shorter than {keys.LEAST} characters",
    "repeated": "repeats itself and can be guessed",
    "sequential": "is a sequence and can be guessed",
    "printed": "is made of words that manuals print, and can be guessed",
}


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
    contact: str = ""  # who answers letters
    forwarded_allow_ips: str = ""
    port: int = 8000
    max_body: int = 1_000_000
    cache: int = 16 * 2**20  # of memory for public pages and files that are kept

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
        contact=environ.get("CONTACT", ""),
        forwarded_allow_ips=environ.get("FORWARDED_ALLOW_IPS", ""),
        port=port,
        cache=_cache(environ.get("PLENARY_CACHE") or "16"),
    )
    _refuse_unsafe(settings)
    return settings


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Unsafe(f"PORT is {text!r}: set it to a number between 1 and 65535.")
    return int(text)


def _cache(text: str) -> int:
    number = text.isascii() and text.isdigit() and len(text) <= len(str(MOST_CACHE))
    if not number or int(text) > MOST_CACHE:
        raise Unsafe(
            f"PLENARY_CACHE is {text[:20]!r}: set it to the MiB of memory for public pages that "
            f"are kept, from 0 to {MOST_CACHE}."
        )
    return int(text) * 2**20


def _kept_key(data: Path) -> str:
    """A demo keeps one random key beside its database, so that a restart signs nobody out."""
    path = data / "secret_key"
    if not path.exists():
        private_folder(data)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


def private_folder(path: Path) -> Path:
    """Make a folder that nobody else on this machine can look into; one that is there stays."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _refuse_unsafe(settings: Settings) -> None:
    if fault := keys.fault_of(settings.secret_key):
        raise Unsafe(
            f"SECRET_KEY {WEAK[fault]}: set it to a long random text that stays the same across "
            f"restarts, made with {keys.MAKE_ONE}"
        )
    _refuse_unsafe_address(settings)
    if settings.smtp_url and not settings.smtp_url.startswith(("smtp://", "smtps://")):
        raise Unsafe("SMTP_URL must begin with smtp:// or smtps://.")
    if settings.smtp_url and not settings.mail_from:
        raise Unsafe("MAIL_FROM is missing: set it to the address that mail is sent from.")
    for name, address in (("MAIL_FROM", settings.mail_from), ("CONTACT", settings.contact)):
        if address and not sender_of(address):
            raise Unsafe(
                f"{name} is {address!r}: set it to one address, name@example.org or "
                "Name <name@example.org>."
            )


def _refuse_unsafe_address(settings: Settings) -> None:
    """TLS, but for this machine itself and the demo: which signs in anyone, so it never has it."""
    try:
        parts = urlsplit(settings.base_url)
        scheme, host = parts.scheme, parts.hostname
    except ValueError:
        scheme = host = ""
    if scheme not in ("https", "http") or not host:
        raise Unsafe("BASE_URL is missing: set it to the address people use, https://….")
    if scheme == "https" and settings.demo:
        raise Unsafe(
            f"PLENARY_DEMO lets anyone sign in as anyone and cannot be served at "
            f"{settings.base_url}: take PLENARY_DEMO away, or set BASE_URL to http://127.0.0.1."
        )
    if scheme == "http" and not settings.demo and host not in ("127.0.0.1", "localhost"):
        raise Unsafe("BASE_URL must begin with https:// outside this machine.")
