"""Call a meeting of a body: where, when, and on what."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from plenary.bodies.actions.naming import spelt
from plenary.bodies.models import Body, Words
from plenary.bodies.reading import numbering_year
from plenary.bodies.rules import bar_to_zone
from plenary.meetings.models import Meeting
from plenary.record.act import Record, act, once
from plenary.record.entry import instant
from plenary.refusal import Missing, Refused, refuse
from plenary.zones import zone_of

Item = Mapping[str, Any]  # item: "5 (a)", title: words, proposal: its number, or "2019/1", or none


@once(lambda receipt: Meeting.get(entry=receipt.entry))
async def call_meeting(
    by: str,
    *,
    slug: str,
    names: Words,
    body: str,
    place: Words,
    zone: str,
    begins: datetime,
    ends: datetime,
    agenda: Iterable[Item] = (),
    note: Words | None = None,
    key: str = "",
) -> Meeting:
    """Call a meeting; the same key twice is one meeting."""
    async with act(by=by) as record:
        meeting = await enter_meeting(
            record,
            slug=slug,
            names=names,
            body=body,
            place=place,
            zone=zone,
            begins=begins,
            ends=ends,
            agenda=agenda,
            note=note,
        )
        await record.receipt(meeting.entry, topic=body, path=f"/meetings/{slug}")
        return meeting


async def enter_meeting(
    record: Record,
    *,
    slug: str,
    names: Words,
    body: str,
    place: Words,
    zone: str,
    begins: datetime,
    ends: datetime,
    agenda: Iterable[Item] = (),
    note: Words | None = None,
    sample: bool = False,
) -> Meeting:
    """Put a meeting on the record; used by the secretariat's screen and by the sample."""
    chamber = await Body.get_or_none(key=body)
    if chamber is None:
        raise Missing("unknown_body", body=body)
    await _check(slug, zone, begins, ends)
    names, place = spelt(names), spelt(place, "place")
    items = [await _item(record, item) for item in agenda]
    entry = record.append(
        "meeting.called",
        body,
        meeting=slug,
        zone=zone,
        begins=instant(begins),
        ends=instant(ends),
        payload={"names": names, "place": place, "agenda": items},
    )
    return await Meeting.create(
        slug=slug,
        names=names,
        body=chamber,
        place=place,
        zone=zone,
        begins=begins,
        ends=ends,
        agenda=items,
        note=note or {},
        sample=sample,
        entry=entry,
    )


async def _check(slug: str, zone: str, begins: datetime, ends: datetime) -> None:
    if await Meeting.filter(slug=slug).exists():
        raise Refused("address_taken", slug=slug)
    refuse(bar_to_zone(zone))
    if ends <= begins:
        first, last = (at.astimezone(zone_of(zone)).date() for at in (begins, ends))
        raise Refused("ends_before_it_begins", since=first, until=last)


async def _item(record: Record, item: Item) -> dict[str, Any]:
    """An item as it is kept: its proposal by year and number, so that the link never moves."""
    proposal = item.get("proposal") or ""
    if isinstance(proposal, int):
        proposal = f"{await numbering_year(record.now)}/{proposal}"
    return {"item": item["item"], "title": dict(item["title"]), "proposal": proposal}
