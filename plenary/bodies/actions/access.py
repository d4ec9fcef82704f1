"""The access log: a document, sitting, badge or visa refused to an Observer, the floor cut."""

from dataclasses import dataclass
from datetime import date

from plenary.bodies.measures import bar_to_report_access
from plenary.bodies.models import Measure
from plenary.bodies.reading import body_of, delegation_of
from plenary.record.act import act, its_entry, once
from plenary.refusal import refuse


@dataclass(frozen=True)
class Refusal:
    """What was refused, to whom, by which office (chair, secretariat, host, other) and when."""

    code: str
    kind: str  # document, sitting, floor, badge, visa
    office: str
    day: date
    ground: str = ""  # as it was given; an Observer may report that none was
    body: str = ""  # key, where it was in a body
    meeting: str = ""  # its address
    language: str = "en"


@once(its_entry)
async def report_access(by: str, refusal: Refusal, *, key: str = "") -> int:
    """The Chair or the secretariat enters it, or the Observer itself: then "reported by" it."""
    async with act(by=by) as record:
        delegation = await delegation_of(refusal.code)
        refuse(bar_to_report_access(record.by, delegation.code, delegation.kind))
        chamber = await body_of(refusal.body) if refusal.body else None
        said = {"ground": refusal.ground, "language": refusal.language}
        entry = record.append(
            "access.refused",
            delegation.code,
            value=refusal.kind,
            office=refusal.office,
            since=refusal.day.isoformat(),
            body=refusal.body,
            meeting=refusal.meeting,
            payload=said if refusal.ground else None,
        )
        await Measure.create(
            delegation=delegation,
            body=chamber,
            kind=refusal.kind,
            value="refused",
            meeting=refusal.meeting,
            since=refusal.day,
            office=refusal.office,
            ground=refusal.ground,
            language=refusal.language,
            by=record.by,
            at=record.now,
            entry=entry,
        )
        await record.receipt(entry, topic=delegation.code, path=f"/measures/{entry}")
        return entry
