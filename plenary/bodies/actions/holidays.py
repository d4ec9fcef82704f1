"""The holidays of a body: entered, and taken out again. No deadline that runs is moved by it."""

from collections.abc import Mapping
from datetime import date

from plenary.bodies.models import Holiday, Words
from plenary.bodies.reading import body_of
from plenary.bodies.rules import bar_to_calendar
from plenary.record.act import Record, act, its_entry, once
from plenary.refusal import Fault, Invalid, Missing, refuse

PATH = "/secretariat/holidays"


@once(its_entry)
async def set_holidays(by: str, body: str, days: Mapping[date, Words], *, key: str = "") -> int:
    """Enter holidays of a body, all or none; the number of the one entry that names them."""
    async with act(by=by) as record:
        entry = await enter_holidays(record, body, days)
        await record.receipt(entry, topic=body, path=f"{PATH}?body={body}")
        return entry


async def enter_holidays(record: Record, body: str, days: Mapping[date, Words]) -> int:
    chamber = await body_of(body)
    known = await Holiday.filter(body=chamber, day__in=list(days)).order_by("day")
    if known:
        raise Invalid({"days": Fault("holiday_known", days=[holiday.day for holiday in known])})
    refuse(bar_to_calendar(len(days), await Holiday.filter(body=chamber).count()))
    entry = record.append(
        "holidays.entered",
        body,
        days=[day.isoformat() for day in sorted(days)],
        payload={"names": {day.isoformat(): names for day, names in days.items()}},
    )
    await Holiday.bulk_create(
        [Holiday(body=chamber, day=day, names=days[day], entry=entry) for day in sorted(days)]
    )
    return entry


@once(its_entry)
async def remove_holiday(by: str, body: str, day: date, *, key: str = "") -> int:
    """A day is a working day again; questions keep the calendar that they found."""
    async with act(by=by) as record:
        chamber = await body_of(body)
        holiday = await Holiday.get_or_none(body=chamber, day=day)
        if holiday is None:
            raise Missing("no_such_holiday", day=day)
        entry = record.append(
            "holiday.removed",
            body,
            days=[day.isoformat()],
            payload={"names": {day.isoformat(): holiday.names}},
        )
        await holiday.delete()
        await record.receipt(entry, topic=body, path=f"{PATH}?body={body}")
        return entry
