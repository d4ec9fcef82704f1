"""The access log: what kept an Observer out, on what ground, by which office; public."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from plenary import clock
from plenary.bodies.actions.access import Refusal, report_access
from plenary.bodies.appealable import Appealable, access_log
from plenary.bodies.days import day_of
from plenary.bodies.measures import ACCESS, GROUND, OF_ACCESS
from plenary.bodies.models import Delegation
from plenary.bodies.pages.order import by_name
from plenary.bodies.pages.secretariat import fields
from plenary.bodies.pages.secretariat.screen import office_of
from plenary.bodies.reading import names_of_all
from plenary.record.act import rehearsal
from plenary.record.entry import instant
from plenary.web.answers import as_json
from plenary.web.forms import Form
from plenary.web.language import WRITTEN, current
from plenary.web.paging import asked_page, cut
from plenary.web.render import named, render, see
from plenary.web.two_presses import two_presses

MEETING = 80  # characters of its address


async def log(request: Request) -> Response:
    """The newest first; the line never says "left" of someone who was put out."""
    return render(
        request,
        "bodies/access.html",
        sheet=cut(await access_log(), asked_page(request)),
        may_report=request.state.viewer.may("report_access"),
        names=await names_of_all(),
    )


async def log_json(request: Request) -> Response:
    sheet = cut(await access_log(), asked_page(request))
    return as_json(sheet.listed(access_json, request) | {"sample": request.state.site.sample})


def access_json(line: Appealable) -> dict[str, Any]:
    """One line of the log, with the appeal and the answer beside it."""
    measure = line.measure
    return {
        "delegation": measure.delegation.code, "constituency": measure.delegation.constituency,
        "what": measure.kind, "body": measure.body.key if measure.body else None,
        "meeting": measure.meeting or None, "ground": measure.ground, "language": measure.language,
        "office": measure.office or measure.by, "decision": measure.decision or None,
        "since": measure.since.isoformat(),
        "until": measure.until.isoformat() if measure.until else None,
        "reported_by": measure.by, "at": instant(measure.at), "path": line.path,
        "appeals": [
            {"kind": said.kind, "by": said.by, "text": said.text, "language": said.language,
             "decision": said.decision or None, "at": instant(said.at)}
            for said in line.said
        ],
        "record": {"entry": measure.entry},
    }  # fmt: skip


async def _page(request: Request, form: Form) -> Response:
    viewer = request.state.viewer
    found = await Delegation.exclude(kind="participant")
    own = [] if _keeps(request) else [viewer.code]
    return render(
        request,
        "bodies/access_report.html",
        form=form,
        delegations=[(d.code, named(d.names)) for d in by_name(found) if not own or d.code in own],
        kinds=ACCESS,
        offices=OF_ACCESS,
        bodies=[("", "–"), *await fields.body_options()],
        today=await day_of(clock.now()),
    )


def _keeps(request: Request) -> bool:
    """Whether the reader enters it for others: the secretariat, the Chair of the Plenary."""
    return bool(office_of(request))


async def _read(request: Request, form: Form) -> Refusal:
    own = request.state.viewer.code
    known = await Delegation.exclude(kind="participant").values_list("code", flat=True)
    keeps, today = _keeps(request), await day_of(clock.now())
    code = form.choice("delegation", [str(code) for code in known], "" if keeps else own)
    day = form.day("day") or today
    if day > today:
        form.fail("day", "day_to_come")
    return Refusal(
        code=code,
        kind=form.choice("what", ACCESS),
        office=form.choice("office", OF_ACCESS),
        day=day,
        # An Observer may report that no ground was given; an office gives its own.
        ground=form.text("ground", needed=keeps, most=GROUND),
        body=form.choice("body", ["", *(key for key, _ in await fields.body_options())], ""),
        meeting=form.line("meeting", needed=False, most=MEETING),
        language=form.choice("language", WRITTEN, current()),
    )


async def _check(request: Request, form: Form, refusal: Refusal) -> Response:
    with rehearsal():
        await _report(request, form, refusal)
    return render(
        request,
        "bodies/access_check.html",
        form=form,
        refusal=refusal,
        by=_by(request),
        names=await names_of_all(),
    )


def _by(request: Request) -> str:
    return office_of(request) or str(request.state.viewer.actor)


async def _report(request: Request, form: Form, refusal: Refusal) -> int:
    return await report_access(_by(request), refusal, key=form.key())


@two_presses(_page, _read, _check)
async def report(request: Request, form: Form, refusal: Refusal) -> Response:
    return see(f"/measures/{await _report(request, form, refusal)}")
