"""Bodies, delegations and symbols as they are asked for by name."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from plenary.bodies.models import Body, Delegation, Spell, Symbol, Words
from plenary.bodies.rules import CODE, SLUG
from plenary.record.remembered import remembered
from plenary.refusal import Missing
from plenary.texts.symbols import key_of


async def body_of(key: str) -> Body:
    """The body of this key, or Missing."""
    body = await Body.get_or_none(key=key) if SLUG.fullmatch(key) else None
    if body is None:
        raise Missing("unknown_body", body=key)
    return body


async def delegation_of(code: str) -> Delegation:
    """The delegation of this code, or Missing."""
    delegation = await Delegation.get_or_none(code=code) if CODE.fullmatch(code) else None
    if delegation is None:
        raise Missing("unknown_delegation", code=code)
    return delegation


@remembered()
async def names_of_all() -> Mapping[str, Words]:
    """What codes of delegations and keys of bodies stand for."""
    found: dict[str, Words] = {body.key: body.names for body in await Body.all()}
    return found | {party.code: party.names for party in await Delegation.all()}


async def root() -> Body:
    """The body that all others stand under: the Plenary."""
    return await body_of("plenary")


async def numbering_year(now: datetime) -> int:
    """The year that symbols are numbered under: that of the seat's calendar, if none is set."""
    body = await root()
    return body.numbering or now.astimezone(ZoneInfo(body.zone)).year


async def is_taken(symbol: str) -> bool:
    """Whether a text is called so, or by what looks the same."""
    return await Symbol.filter(key=key_of(symbol)).exists()


async def path_of(symbol: str) -> str:
    """Where the text stands that is called so, however the symbol is typed; else nothing."""
    holder = await Symbol.get_or_none(key=key_of(symbol))
    return holder.path if holder else ""


def sight_of(spells: Iterable[Spell]) -> str:
    """The standing of a Participant as it is recorded: any act on it makes another."""
    return "-".join(str(n) for n in sorted({spell.entry for spell in spells}))
