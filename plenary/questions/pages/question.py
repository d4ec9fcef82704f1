"""The Chair puts a question: under which procedure, on which version, until when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from plenary import clock
from plenary.bodies.attendance import in_session
from plenary.bodies.days import day_of
from plenary.bodies.models import Delegation
from plenary.bodies.rolls import off_roll, roll_today
from plenary.procedures.deadlines import Calendar, after
from plenary.procedures.explained import CHOICES, explain
from plenary.procedures.grounds import bar_to_ask
from plenary.procedures.in_force import InForce, in_force
from plenary.procedures.rules import BASES
from plenary.procedures.terms import terms_of
from plenary.proposals.models import Proposal
from plenary.proposals.reading import uneven_languages, version_of
from plenary.questions.actions.asking import Put, put_question
from plenary.questions.ledgers import off_the_roll
from plenary.questions.models import Question
from plenary.questions.pages.closing import beside_its_field, closing
from plenary.questions.pages.presiding import presided
from plenary.questions.reading import calendar_of
from plenary.questions.rules import Publication
from plenary.questions.stand import Party, in_order
from plenary.record.act import rehearsal
from plenary.refusal import refuse
from plenary.web.forms import Form
from plenary.web.language import current
from plenary.web.render import render, see
from plenary.web.two_presses import two_presses

REASON = 2_000  # characters: why it cannot wait for a language
NUMBER = 9  # digits of a number that someone may mean


@dataclass(frozen=True)
class Way:
    """A procedure as the form offers it, with the window that would be given to it now."""

    procedure: InForce
    closes: datetime | None  # where the field is left empty
    holidays: tuple[date, ...] = ()  # of the body's calendar, within that window


@dataclass(frozen=True)
class Asked:
    """The question as the Chair would put it, on what, and in which office."""

    proposal: Proposal
    chair: str
    put: Put


async def _opening(request: Request) -> Response:
    proposal, _ = await presided(request)
    return await _put_form(request, proposal, await _begun(request, proposal))


async def _putting(request: Request, form: Form) -> Response:
    """The form shows who will be on the roll."""
    proposal, _ = await presided(request)
    return await _put_form(request, proposal, form)


async def _read(request: Request, form: Form) -> Asked:
    proposal, chair = await presided(request)
    return Asked(proposal, chair, await _question(form, proposal))


async def _check(request: Request, form: Form, asked: Asked) -> Response:
    """The question as it would be put, with the closing that the rule gives it."""
    with rehearsal():
        question = await _put(request, form, asked)
    proposal, today = asked.proposal, await day_of(clock.now())
    absent = await off_the_roll(question)
    by_act = {each.party.code for each in absent}
    off = await off_roll(proposal.body, today, question.meeting)
    off = {code: why for code, why in off.items() if code not in by_act}
    return render(
        request,
        "questions/question_check.html",
        proposal=proposal,
        form=form,
        question=question,
        version=await version_of(proposal, asked.put.version),
        explained=explain(terms_of(question.procedure)),
        roll=await roll_today(proposal.body, today, question.meeting),
        chosen=asked.put.chosen,
        absent=absent,
        off=[
            (delegation, off[delegation.code])
            for delegation in await Delegation.filter(code__in=[*off] or [""])
        ],
    )


@two_presses(_putting, _read, _check, opens=_opening)
async def put(request: Request, form: Form, asked: Asked) -> Response:
    await _put(request, form, asked)
    return see(f"/proposals/{asked.proposal.year}/{asked.proposal.number}#consensus")


async def _put(request: Request, form: Form, asked: Asked) -> Question:
    """Put the newest version to the roll; what bars it stands beside its field."""
    with beside_its_field(request, form, asked.put.zone):
        year, number = asked.proposal.year, asked.proposal.number
        return await put_question(asked.chair, year, number, asked.put)


async def _begun(request: Request, proposal: Proposal) -> Form:
    """Empty, but for the step of the ladder that comes next: a link chooses nothing else."""
    asked = request.query_params.get("procedure", "")
    last = await Question.filter(proposal=proposal).order_by("-id").first()
    follows = terms_of(last.procedure).then if last else ""
    return Form({"procedure": asked} if asked and asked == follows else {})


async def _question(form: Form, proposal: Proposal) -> Put:
    ways = {procedure.key: procedure for procedure in await in_force(proposal.body)}
    refuse(bar_to_ask(ways, proposal.body.key))
    procedure = form.choice("procedure", ways, usual_of(ways))
    zone = form.zone("zone", proposal.body.zone)
    chosen = _chosen(form, ways[procedure]) if procedure in ways else {}
    return Put(
        # The second press has seen one; the first may leave it to the page.
        version=form.whole("version", None if form.pressed else proposal.newest),
        procedure=procedure,
        publication=form.choice(
            "publication", [publication.value for publication in Publication], "now"
        ),
        chosen=chosen,
        closes=closing(form, zone),
        zone=zone,
        uneven=form.text("uneven", needed=False, most=REASON),
        language=current(),
    )


def usual_of(ways: Iterable[str]) -> str:
    """Consensus where the body has it, else the first that it has."""
    keys = [*ways]
    return "consensus" if "consensus" in keys or not keys else keys[0]


def _chosen(form: Form, way: InForce) -> dict[str, Any]:
    """The terms that the Chair has set; one that the procedure has fixed is refused by name."""
    typed = {name: form.line(name, needed=False, most=40) for name in CHOICES}
    chosen = {name: _number(text) for name, text in typed.items() if text}
    for name in chosen:
        if name not in way.explained.left_open:
            form.fail(name, "bad_term", term=name, fixed=True)
    return chosen


def _number(text: str) -> str | int:
    """30 is a number of delegations, 2/3 a share, BEL a delegation."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= NUMBER else text


