"""A body's ways to decide: adopted by name and number, as data, and ended."""

from collections.abc import Mapping
from typing import Any

from plenary.bodies.authority import authority_of
from plenary.bodies.days import day_of
from plenary.bodies.models import Body, Words
from plenary.bodies.reading import body_of
from plenary.bodies.rules import bar_to_more
from plenary.procedures.grounds import Basis, Ground, bar_to_end, bar_to_rest_on
from plenary.procedures.in_force import above, own_of
from plenary.procedures.models import Procedure
from plenary.procedures.notice import with_notice
from plenary.procedures.validation import checked
from plenary.record.act import Record, act, once
from plenary.refusal import Fault, Invalid, Refused, refuse


@once(lambda receipt: Procedure.get(entry=receipt.entry))
async def adopt_procedure(
    by: str,
    body: str,
    key: str,
    data: Mapping[str, Any],
    *,
    names: Words,
    decision: str,
    seen: int | None = None,
    once: str = "",
) -> Procedure:
    """Adopt a procedure, or the next number of one; questions put before keep theirs.

    `decision`: the one of that body, or of a body above it, that adopted it. `seen`: the number
    that it was to have; Refused where another was adopted meanwhile.
    """
    async with act(by=by) as record:
        chamber = await body_of(body)
        basis = Basis(Ground.DECISION, await _decided(chamber, decision))
        made = await enter_procedure(record, body, key, data, names=names, basis=basis)
        if seen is not None and seen != made.number:
            raise Refused("moved_since_seen")
        await record.receipt(record.next - 1, topic=body, path=f"/procedures/{body}/{key}")
        return made


@once(lambda receipt: Procedure.get(ending=receipt.entry))
async def end_procedure(
    by: str, body: str, key: str, *, decision: str, seen: int | None = None, once: str = ""
) -> Procedure:
    """A procedure is no longer in force: no question is put under it, and its numbers stay.

    `seen`: the number that was in sight; Refused where another has taken its place.
    """
    async with act(by=by) as record:
        chamber = await body_of(body)
        cited = await _decided(chamber, decision)
        own = await own_of(chamber)
        refuse(bar_to_end(key, own, top=chamber.parent_id is None))
        ended = own[key]
        if seen is not None and seen != ended.number:
            raise Refused("moved_since_seen")
        facts: dict[str, Any] = {"key": key, "number": ended.number, "decision": cited}
        entry = record.append("procedure.ended", body, **facts)
        ended.until, ended.ended_by, ended.ending = await day_of(record.now), cited, entry
        await ended.save(update_fields=("until", "ended_by", "ending"))
        await record.receipt(entry, topic=body, path=f"/procedures/{body}/{key}")
        return ended


async def _decided(body: Body, decision: str) -> str:
    """The adopted decision that the act rests on, as it is cited; refused where there is none."""
    cited = await authority_of(decision)
    refuse(bar_to_rest_on(cited, [chamber.key for chamber in await above(body)], body.key))
    return cited.name


async def enter_founding(
    record: Record, body: str, rules: Mapping[str, Mapping[str, Any]], *, authority: str = ""
) -> None:
    """The first rules of a body, entered when it is founded: `rules` by their keys, with names."""
    basis = Basis(Ground.FOUNDING, authority=authority)
    for key, data in rules.items():
        await enter_procedure(record, body, key, data, names=data["names"], basis=basis)


async def enter_procedure(
    record: Record,
    body: str,
    key: str,
    data: Mapping[str, Any],
    *,
    names: Words,
    basis: Basis,
) -> Procedure:
    chamber = await body_of(body)
    refuse(bar_to_more("procedures", await Procedure.filter(body=chamber).count()))
    newest = await Procedure.filter(body=chamber, key=key).order_by("-number").first()
    number = 1 + (newest.number if newest else 0)
    terms = {**with_notice(data), "key": key, "number": number}
    terms.pop("names", None)  # they stand beside the terms, once
    _check(terms)
    entry = record.append(
        "procedure.adopted",
        body,
        {"terms": terms},
        key=key,
        number=number,
        kind=str(terms["kind"]),
        decision=basis.decision,
        ground=basis.ground.value,
        payload={"names": names} | ({"authority": basis.authority} if basis.authority else {}),
    )
    return await Procedure.create(
        body=chamber,
        key=key,
        number=number,
        names=names,
        terms=terms,
        ground=basis.ground.value,
        authority=basis.authority,
        decision=basis.decision,
        since=await day_of(record.now),
        entry=entry,
    )


def _check(data: Mapping[str, Any]) -> None:
    """A procedure that can be used: one that could never be judged is not adopted."""
    try:
        checked(
            {name: value for name, value in data.items() if name not in ("key", "number", "names")}
        )
    except (ValueError, KeyError) as error:
        raise Invalid({"terms": Fault("bad_terms", where=str(error))}) from error
