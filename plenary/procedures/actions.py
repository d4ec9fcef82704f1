"""Adopt a procedure: a body's way to decide, by name and number, as data."""

from collections.abc import Mapping
from typing import Any

from plenary.bodies.days import day_of
from plenary.bodies.models import Words
from plenary.bodies.reading import body_of
from plenary.bodies.rules import bar_to_more
from plenary.procedures.models import Procedure
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
    decision: str = "",
    seen: int | None = None,
    once: str = "",
) -> Procedure:
    """Adopt a procedure, or the next number of one; questions put before keep theirs.

    `seen`: the number that it was to have; Refused where another was adopted meanwhile.
    """
    async with act(by=by) as record:
        made = await enter_procedure(record, body, key, data, names=names, decision=decision)
        if seen is not None and seen != made.number:
            raise Refused("moved_since_seen")
        await record.receipt(made.entry, topic=body, path=f"/procedures/{body}/{key}")
        return made


async def enter_procedure(
    record: Record,
    body: str,
    key: str,
    data: Mapping[str, Any],
    *,
    names: Words,
    decision: str = "",
) -> Procedure:
    chamber = await body_of(body)
    refuse(bar_to_more("procedures", await Procedure.filter(body=chamber).count()))
    number = 1 + await Procedure.filter(body=chamber, key=key).count()
    terms = {**data, "key": key, "number": number}
    terms.pop("names", None)  # they stand beside the terms, once
    _check(terms)
    entry = record.append(
        "procedure.adopted",
        body,
        {"terms": terms},
        key=key,
        number=number,
        kind=str(terms["kind"]),
        decision=decision,
        payload={"names": names},
    )
    return await Procedure.create(
        body=chamber,
        key=key,
        number=number,
        names=names,
        terms=terms,
        decision=decision,
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
