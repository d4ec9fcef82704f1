"""What is said beside a measure: the delegation that it is about appeals, an office answers."""

from plenary.bodies.appealable import measure_of
from plenary.bodies.authority import authority_of
from plenary.bodies.measures import (
    MOST_APPEALS,
    Footing,
    bar_to_answer_appeal,
    bar_to_appeal,
    footing_of,
)
from plenary.bodies.models import Appeal, Measure
from plenary.record.act import Record, act, its_entry, once
from plenary.refusal import Refused, refuse


@once(its_entry)
async def appeal(by: str, measure: int, text: str, *, language: str = "en", key: str = "") -> int:
    """The delegation that a measure is about appeals against it; its words are public.

    `measure`: the number of its entry. The measure holds meanwhile.
    """
    async with act(by=by) as record:
        about = await measure_of(measure)
        refuse(bar_to_appeal(record.by, about.delegation.code))
        return await _say(record, about, "appeal", text, language, Footing())


@once(its_entry)
async def answer_appeal(
    by: str,
    measure: int,
    text: str,
    *,
    language: str = "en",
    decision: str = "",
    key: str = "",
) -> int:
    """The office that took the measure, the Chair or the secretariat answers; a decision may."""
    async with act(by=by) as record:
        about = await measure_of(measure)
        body = about.body.key if about.body else ""
        refuse(bar_to_answer_appeal(record.by, about.office, body))
        if not await Appeal.exists(measure=about, kind="appeal"):
            raise Refused("no_appeal_yet")
        cited = footing_of(await authority_of(decision)) if decision.strip() else Footing()
        return await _say(record, about, "answer", text, language, cited)


async def _say(
    record: Record, about: Measure, kind: str, text: str, language: str, cited: Footing
) -> int:
    there = await Appeal.filter(measure=about).count()
    if there >= MOST_APPEALS:
        raise Refused("list_full", kind="appeals", most=MOST_APPEALS)
    code, number = about.delegation.code, there + 1
    entry = record.append(
        "appeal.entered" if kind == "appeal" else "appeal.answered",
        code,
        measure=about.entry,
        number=number,
        **({"decision": cited.decision} if cited.decision else {}),
        payload={"text": text, "language": language},
    )
    await Appeal.create(
        measure=about,
        number=number,
        kind=kind,
        text=text,
        language=language,
        decision=cited.decision,
        path=cited.path,
        by=record.by,
        at=record.now,
        entry=entry,
    )
    await record.receipt(entry, topic=code, path=f"/measures/{about.entry}")
    return entry
