"""Heads are told of whatever was done for their delegation by another hand: an accreditation, a
position entered from the room or stated on its behalf. Who was accredited gets a letter too.
"""

from plenary import clock
from plenary.bodies.models import Accreditation, Delegation
from plenary.notices.models import Notice
from plenary.notices.readers import speakers_of
from plenary.notices.rules import NEWS
from plenary.record.act import door
from plenary.record.entry import read_entry
from plenary.record.models import Entry

ACCREDITED = "person.accredited"
BY_ANOTHER = (ACCREDITED, "position.entered", "observer.entered", "bloc.named")
KEY = "entry:"
_looked = {"upto": -1}  # the newest entry that this process has looked at


@door
async def queue_entries() -> int:
    """Queue what is new on the record; how many letters. The sample, the founding tell nobody."""
    since = clock.now() - NEWS
    found = Entry.filter(type__in=BY_ANOTHER, at__gt=since, n__gt=_looked["upto"])
    entries = await found.exclude(actor="system").order_by("n")
    rows = [row for entry in entries for row in await _rows(entry)]
    if rows:
        await Notice.bulk_create(rows, ignore_conflicts=True)
    _looked["upto"] = max([_looked["upto"], *(entry.n for entry in entries)])
    return len(rows)


async def _rows(entry: Entry) -> list[Notice]:
    party, now = await party_of(entry), clock.now()
    newcomer = await Accreditation.get_or_none(entry=entry.n)
    own = {newcomer.person_id} if newcomer else set()  # type: ignore[attr-defined]
    names = {
        person: "welcome" if person in own else entry.type.partition(".")[2]
        for person in await speakers_of([party.id]) | own
    }
    return [
        Notice(
            person_id=person, key=f"{KEY}{entry.n}", name=name, due=entry.at, queued=now, again=now
        )
        for person, name in names.items()
    ]


async def party_of(entry: Entry) -> Delegation:
    """The delegation for which it was done."""
    code = read_entry(bytes(entry.written)).get("delegation") or entry.topic
    return await Delegation.get(code=str(code))


async def entry_of(notice: Notice) -> Entry | None:
    """What a letter tells of, while it is news."""
    number = int(notice.key.removeprefix(KEY))
    return await Entry.get_or_none(n=number, at__gt=clock.now() - NEWS)