async def _put_form(request: Request, proposal: Proposal, form: Form) -> Response:
    body, matter = proposal.body, proposal.matter
    now, calendar = clock.now(), await calendar_of(body)
    today, meeting = await day_of(now), await in_session(body.key, now)
    roll, absent = await roll_today(body, today, meeting), await off_roll(body, today, meeting)
    named = [*roll.participating, *absent]
    parties = {d.code: Party.of(d) for d in await Delegation.filter(code__in=named or [""])}
    found = await in_force(body)
    ways = [_way(procedure, calendar) for procedure in found if procedure.terms.decides(matter)]
    behind = await uneven_languages(proposal)
    return render(
        request,
        "questions/question.html",
        proposal=proposal,
        form=form,
        version=await version_of(proposal, proposal.newest),
        roll=roll,
        ways=ways,
        usual=usual_of(way.procedure.key for way in ways),
        barred=[procedure for procedure in found if not procedure.terms.decides(matter)],
        from_above=next((way.adopted.body for way in found if not way.is_of(body)), None),
        party=await Delegation.get_or_none(code=proposal.party) if proposal.party else None,
        names={procedure.key: procedure.names for procedure in found},
        zone=calendar.zone,
        behind=behind,
        called=_parties(parties, roll.participating),
        absent=_parties(parties, absent),
        why=absent,
        publications=[publication.value for publication in Publication],
        bases=tuple(BASES),
    )


def _parties(parties: Mapping[str, Party], codes: Iterable[str]) -> list[Party]:
    return sorted((parties[code] for code in codes), key=in_order)


def _way(procedure: InForce, calendar: Calendar) -> Way:
    """With the usual closing, counted from now, and the holidays that lie before it."""
    if procedure.terms.usual is None:
        return Way(procedure, None)
    now = clock.now()
    closes = after(now, procedure.terms.usual, calendar)
    return Way(procedure, closes, tuple(sorted(calendar.between(now, closes).holidays)))
