"""Whose payloads say the same: what goes with an entry when its words are removed."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from plenary.questions.models import Bloc, Position
from plenary.record import acts
from plenary.record.entry import read_entry
from plenary.record.entry_types import Payload
from plenary.record.models import Entry
from plenary.record.telling import told_by

Facts = Mapping[str, Any]


async def family_of(entry: Entry) -> list[Entry]:
    """The entry, and those whose payloads hold the same words: a title is said by several."""
    alike = FAMILIES.get(entry.type)
    others = await alike(entry, read_entry(bytes(entry.written))) if alike else []
    found = {member.n: member for member in (entry, *others) if member.payload}
    return [found[n] for n in sorted(found)]


Family = Callable[[Entry, Facts], Awaitable[Sequence[Entry]]]


async def _titled(entry: Entry, _: Facts) -> Sequence[Entry]:
    return await Entry.filter(topic=entry.topic, type__in=acts.holding(Payload.TITLE))


async def _spoken_for(entry: Entry, facts: Facts) -> Sequence[Entry]:
    """What was said for others is what each of them was asked, and confirmed."""
    own = await Position.get_or_none(entry=entry.n).prefetch_related("bloc")
    first = facts.get("bloc") or (own.bloc.entry if own and own.bloc else entry.n)
    if not await Bloc.exists(entry=first):
        return []
    confirmed = await Position.filter(bloc__entry=first).values_list("entry", flat=True)
    asked = await Entry.filter(topic=entry.topic, type="bloc.named", n__gt=first)
    named = [other for other in asked if read_entry(bytes(other.written))["bloc"] == first]
    return [*named, *await Entry.filter(n__in=[first, *confirmed])]


async def _translations(entry: Entry, facts: Facts) -> Sequence[Entry]:
    rows = await Entry.filter(topic=entry.topic, type="statement.translated")
    return [other for other in rows if _same_statement(read_entry(bytes(other.written)), facts)]


def _same_statement(facts: Facts, other: Facts) -> bool:
    return all(facts[name] == other[name] for name in ("decision", "statement"))


async def _of_those_days(entry: Entry, facts: Facts) -> Sequence[Entry]:
    """A holiday that is taken out again is named once more."""
    rows = await Entry.filter(topic=entry.topic, type__in=("holidays.entered", "holiday.removed"))
    return [other for other in rows if _days(facts) & _days(read_entry(bytes(other.written)))]


def _days(facts: Facts) -> set[str]:
    return set(facts["days"])


async def _of_that_name(entry: Entry, facts: Facts) -> Sequence[Entry]:
    """A procedure keeps its name from number to number."""
    names = (await told_by(entry))["names"]
    rows = await Entry.filter(topic=entry.topic, type=entry.type)
    return [other for other in rows if (await told_by(other))["names"] == names]


async def _of_the_meeting(entry: Entry, facts: Facts) -> Sequence[Entry]:
    rows = await Entry.filter(topic=entry.topic, type__startswith="communique.")
    return [
        other for other in rows if read_entry(bytes(other.written))["meeting"] == facts["meeting"]
    ]


async def _of_the_person(entry: Entry, _: Facts) -> Sequence[Entry]:
    """Every entry that names the same person: by that very name."""
    name = (await told_by(entry))["person"]
    rows = await Entry.filter(type__in=acts.holding(Payload.PERSON)).exclude(payload="")
    return [other for other in rows if (await told_by(other))["person"] == name]


FAMILIES: dict[str, Family] = {
    "bloc.named": _spoken_for,
    "communique.issued": _of_the_meeting,
    "holiday.removed": _of_those_days,
    "holidays.entered": _of_those_days,
    "office.filled": _of_the_person,
    "person.accredited": _of_the_person,
    "person.left": _of_the_person,
    "position.stated": _spoken_for,
    "procedure.adopted": _of_that_name,
    "proposal.drafted": _titled,
    "proposal.named": _titled,
    "proposal.tabled": _titled,
    "sessions.ended": _of_the_person,
    "statement.made": _translations,
}
