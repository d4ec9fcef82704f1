"""Heads are told of whatever was done for their delegation by another hand: an accreditation, a
position entered from the room or stated on its behalf, a measure about its standing, its seat or
its access. Who was accredited gets a letter too, and so does everybody whose words were removed by
an order.
"""

from dataclasses import dataclass
from typing import Any

from plenary import clock
from plenary.bodies.days import day_of, not_over
from plenary.bodies.models import Accreditation, Delegation
from plenary.notices.measures import readers_of_measure
from plenary.notices.models import ENTRY as KEY
from plenary.notices.models import Notice
from plenary.notices.readers import speakers_of
from plenary.notices.removals import REMOVED, readers_of_removal
from plenary.notices.rules import NEWS
from plenary.proposals.models import Proposal
from plenary.questions.models import Bloc, Position, Question, View
from plenary.record import acts
from plenary.record.act import door
from plenary.record.entry import read_entry
from plenary.record.models import Entry

ACCREDITED = "person.accredited"


@door
async def queue_entries() -> int:
    """Queue what is new on the record; how many letters. The sample, the founding tell nobody."""
    since = clock.now() - NEWS
    found = Entry.filter(type__in=acts.by_another(), at__gt=since).exclude(actor="system")
    keys = {f"{KEY}{n}": n for n in await found.order_by("n").values_list("n", flat=True)}
    known = await Notice.filter(key__in=[*keys] or [""]).distinct().values_list("key", flat=True)
    fresh: list[Any] = [keys[key] for key in keys.keys() - {str(sent) for sent in known}]
    entries = await Entry.filter(n__in=fresh or [-1]).order_by("n")
    rows = [row for entry in entries for row in await _rows(entry)]
    if rows:
        await Notice.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


async def _rows(entry: Entry) -> list[Notice]:
    now = clock.now()
    return [
        Notice(
            person_id=person, key=f"{KEY}{entry.n}", name=name, due=entry.at, queued=now, again=now
        )
        for person, name in sorted((await readers_of_entry(entry)).items())
    ]


async def readers_of_entry(entry: Entry) -> dict[int, str]:
    """Persons by id, each with the name of what they are told: those who speak for it today, and
    whoever was accredited, from the first day on or before it; see `removals`."""
    named = entry.type.partition(".")[2]
    if entry.type == REMOVED:
        return dict.fromkeys(await readers_of_removal(entry), named)
    party = await party_of(entry)
    if name := acts.of(entry.type).notice:
        return dict.fromkeys(await readers_of_measure(entry, party), name)
    speakers = await speakers_of([party.id])
    today = await day_of(clock.now())
    newcomer = await Accreditation.filter(not_over(today), entry=entry.n).first()
    own = {newcomer.person_id: "welcome"} if newcomer else {}
    return dict.fromkeys(speakers, named) | own


@dataclass(frozen=True)
class StatedFor:
    """What was said for a delegation by another: on what, and where it answers."""

    proposal: Proposal
    at: str  # /proposals/2019/1/countersignature
    question: Question | None = None  # none: a text was handed in for it


async def stated_for(entry: Entry) -> StatedFor | None:
    """None of an accreditation: it is read on the record."""
    if entry.type == ACCREDITED:
        return None
    facts, about = read_entry(bytes(entry.written)), "question__proposal"
    if entry.type == "text.entered":
        text = await Proposal.get(symbol=entry.topic)
        return StatedFor(text, f"/proposals/{text.year}/{text.number}/sponsors")
    if entry.type == "bloc.named":
        bloc = await Bloc.get(entry=facts["bloc"]).prefetch_related(about)
        question, form = bloc.question, f"on-behalf/{bloc.id}"
    else:
        ledger = Position if entry.type == "position.entered" else View
        answer = await ledger.get(entry=entry.n).prefetch_related(about)
        question, form = answer.question, "countersignature"
    proposal = question.proposal
    return StatedFor(proposal, f"/proposals/{proposal.year}/{proposal.number}/{form}", question)


async def party_of(entry: Entry) -> Delegation:
    """The delegation for which it was done."""
    code = read_entry(bytes(entry.written)).get("delegation") or entry.topic
    return await Delegation.get(code=str(code))


async def entry_of(notice: Notice) -> Entry | None:
    """What a letter tells of, while it is news."""
    number = int(notice.key.removeprefix(KEY))
    return await Entry.get_or_none(n=number, at__gt=clock.now() - NEWS)
