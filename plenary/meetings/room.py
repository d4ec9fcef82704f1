"""The room of a meeting as it can be read: who is seated, who is on the roll, who is there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from plenary.bodies.days import day_of, not_over
from plenary.bodies.measures import Absence
from plenary.bodies.models import Credential, Delegation, Presence, Spell
from plenary.bodies.pages.order import by_name
from plenary.bodies.rolls import absences, candidates_on
from plenary.bodies.rules import Candidate, Roll, Room, Standing, roll_of, why_not
from plenary.meetings.models import Meeting

OVERRUN = timedelta(days=1)  # closing sittings go on into the night


@dataclass(frozen=True)
class AttendanceRow:
    """One delegation: its place in the body, and whether it is in the room."""

    delegation: Delegation
    seat: str
    off: str  # why it is not on the roll; empty where it is
    spell: Spell | None  # the standing that holds on the day, with its decision
    credentials: Credential | None
    absence: Absence | None  # since when and by whose act it is not on the roll
    visits: tuple[Presence, ...]  # in the order of arrival

    @property
    def here(self) -> Presence | None:
        """Its presence now, if it is in the room."""
        last = self.visits[-1] if self.visits else None
        return last if last and last.left is None else None


@dataclass(frozen=True)
class Attendance:
    """Everyone whom a roll call of the meeting would name."""

    rows: tuple[AttendanceRow, ...]  # by name
    roll: Roll
    day: date  # the day of the roll: today, or the meeting's nearest

    @property
    def present(self) -> Roll:
        """Those of the roll who are in the room: all that a quorum counts."""
        return self.roll.among({row.delegation.code for row in self.rows if row.here})

    @property
    def on_roll(self) -> list[AttendanceRow]:
        return [row for row in self.rows if not row.off]

    @property
    def off_roll(self) -> list[AttendanceRow]:
        return [row for row in self.rows if row.off and row.delegation.kind == "participant"]

    @property
    def heard(self) -> list[AttendanceRow]:
        """Observers, Applicants and guests: in the room, in no count."""
        return [row for row in self.rows if row.delegation.kind != "participant"]

    @property
    def here(self) -> list[AttendanceRow]:
        return [row for row in self.rows if row.here]

    @property
    def away(self) -> list[AttendanceRow]:
        return [row for row in self.rows if not row.here]

    def row_of(self, code: str) -> AttendanceRow | None:
        return next((row for row in self.rows if row.delegation.code == code), None)


def room_of(meeting: Meeting) -> Room:
    """Open from the first day's midnight at the place until a day after the end."""
    first = meeting.begins.astimezone(ZoneInfo(meeting.zone)).date()
    opens = datetime.combine(first, time(), ZoneInfo(meeting.zone))
    return Room(meeting.body.key, meeting.slug, opens, meeting.ends + OVERRUN)


async def attendance_of(meeting: Meeting, now: datetime) -> Attendance:
    """The room of a meeting now; of one that is past or to come, on its last or its first day."""
    first, last = await day_of(meeting.begins), await day_of(meeting.ends)
    day = min(max(await day_of(now), first), last)
    candidates = await candidates_on(meeting.body, day, meeting.slug)
    visits = await Presence.filter(meeting=meeting.slug).order_by("arrived", "id")
    credentials = await Credential.filter(not_over(day), meeting=meeting.slug)
    ids = {visit.delegation_id for visit in visits}
    ids |= {credential.delegation_id for credential in credentials}
    known = {candidate.code: candidate for candidate in candidates}
    named = await Delegation.filter(code__in=list(known) or [""])
    guests = await Delegation.filter(id__in=list(ids) or [0]).exclude(code__in=list(known) or [""])
    spells = await _spells([*named, *guests], day)
    off = await absences(meeting.body, day, meeting.slug)
    rows = [
        AttendanceRow(
            delegation=delegation,
            seat=known[delegation.code].seat if delegation.code in known else "",
            off=why_not(
                known.get(delegation.code) or _stranger(delegation, spells.get(delegation.id)), day
            ),
            spell=spells.get(delegation.id),
            credentials=next((c for c in credentials if _of(c, delegation)), None),
            absence=off.get(delegation.code),
            visits=tuple(visit for visit in visits if _of(visit, delegation)),
        )
        for delegation in by_name([*named, *guests])
    ]
    return Attendance(tuple(rows), roll_of(candidates, day), day)


async def _spells(delegations: Iterable[Delegation], day: date) -> dict[int, Spell]:
    """The spell that holds for each on a day; a suspension outweighs the rest."""
    found: dict[int, Spell] = {}
    for spell in await Spell.filter(
        delegation_id__in=[delegation.id for delegation in delegations] or [0]
    ):
        if Standing(spell.standing, spell.since, spell.until).holds(day):
            kept = found.get(spell.delegation_id)
            if kept is None or spell.standing == "suspended":
                found[spell.delegation_id] = spell
    return found


def _stranger(delegation: Delegation, spell: Spell | None) -> Candidate:
    """A delegation without a seat here, as the roll would see it."""
    spells = (Standing(spell.standing, spell.since, spell.until),) if spell else ()
    return Candidate(delegation.code, delegation.kind, delegation.represents, "", spells)


def _of(row: Presence | Credential, delegation: Delegation) -> bool:
    return row.delegation_id == delegation.id
