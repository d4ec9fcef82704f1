"""Measures as they are read: those about a delegation, the access log, what is said beside each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tortoise.expressions import Q

from plenary.bodies.days import holding
from plenary.bodies.measures import ACCESS, CREDENTIALS, SEAT, SEAT_ENDED, STANDING
from plenary.bodies.models import Appeal, Body, Delegation, Measure, Seat
from plenary.record.remembered import remembered
from plenary.refusal import Missing

SHOWN = 20  # on a page that is about something else
IN_THE_LOG = Q(kind__in=[SEAT_ENDED, *ACCESS]) | Q(kind=CREDENTIALS, value="refused")


@dataclass(frozen=True)
class Appealable:
    """One measure, and the appeals and answers beside it, in their order."""

    measure: Measure
    said: tuple[Appeal, ...] = ()

    @property
    def path(self) -> str:
        return f"/measures/{self.measure.entry}"

    @property
    def matters(self) -> bool:
        """Whether it is told of a delegation: who was seated at the founding was admitted then."""
        resting = self.measure.office or self.measure.decision
        return bool(resting or self.said or self.measure.kind not in (SEAT, STANDING))

    @property
    def reported(self) -> bool:
        """Whether the delegation itself entered it."""
        return self.measure.by.startswith("delegation:")


async def measure_of(entry: int) -> Measure:
    """The measure that an entry made, or Missing; with its delegation and its body."""
    found = await Measure.get_or_none(entry=entry).prefetch_related("delegation", "body")
    if found is None:
        raise Missing("unknown_entry", n=entry)
    return found


@remembered()
async def measure_at(entry: int) -> Appealable:
    return (await _beside([await measure_of(entry)]))[0]


@remembered()
async def measures_about(delegation: Delegation) -> Sequence[Appealable]:
    """The newest first."""
    rows = Measure.filter(delegation=delegation).order_by("-entry")
    return await _beside(await rows.prefetch_related("delegation", "body"))


@remembered()
async def access_log() -> Sequence[Appealable]:
    """What kept an Observer, an Applicant or a guest out: the newest first."""
    rows = Measure.filter(IN_THE_LOG).exclude(delegation__kind="participant")
    return await _beside(await rows.order_by("-entry").prefetch_related("delegation", "body"))


@remembered()
async def unanswered() -> Sequence[Appealable]:
    """Measures beside which the last word is an appeal, the oldest first."""
    appealed = Measure.filter(appeals__kind="appeal").distinct().order_by("entry")
    rows = await _beside(await appealed.prefetch_related("delegation", "body"))
    return [about for about in rows if about.said[-1].kind == "appeal"]


async def put_out_of(body: Body, today: date) -> Sequence[Appealable]:
    """Acts that ended a seat here and hold today; the newest of each delegation without one."""
    held = Seat.filter(holding(today), body=body).values_list("delegation_id", flat=True)
    ended = Measure.filter(holding(today), body=body, kind=SEAT_ENDED).order_by("-entry")
    rows = await ended.exclude(delegation_id__in=[*await held] or [0]).prefetch_related(
        "delegation", "body"
    )
    newest = {row.delegation_id: row for row in reversed(rows)}
    return await _beside(list(newest.values())[:SHOWN])


async def measures_by_entry(entries: Iterable[int]) -> Mapping[int, Measure]:
    """Those that these entries made."""
    rows = await Measure.filter(entry__in=[*entries] or [-1])
    return {row.entry: row for row in rows}


async def _beside(rows: Sequence[Measure]) -> Sequence[Appealable]:
    said: dict[int, list[Appeal]] = defaultdict(list)
    beside = Appeal.filter(measure_id__in=[row.id for row in rows] or [0])
    for each in await beside.order_by("number"):
        said[each.measure_id].append(each)
    return [Appealable(row, tuple(said[row.id])) for row in rows]
