"""Is this copy true? A text, or its fingerprint, against every text of the Plenary."""

import re
import unicodedata
from dataclasses import dataclass

from plenary.archive.addresses import decision_path, proposal_path
from plenary.bodies.models import Words
from plenary.bodies.powers import Power
from plenary.bodies.viewers import Viewer
from plenary.decisions.models import Decision
from plenary.proposals.clauses import fingerprint
from plenary.proposals.models import Proposal, Version

_PRINT = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Known:
    """The text that a copy is of."""

    name: str  # decision or version
    symbol: str
    title: Words
    path: str
    fingerprint: str
    number: int = 0  # of the version
    newest: int = 0
    sample: bool = False


def print_in(typed: str) -> str:
    """The fingerprint in what was typed: in groups of four, or as sha256sum prints it."""
    bare = typed.strip().casefold().removeprefix("sha256:").removeprefix("sha-256").strip(" :")
    head = bare.split("  ")[0].split(" *")[0]
    for candidate in (re.sub(r"\s", "", bare), head.strip()):
        if _PRINT.fullmatch(candidate):
            return candidate
    return ""


def prints_of(text: str) -> list[str]:
    """The fingerprints a pasted text may have: pasting changes line ends and blank lines."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    tidy = "\n".join(line.rstrip() for line in lines.split("\n")).strip("\n") + "\n"
    forms = (text, lines, tidy, unicodedata.normalize("NFC", tidy))
    return list(dict.fromkeys(fingerprint(form) for form in forms))


async def recognise(viewer: Viewer, prints: list[str]) -> Known | None:
    """The decision or the version with one of these fingerprints, if this reader may see it."""
    for decision in await Decision.filter(register="own").order_by("-id"):
        if found := next((p for p in prints if p in decision.fingerprint.values()), ""):
            return Known(
                "decision", decision.symbol, decision.title, decision_path(decision), found,
                sample=decision.sample,
            )  # fmt: skip
    versions = Version.filter(fingerprint__in=prints or [""]).order_by("-id")
    for version in await versions.prefetch_related("proposal"):
        if version.proposal.tabled is not None or viewer.may(Power.READ_DRAFTS):
            return _version(version.proposal, version)
    return None


def _version(proposal: Proposal, version: Version) -> Known:
    return Known(
        "version", proposal.symbol, proposal.title,
        f"{proposal_path(proposal)}/v{version.number}", version.fingerprint, version.number,
        proposal.newest, proposal.sample,
    )  # fmt: skip
