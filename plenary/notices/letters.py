"""A notice as a letter: what it says to this reader at this moment, in every language.

It is written when it leaves, so that it says what is true then. Who said what is read through
`stand_on` with the reader's own eyes, and no more than may leave the house in a file: mail goes
in clear and is passed on.
"""

import re
import textwrap
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import unescape
from typing import Any

from plenary import clock
from plenary.bodies.days import day_of
from plenary.bodies.models import Body
from plenary.bodies.viewers import viewer_of
from plenary.decisions.models import Decision, FollowUp
from plenary.decisions.reading import owner_of
from plenary.decisions.rules import overdue
from plenary.notices.delivery import delivery_of
from plenary.notices.due import due_of, due_on
from plenary.notices.entries import entry_of, party_of, readers_of_entry, stated_for
from plenary.notices.first_words import first_paragraph, first_words, form_of
from plenary.notices.measures import letter_of_measure
from plenary.notices.models import Notice
from plenary.notices.readers import readers_of, readers_of_follow_up
from plenary.notices.removals import REMOVED, letter_of_removal
from plenary.questions.models import Question
from plenary.questions.rules import Publication, may_leave
from plenary.questions.stand import stand_on
from plenary.record import acts
from plenary.record.entry import instant, read_entry
from plenary.web import dates, language
from plenary.web.dates import Place, place_of
from plenary.web.removals import ground_word, office_word, said
from plenary.web.render import environment

WIDTH = 72  # columns
TAG = re.compile(r"<[^<>]*>")
BETWEEN = "\n\n– – –\n\n"  # the languages


@dataclass(frozen=True)
class Letter:
    """What one person is told."""

    to: str
    subject: str
    text: str
    thread: str  # what it is about, to one person, and the name of its first letter: question-7.12
    name: str  # of the letter itself: day-20260305T090000000Z.question-7.12


async def letter_for(notice: Notice, base_url: str) -> Letter | None:
    """The letter of a notice; None where it is no news any more, or no longer for this person."""
    await notice.fetch_related(
        "person",
        "question__proposal__body",
        "follow_up__decision__body",
        "follow_up__delegation",
        "follow_up__body",
    )
    if notice.entry is not None:
        about = await _of_entry(notice)
    else:
        about = await _of_question(notice) if notice.question else await _of_follow_up(notice)
    if about is None:
        return None
    home = await Body.get(key="plenary")
    written = [_in(code, notice, about | {"home": home, "base": base_url}) for code in _languages()]
    texts = [lines.partition("\n")[::2] for lines in written]
    subjects = " / ".join(dict.fromkeys(_one_line(subject) for subject, _ in texts))
    return Letter(
        to=notice.person.email,
        subject=f"[{_one_line(about['symbol'])}] {subjects}",
        text=BETWEEN.join(_wrapped(text) for _, text in texts) + "\n",
        thread=_thread(notice),
        name=_name(notice),
    )


async def _of_entry(notice: Notice) -> dict[str, Any] | None:
    entry = await entry_of(notice)
    if entry is None or notice.person_id not in await readers_of_entry(entry):
        return None
    viewer = await viewer_of(notice.person)
    if entry.type == REMOVED:
        return {"viewer": viewer, **await letter_of_removal(entry, viewer)}
    if acts.of(entry.type).notice:
        return {"viewer": viewer, **await letter_of_measure(entry)}
    party = await party_of(entry)
    said = await stated_for(entry)
    asked = said.question if said else None
    leaves = said and (not entry.veil or not asked or may_leave(Publication(asked.publication)))
    return {
        "template": "notices/entry.txt", "entry": entry, "said": said if leaves else None,
        "symbol": f"P.{said.proposal.number}" if said and leaves else party.code,
        "party": party, "viewer": viewer,
        "role": str(read_entry(bytes(entry.written)).get("value", "")),
    }  # fmt: skip


