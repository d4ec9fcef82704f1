"""Symbols: each belongs to one text for good, and no two look the same."""

from plenary.bodies.models import Symbol
from plenary.refusal import Refused
from plenary.texts.symbols import is_of_a_proposal, key_of


async def take_symbol(symbol: str, path: str) -> None:
    """Give a symbol to what stands at an address; refused with the one that it looks like.

    To be called inside an act: the record's lock makes it one after the other.
    """
    if is_of_a_proposal(symbol) and not path.startswith("/proposals/"):
        raise Refused("symbol_of_proposals", symbol=symbol)
    if holder := await Symbol.get_or_none(key=key_of(symbol)):
        raise Refused("symbol_taken", symbol=symbol, holder=holder.symbol)
    await Symbol.create(key=key_of(symbol), symbol=symbol, path=path)
