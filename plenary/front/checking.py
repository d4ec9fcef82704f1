"""Is this copy true? A text, or its fingerprint, against every text of the Plenary."""

import re
import unicodedata
from dataclasses import dataclass

from plenary.bodies.models import Words
from plenary.bodies.viewers import Viewer
from plenary.decisions.models import Decision, Statement
from plenary.disclosure.receipts import Filed, receipt_of
from plenary.front.addresses import decision_path, proposal_path
from plenary.front.printed import Printed
from plenary.meetings.models import Communique
from plenary.proposals.models import Proposal, Version
from plenary.proposals.reading import open_to
from plenary.texts.clauses import fingerprint

_PRINT = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Known:
    """The text that a copy is of."""

    name: str  # decision, version, communique, statement, receipt
    symbol: str
    title: Words
    path: str
    fingerprint: str
    number: int = 0  # of the version, the statement or the entry
    newest: int = 0
    sample: bool = False
    outcome: str = ""  # of the decision, or of the one that a statement is beside
    brackets: int = 0  # open in the text
    beside: str = ""  # what stands beside the text in the copy: same, changed


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


async def recognise(viewer: Viewer, prints: list[str], printed: Printed) -> Known | None:
    """What has one of these fingerprints, if this reader may see it."""
    await printed.read()
    if decision := printed.decision(prints):
        return await known_decision(*decision)
    if version := await _version_of(viewer, prints):
        return version
    if communique := printed.communique(prints):
        return await _communique(*communique)
    statement = printed.statement(prints)
    return await _statement(*statement) if statement else None


async def known_decision(id: int, print: str, *, beside: str = "") -> Known:
    decision = await Decision.get(id=id).prefetch_related("proposal")
    version = await Version.get(proposal=decision.proposal, number=decision.version)
    return Known(
        "decision",
        decision.symbol,
        decision.title,
        decision_path(decision),
        print,
        sample=decision.sample,
        outcome=decision.outcome,
        brackets=version.brackets,
        beside=beside,
    )


async def known_receipt(file: Filed) -> Known | None:
    """A file of a receipt, whose entry is here as the file says."""
    if (given := await receipt_of(file)) is None:
        return None
    path = f"/receipts/{given.code}"
    return Known("receipt", given.code, {}, path, file.leaf, number=given.entry)


async def _communique(id: int, print: str) -> Known:
    communique = await Communique.get(id=id).prefetch_related("meeting")
    path = f"/meetings/{communique.meeting.slug}/communique"
    return Known(
        "communique", "", communique.meeting.names, path, print, sample=communique.meeting.sample
    )


async def _statement(id: int, print: str) -> Known:
    statement = await Statement.get(id=id).prefetch_related("decision", "delegation")
    path = f"{decision_path(statement.decision)}#s{statement.number}"
    return Known(
        "statement",
        statement.decision.symbol,
        statement.delegation.names,
        path,
        print,
        statement.number,
        sample=statement.decision.sample,
        outcome=statement.decision.outcome,
    )


async def _version_of(viewer: Viewer, prints: list[str]) -> Known | None:
    versions = Version.filter(open_to(viewer, "proposal"), fingerprint__in=prints or [""])
    version = await versions.order_by("-id").first().prefetch_related("proposal")
    return _version(version.proposal, version) if version else None


def _version(proposal: Proposal, version: Version) -> Known:
    return Known(
        "version",
        proposal.symbol,
        proposal.title,
        f"{proposal_path(proposal)}/v{version.number}",
        version.fingerprint,
        version.number,
        proposal.newest,
        proposal.sample,
        brackets=version.brackets,
    )