async def _of_question(notice: Notice) -> dict[str, Any] | None:
    question: Question = notice.question  # type: ignore[assignment]
    proposal = question.proposal
    still = {due.key for due in await due_on([question])}
    if notice.key not in still or notice.person_id not in await readers_of(question):
        return None
    viewer = await viewer_of(notice.person)
    stand = await stand_on(question, proposal, viewer)
    moved = question.deadline.get("moved", ())
    return {
        "template": "notices/question.txt", "symbol": f"P.{proposal.number}",
        "proposal": proposal, "viewer": viewer,
        "stand": stand.for_file(),
        "repeated": stand.leaves,  # what the reader itself said
        "decision": await Decision.get_or_none(question=question),
        "before": datetime.fromisoformat(moved[-1]["from"]) if moved else None,
        "delivery": await delivery_of(question),
        "keeps": viewer.oversees(proposal.body.key),
        "paragraphs": {
            spoken: await first_paragraph(proposal, stand.version, spoken)
            for spoken in _languages()
        },
        "form": form_of(question),
    }  # fmt: skip


async def _of_follow_up(notice: Notice) -> dict[str, Any] | None:
    follow_up: FollowUp = notice.follow_up  # type: ignore[assignment]
    due = await due_of(follow_up)
    if due is None or due.key != notice.key:
        return None
    if notice.person_id not in await readers_of_follow_up(follow_up):
        return None
    today = await day_of(clock.now())
    return {
        "template": "notices/follow_up.txt",
        "viewer": await viewer_of(notice.person),
        "follow_up": follow_up,
        "symbol": follow_up.decision.symbol or follow_up.decision.source_id,
        "owner": owner_of(follow_up),
        "overdue": overdue(follow_up.status, follow_up.due, today),
    }


def _languages() -> list[str]:
    """English first: nobody has said yet in which language to write."""
    return sorted(language.LANGUAGES, key=lambda code: code != language.SOURCE)


def _in(spoken: str, notice: Notice, about: dict[str, Any]) -> str:
    """The letter in one language; its first line is the subject."""
    home: Body = about["home"]
    place, before = Place(home.place, home.zone), language.current()
    language.use(spoken)
    try:
        template = environment().get_template(about["template"])
        begins = first_words(about.get("paragraphs", {}).get(spoken))
        text = template.render(name=notice.name, begins=begins, **about, **_clocks(place))
        return _plain(text.strip())
    finally:
        language.use(before)


def _clocks(place: Place) -> dict[str, Any]:
    """Dates as on the pages. What is left is rounded to the minute: sent within seconds of its
    time, a notice of 24 hours says so."""

    return {
        "instant": lambda at, seconds=False, zone="": dates.instant(
            at, place_of(zone, place), seconds=seconds
        ),
        "day": lambda at: dates.day(at, place),
        "weekday": lambda at: dates.weekday(at, place),
        "hour": lambda at, zone="": dates.hour(at, place_of(zone, place)),
        "exact": lambda at, zone="": dates.exact(at, place_of(zone, place)),
        "ground_word": ground_word,
        "office_word": office_word,
        "time_left": lambda at: dates.time_left(at + timedelta(seconds=30)),
    }


def _wrapped(text: str) -> str:
    """Each line folded to the width of a letter; addresses stay whole."""
    lines = (
        textwrap.fill(line, WIDTH, break_long_words=False, break_on_hyphens=False)
        for line in text.strip().splitlines()
    )
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def _plain(text: str) -> str:
    """Without the tags of our own; what people typed was escaped, and is as they typed it."""
    return said(unescape(TAG.sub("", text)))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _thread(notice: Notice) -> str:
    kind, id_ = "question", notice.question_id
    if notice.entry is not None:
        kind, id_ = "entry", notice.entry
    elif id_ is None:
        kind, id_ = "follow-up", notice.follow_up_id
    return f"{kind}-{id_}.{notice.person_id}"


def _name(notice: Notice) -> str:
    """Made of the key: a letter that leaves a second time, after a crash, is the same letter."""
    if notice.name == "opened":
        return _thread(notice)
    return f"{notice.name}-{re.sub(r'[:.-]', '', instant(notice.due))}.{_thread(notice)}"
