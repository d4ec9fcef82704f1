"""The secretariat's table for a communiqué: draft, edit paragraph by paragraph, check, issue."""

from starlette.requests import Request
from starlette.responses import Response

from plenary import clock
from plenary.bodies.models import Words
from plenary.bodies.rules import SLUG
from plenary.meetings.actions.communique import draft_communique, issue_communique
from plenary.meetings.actions.paragraphs import (
    add_paragraph,
    drop_paragraph,
    edit_paragraph,
    move_paragraph,
    tie_paragraph,
)
from plenary.meetings.communique import (
    LANGUAGES,
    LONGEST,
    bars_of,
    fingerprint,
    half_rewritten,
    seal,
    text_of,
)
from plenary.meetings.communique_sheet import NumberedParagraph, Sheet, load_sheet
from plenary.meetings.models import Communique
from plenary.meetings.pages.communique import path_of
from plenary.meetings.pages.meetings import meeting_at
from plenary.meetings.pages.sentences import say, sentence
from plenary.record.entry import instant
from plenary.refusal import Missing
from plenary.web.forms import Form, read_form
from plenary.web.language import current
from plenary.web.refilled import comes_back
from plenary.web.render import render, see

BY = "secretariat"
NEW = "new"  # a paragraph that is not there yet


async def edit(request: Request) -> Response:
    """The draft with one paragraph open, where ?paragraph= names one."""
    meeting = await meeting_at(request)
    if not await Communique.exists(meeting=meeting):
        return render(request, "meetings/communique_edit.html", meeting=meeting, sheet=None)
    sheet, asked = await load_sheet(meeting.slug, clock.now()), request.query_params
    if asked.get("paragraph") == NEW:
        return _page(request, sheet, Form(), NEW)
    line = next((line for line in sheet.lines if str(line.row.id) == asked.get("paragraph")), None)
    return _page(
        request, sheet, _opened(line) if line else Form(), str(line.row.id if line else "")
    )


def _opened(line: NumberedParagraph) -> Form:
    texts = {f"text_{language}": line.row.text.get(language, "") for language in LANGUAGES}
    return Form({**texts, "changed": instant(line.row.changed)})


async def _writing(request: Request, form: Form) -> Response:
    """The draft as it is now, with the paragraph open that the form was about."""
    open_ = str(request.path_params.get("id", NEW)) if form.written or form.errors else ""
    sheet = await load_sheet(_slug(request), clock.now())
    line = next((line for line in sheet.lines if str(line.row.id) == open_), None)
    if line and not form["changed"]:  # it was changed by somebody else, as it stands here now
        form.values["changed"] = instant(line.row.changed)
    return _page(request, sheet, form, open_)


@comes_back(_writing)
async def draft(request: Request) -> Response:
    form = await read_form(request)
    await draft_communique(BY, _slug(request), say, key=form.key())
    return see(_path(request))


@comes_back(_writing)
async def added(request: Request) -> Response:
    form = await read_form(request)
    text = _text(form)
    form.check()
    await add_paragraph(BY, _slug(request), text, key=form.key())
    return see(f"{_path(request)}#paragraphs")


@comes_back(_writing)
async def paragraph(request: Request) -> Response:
    form = await read_form(request)
    text, changed = _text(form), form.line("changed", needed=False, most=40)
    form.check()
    await edit_paragraph(BY, _slug(request), _id(request), text, changed=changed)
    return _there(request)


@comes_back(_writing)
async def moved(request: Request) -> Response:
    form = await read_form(request)
    way = form.choice("way", ("up", "down"))
    form.check()
    await move_paragraph(BY, _slug(request), _id(request), way, key=form.key())
    return _there(request)


@comes_back(_writing)
async def dropped(request: Request) -> Response:
    form = await read_form(request)
    drops = form.choice("dropped", ("1", "0")) == "1"
    form.check()
    await drop_paragraph(BY, _slug(request), _id(request), drops, key=form.key())
    return _there(request)


@comes_back(_writing)
async def looked_at(request: Request) -> Response:
    form = await read_form(request)
    take = form.choice("choice", ("take", "keep")) == "take"
    seen = form.line("seen", needed=False, most=40)
    form.check()
    await tie_paragraph(
        BY, _slug(request), _id(request), take=take, seen=seen, say=say, key=form.key()
    )
    return _there(request)


async def _issuing(request: Request, form: Form) -> Response:
    now = clock.now()
    sheet = await load_sheet(_slug(request), now)
    texts = {language: sheet.plain(language, draft=False) for language in LANGUAGES}
    return render(
        request,
        "meetings/communique_issue.html",
        sheet=sheet,
        meeting=sheet.meeting,
        texts=texts,
        prints={language: fingerprint(text) for language, text in texts.items()},
        form=form,
        bars=bars_of(sheet.printed),
        changed=instant(sheet.communique.changed),
        uneven=_uneven(sheet),
        in_session=now < sheet.meeting.ends,
    )


def _uneven(sheet: Sheet) -> dict[int, list[str]]:
    """By printed number: the languages in which nobody wrote anew what was written anew in one."""
    written = (line for line in sheet.standing if line.row.edited and line.row.fact)
    found = {line.number: half_rewritten(line.row.text, say(line.row.fact)) for line in written}
    return {number: languages for number, languages in found.items() if languages}


@comes_back(_issuing)
async def issue(request: Request) -> Response:
    """GET shows what would be issued, word for word, or what stands in the way; POST issues it."""
    if request.method != "POST":
        return await _issuing(request, Form())
    form = await read_form(request)
    changed = form.line("changed", needed=False, most=40)
    form.check()
    await issue_communique(BY, _slug(request), changed=changed)
    return see(f"/meetings/{_slug(request)}/communique")


def _page(request: Request, sheet: Sheet, form: Form, open_: str) -> Response:
    return render(
        request,
        "meetings/communique_edit.html",
        sheet=sheet,
        meeting=sheet.meeting,
        form=form,
        open=open_,
        bars=bars_of(sheet.printed),
        seen=_seen,
        sentence=sentence,
        path_of=path_of,
        words=lambda texts: text_of(texts, current()),
    )


def _seen(line: NumberedParagraph) -> str:
    return seal(line.now.data) if line.now else ""


def _text(form: Form) -> Words:
    """Both languages as typed; one of them is enough for a draft."""
    found = {
        language: form.text(f"text_{language}", needed=False, most=LONGEST)
        for language in LANGUAGES
    }
    if not any(found.values()):
        form.fail("text_en", "needed")
    return found


def _slug(request: Request) -> str:
    slug: str = request.path_params["slug"]
    if not SLUG.fullmatch(slug):
        raise Missing("unknown_meeting", meeting=slug)
    return slug


def _id(request: Request) -> int:
    found: int = request.path_params["id"]
    return found


def _path(request: Request) -> str:
    return f"/meetings/{_slug(request)}/communique/edit"


def _there(request: Request) -> Response:
    """Back to the paragraph."""
    return see(f"{_path(request)}#paragraph-{_id(request)}")
