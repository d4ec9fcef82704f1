"""The entries whose words are to go, as the rules for an order see them: in whose competence, of
which day, and what rests on them."""

from collections.abc import Mapping
from typing import Any

from plenary.bodies.days import day_of
from plenary.decisions.models import Decision
from plenary.decisions.reading import decision_named
from plenary.disclosure.competence import body_of
from plenary.disclosure.orders import (
    Adopted,
    Ordering,
    Subject,
    Text,
    bar_to_removal,
    only_repeated,
)
from plenary.disclosure.quoting import strings_in
from plenary.proposals.models import Proposal
from plenary.proposals.reading import languages_of, lines_of, shown_from, version_of
from plenary.questions.rules import ADOPTIONS
from plenary.record import acts
from plenary.record.entry import lists_in, read_entry
from plenary.record.entry_types import Payload
from plenary.record.models import Entry, Redaction
from plenary.record.models import Payload as Stored
from plenary.record.telling import told_by
from plenary.refusal import Missing, refuse

UNPROVED = "unproved"  # what stays, though its entry is bound to it by no digest of its own


async def removable(n: int) -> Subject:
    """An entry whose words can be removed; Refused where there are none, or none any more."""
    entry = await Entry.get_or_none(n=n)
    if entry is None:
        raise Missing("unknown_entry", n=n)
    subject = await subject_of(entry)
    refuse(bar_to_removal(subject))
    return subject


async def subject_of(entry: Entry) -> Subject:
    return Subject(
        n=entry.n,
        type=entry.type,
        day=await day_of(entry.at),
        body=await body_of(entry),
        has_words=await _has_words(entry),
        removed=await _removed(entry),
        text=await _text(entry) if _holds(entry, Payload.TEXT) else None,
        adopted=await _adopted(entry),
        followed=await _followed(entry) if entry.type == "version.issued" else None,
    )


def _holds(entry: Entry, *payloads: Payload) -> bool:
    return acts.of(entry.type).payload in payloads


# --- words, and what is none ---


async def _has_words(entry: Entry) -> bool:
    """Whether its payload holds, or held, a text that is not empty. Whoever runs the form reads
    every payload, so a refusal tells nobody who gave no reason."""
    if not entry.payload or _holds(entry, Payload.NONE):
        return False
    if not await Stored.exists(commitment=entry.payload):
        return True
    words = words_of(entry.type, read_entry(bytes(entry.written)), await told_by(entry))
    return any(text.strip() for text in strings_in(words))


def words_of(kind: str, facts: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """Of a payload what goes by an order, and may be empty."""
    stays = {"language", *lists_in(facts, told), *_unproved(kind, facts, told)}
    return {name: words for name, words in told.items() if name not in stays}


async def staying(entry: Entry) -> dict[str, Any]:
    """What of its payload is no words: the order keeps it. A roll, a rule and a window, on which
    an outcome rests, are proved by the digests of the entry."""
    facts, told = read_entry(bytes(entry.written)), await told_by(entry)
    bare = _unproved(entry.type, facts, told)
    return lists_in(facts, told) | ({UNPROVED: bare} if bare else {})


def _unproved(kind: str, facts: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """A procedure of the first builds was bound to its terms by the payload alone."""
    if kind != "procedure.adopted" or "terms_size" in facts or "terms" not in told:
        return {}
    return {"terms": told["terms"]}


async def _removed(entry: Entry) -> int | None:
    """The order by which its own words went."""
    before = await Redaction.get_or_none(entry=entry.n)
    if before is None:
        return None
    rows = await Entry.filter(type="payload.redacted")
    orders = {order.n: int(str(read_entry(bytes(order.written))["entry"])) for order in rows}
    return None if only_repeated(entry.type, entry.n, before.order, orders) else before.order


# --- texts, titles, and the decisions that adopted them ---


async def _text(entry: Entry) -> Text:
    proposal = await Proposal.get(symbol=entry.topic)
    facts = read_entry(bytes(entry.written))
    version = int(str(facts["version"]))
    return Text(version, proposal.newest, proposal.stage, lasting="status" in facts)


async def _adopted(entry: Entry) -> Adopted | None:
    """The newest decision that adopted it: a version, a translation that is read with one, or a
    title, by which the decision itself is called."""
    if not _holds(entry, Payload.TEXT, Payload.TITLE):
        return None
    for decision in await _adopting(entry.topic):
        if _holds(entry, Payload.TITLE) or await _is_of(entry, decision):
            return Adopted(decision.symbol, decision.entry)
    return None


async def _adopting(symbol: str) -> list[Decision]:
    """The newest first."""
    rows = Decision.filter(register="own", proposal__symbol=symbol, outcome__in=list(ADOPTIONS))
    return await rows.order_by("-entry").prefetch_related("proposal")


async def _followed(entry: Entry) -> Adopted | None:
    """The decision on a later version whose translation was made from this one and goes on: that
    it says the same is known by comparing, and without these words it would lag behind."""
    own = int(str(read_entry(bytes(entry.written))["version"]))
    for decision in await _adopting(entry.topic):
        if decision.version is None or decision.version <= own:
            continue
        proposal: Proposal = decision.proposal  # type: ignore[assignment]
        version = await version_of(proposal, decision.version)
        for language in await languages_of(proposal):
            lines = await lines_of(proposal, version, language)
            if any(line.follows == own and not line.lags and not line.undivided for line in lines):
                return Adopted(decision.symbol, decision.entry)
    return None


async def _is_of(entry: Entry, decision: Decision) -> bool:
    """Whether a text is that of a decision. A translation goes for later versions too, as long as
    any of it is the newest there."""
    facts = read_entry(bytes(entry.written))
    own, adopted = int(str(facts["version"])), decision.version
    if adopted is None or adopted <= own or entry.type != "translation.issued":
        return adopted == own
    proposal: Proposal = decision.proposal  # type: ignore[assignment]
    version = await version_of(proposal, adopted)
    return entry.n in await shown_from(proposal, version, str(facts["language"]))


async def ordering_of(symbol: str) -> Ordering | None:
    """A decision of the register; one that came with another register is the Plenary's."""
    found = await decision_named(symbol) if symbol else None
    if found is None:
        return None
    await found.fetch_related("body")
    return Ordering(
        found.outcome in ADOPTIONS,
        found.body.key if found.body else "plenary",
        found.date,
        found.entry,
        declared=found.register == "own",
    )
