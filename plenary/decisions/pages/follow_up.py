"""What one decision asks for, and one follow-up: who owes it, by when, and what was reported."""

from starlette.requests import Request
from starlette.responses import Response

from plenary import clock
from plenary.bodies.days import day_of
from plenary.bodies.pages.secretariat.fields import body_options, delegation_options, words
from plenary.bodies.viewers import Viewer
from plenary.decisions import annexes, rules
from plenary.decisions.actions.follow_ups import Order, Report, open_follow_up, report_progress
from plenary.decisions.models import Decision, FollowUp
from plenary.decisions.pages.annex import context_of, given_receipt, lines_on
from plenary.decisions.reading import load_decision, load_follow_up, owner_of
from plenary.decisions.rules import DROPPERS, Owner, Status, Task
from plenary.refusal import Forbidden
from plenary.web.answers import moved
from plenary.web.forms import Form, read_form
from plenary.web.language import WRITTEN, current
from plenary.web.refilled import comes_back
from plenary.web.render import render, see

MOST = 2_000  # characters of what is to be done, or of one report


async def on_decision(request: Request) -> Response:
    """What one decision asks for; the secretariat adds to it here."""
    decision = await _decision(request)
    if request.path_params.get("register") == "own":  # stands under its year and number
        path = rules.path_to(decision.register, decision.source_id)
        return moved(f"{path}/follow-up")
    return await _list(request, decision, Form())


async def _adding(request: Request, form: Form) -> Response:
    return await _list(request, await _decision(request), form)


@comes_back(_adding)
async def add(request: Request) -> Response:
    decision, form = await _decision(request), await read_form(request)
    order = await _order(form, decision)
    form.check()
    receipt = await open_follow_up("secretariat", decision.register, decision.source_id, order)
    return see(f"{receipt.path}?receipt={receipt.code}")


async def show(request: Request) -> Response:
    return await _page(request, await load_follow_up(request.path_params["id"]), Form())


async def _reporting(request: Request, form: Form) -> Response:
    return await _page(request, await load_follow_up(request.path_params["id"]), form)


@comes_back(_reporting)
async def report(request: Request) -> Response:
    """Its owner says how far it is; every report stays."""
    follow_up, form = await load_follow_up(request.path_params["id"]), await read_form(request)
    status = form.choice("status", [known.value for known in Status])
    said = Report(
        status=Status(status) if status in list(Status) else Status.OPEN,
        note=form.text("note", needed=False, most=MOST),
        language=form.choice("language", WRITTEN, current()),
        key=form.key(),
    )
    form.check()
    by = signature(request.state.viewer, follow_up, said.status)
    receipt = await report_progress(by, follow_up.id, said)
    path, _, anchor = receipt.path.partition("#")
    return see(f"{path}?receipt={receipt.code}#{anchor}")


def signatures(viewer: Viewer, follow_up: FollowUp) -> list[str]:
    """In whose name this reader may report: the owner's first, then an office's."""
    held = [f"delegation:{viewer.code}"] if viewer.may("make_statement") else []
    held += [f"chair:{body}" for office, body in sorted(viewer.offices) if office == "chair"]
    held += ["secretariat"] if viewer.may("administer") else []
    allowed = rules.reporters(owner_of(follow_up))
    return [name for name in held if name in allowed]


def signature(viewer: Viewer, follow_up: FollowUp, status: Status) -> str:
    may = signatures(viewer, follow_up)
    if not may:
        raise Forbidden("not_the_owner")
    offices = [name for name in may if name in DROPPERS]
    moved = Status.DROPPED in (follow_up.status, status)
    return offices[0] if moved and offices else may[0]


async def _decision(request: Request) -> Decision:
    asked = request.path_params
    if "number" in asked:
        return await load_decision("own", f"{asked['year']}/{asked['number']}")
    return await load_decision(asked["register"], asked["source_id"])


async def _order(form: Form, decision: Decision) -> Order:
    kind = form.choice("kind", [task.value for task in Task])
    text = words(form, "text", most=MOST)
    owner = form.choice("owner", [name for name, _ in await _owner_options()])
    office, _, name = owner.partition(":")
    return Order(
        text=text,
        kind=Task(kind) if kind in list(Task) else Task.ACTION,
        owner=Owner(code=name) if office == "delegation" else Owner(body=name),
        clause=form.choice("clause", ["", *(line.key for line in await lines_on(decision))]),
        due=form.day("due"),
        key=form.key(),
    )


async def _owner_options() -> list[tuple[str, str]]:
    return [
        *((f"chair:{key}", name) for key, name in await body_options()),
        *((f"delegation:{code}", name) for code, name in await delegation_options()),
    ]


async def _list(request: Request, decision: Decision, form: Form) -> Response:
    return render(
        request,
        "decisions/decision_follow_up.html",
        form=form,
        follow_ups=await annexes.follow_ups_of(decision),
        owner_options=await _owner_options(),
        kinds=[task.value for task in Task],
        today=await day_of(clock.now()),
        overdue=rules.overdue,
        path_to=rules.path_to,
        **await context_of(decision),
    )


async def _page(request: Request, follow_up: FollowUp, form: Form) -> Response:
    may = signatures(request.state.viewer, follow_up)
    statuses = [s.value for s in Status if s != Status.DROPPED or DROPPERS.intersection(may)]
    if follow_up.status == Status.DROPPED and not DROPPERS.intersection(may):
        statuses = []
    decision = follow_up.decision
    return render(
        request,
        "decisions/follow_up.html",
        form=form,
        follow_up=follow_up,
        progress=await annexes.progress_on(follow_up),
        statuses=statuses if may else [],
        owner=owner_of(follow_up),
        today=await day_of(clock.now()),
        overdue=rules.overdue,
        receipt=await given_receipt(request, decision),
        **await context_of(decision),
    )
