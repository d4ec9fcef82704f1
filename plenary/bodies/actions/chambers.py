"""Form a body: the Plenary itself, or a committee or working group under it."""

from plenary.bodies.actions.naming import named, spelt
from plenary.bodies.models import Body, Words
from plenary.bodies.reading import body_of
from plenary.bodies.rules import KEPT_KEYS, bar_to_more, bar_to_zone
from plenary.record.act import Record, act, once
from plenary.refusal import Invalid, Refused, refuse
from plenary.texts.characters import fault_in
from plenary.texts.symbols import key_of


@once(lambda receipt: body_of(receipt.topic))
async def form_body(
    by: str,
    key: str,
    symbol: str,
    names: Words,
    *,
    mandate: Words | None = None,
    parent: str = "plenary",
    zone: str = "",
    place: Words | None = None,
    once: str = "",
) -> Body:
    """Form a body under another. `once` is the form's own key: the same twice is one act."""
    async with act(by=by) as record:
        body, entry = await _enter(
            record, key, symbol, names, mandate=mandate, parent=parent, zone=zone, place=place
        )
        await record.receipt(entry, topic=key, path=f"/groups/{key}")
        return body


async def enter_body(
    record: Record,
    key: str,
    symbol: str,
    names: Words,
    *,
    mandate: Words | None = None,
    parent: str = "",
    zone: str = "UTC",
    place: Words | None = None,
    source: str = "",
    organisation: Words | None = None,
    sample: bool = False,
    numbering: int | None = None,
    as_of: Words | None = None,
) -> Body:
    """Put a body on the record; `numbering` is the year of its symbols where it is not this one."""
    body, _ = await _enter(
        record,
        key,
        symbol,
        names,
        mandate=mandate,
        parent=parent,
        zone=zone,
        place=place,
        source=source,
        organisation=organisation,
        sample=sample,
        numbering=numbering,
        as_of=as_of,
    )
    return body


async def _enter(
    record: Record,
    key: str,
    symbol: str,
    names: Words,
    *,
    mandate: Words | None,
    parent: str,
    zone: str,
    place: Words | None,
    source: str = "",
    organisation: Words | None = None,
    sample: bool = False,
    numbering: int | None = None,
    as_of: Words | None = None,
) -> tuple[Body, int]:
    if key in KEPT_KEYS or await Body.filter(key=key).exists():
        raise Refused("address_taken", slug=key)
    refuse(bar_to_more("bodies", await Body.all().count()))
    refuse(bar_to_zone(zone or "UTC"))
    await _check_symbol(symbol)
    above, names = await body_of(parent) if parent else None, await named(names)
    entry = record.append(
        "body.formed",
        key,
        symbol=symbol,
        parent=parent,
        payload={"names": names, "mandate": mandate or {}},
    )
    body = await Body.create(
        key=key,
        symbol=symbol,
        names=names,
        mandate=mandate or {},
        parent=above,
        zone=zone or (above.zone if above else "UTC"),
        place=place or (above.place if above else {}),
        source=source,
        organisation=spelt(organisation or {}),
        sample=sample,
        numbering=numbering,
        as_of=as_of or {},
    )
    return body, entry


async def _check_symbol(symbol: str) -> None:
    """What stands in the symbols of a body's texts stands in no other's."""
    if fault := fault_in(symbol):
        raise Invalid({"symbol": fault})
    shape = key_of(symbol)
    for other in await Body.all():
        if key_of(other.symbol) == shape:
            raise Refused("symbol_taken", symbol=symbol, holder=other.symbol)
