"""The secretariat writes down a procedure that a body has adopted: its terms, and their number."""

import json
import re
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from plenary.bodies.models import Body, Words
from plenary.bodies.pages.secretariat import fields
from plenary.bodies.pages.secretariat.screen import BY
from plenary.procedures.actions import adopt_procedure
from plenary.procedures.explained import CHOICES, LENGTHS, explain
from plenary.procedures.in_force import body_at, in_force, procedures_of
from plenary.procedures.models import Procedure
from plenary.procedures.rules import BASES
from plenary.procedures.terms import KINDS, RULED, Terms, complete, standard
from plenary.procedures.validation import BREAKS, CLOSINGS, TEXTS, checked
from plenary.record.act import rehearsal
from plenary.web.forms import Form
from plenary.web.render import render, see
from plenary.web.two_presses import two_presses

KEY = re.compile(r"[a-z](?:_?[a-z0-9]){0,39}")
UNITS = ("hours", "days", "working_days")
OUTAGE = {"within": "hours", "longer_than": "minutes", "by": "hours"}
FIGURES = ("quorum", "min_support", "threshold", "base", "allowed")  # each a field of its own
WRITTEN = frozenset(["all", "classes", "rule", "without"])  # what only the text field can hold
MOST = 4_000  # characters of that text


@dataclass(frozen=True)
class Adopted:
    """A procedure as a body has adopted it; `seen`: the number that the check page showed."""

    body: str
    key: str
    terms: dict[str, Any]
    names: Words
    decision: str
    once: str
    seen: int | None


async def _opening(request: Request) -> Response:
    """It begins with the procedure that is asked for, as it is in force."""
    return await _page(request, await _begun(request))


async def _page(request: Request, form: Form) -> Response:
    chamber = await body_at(form["body"]) or await Body.get(key="plenary")
    ways = await in_force(chamber)
    return render(
        request,
        "procedures/adopt_procedure.html",
        form=form,
        bodies=await fields.body_options(),
        kinds=KINDS,
        closings=CLOSINGS,
        texts=TEXTS,
        breaks=BREAKS,
        units=UNITS,
        bases=tuple(BASES),
        choices=CHOICES,
        ways=ways,
        chamber=chamber,
    )


async def _read(request: Request, form: Form) -> Adopted:
    body = form.choice("body", [key for key, _ in await fields.body_options()])
    adopted = Adopted(
        body=body,
        key=_key(form),
        terms=await _terms(form, body),
        names=fields.words(form, "name", most=120),
        decision=form.line("decision", needed=False, most=120),
        once=form.key(),
        seen=form.whole("seen", 0) if form.pressed else None,
    )
    if not form.errors:
        _name_the_fault(form, adopted.terms)
    return adopted


async def _check(request: Request, form: Form, adopted: Adopted) -> Response:
    with rehearsal():
        made = await _adopt(adopted)
    return render(
        request,
        "procedures/adoption_check.html",
        form=form,
        made=made,
        names=adopted.names,
        explained=explain(Terms(complete(made.terms, {}))),
        chamber=await Body.get(key=adopted.body),
    )


@two_presses(_page, _read, _check, opens=_opening)
async def adopt(request: Request, form: Form, adopted: Adopted) -> Response:
    await _adopt(adopted)
    return see(f"/procedures/{adopted.body}/{adopted.key}")


async def _adopt(adopted: Adopted) -> Procedure:
    return await adopt_procedure(
        BY,
        adopted.body,
        adopted.key,
        adopted.terms,
        names=adopted.names,
        decision=adopted.decision,
        once=adopted.once,
        seen=adopted.seen,
    )


def _key(form: Form) -> str:
    """Its short name, in the address of its page. One of the usual six is of its own kind."""
    key = form.line("procedure", most=40)
    if key and not KEY.fullmatch(key):
        form.fail("procedure", "procedure_key")
    kind = form.choice("kind", KINDS)
    if key in KINDS and kind in KINDS and kind != key:
        form.fail("kind", "kind_of_key", kind=key)
    return key


async def _terms(form: Form, body: str) -> dict[str, Any]:
    """The terms as they were typed: an empty field says nothing."""
    data: dict[str, Any] = {
        "kind": form["kind"], "closing": form.choice("closing", CLOSINGS),
        "text": form.choice("text", TEXTS),
        "choose": [name for name in CHOICES if form.flag(f"choose_{name}")],
        "broken_by": [name for name in BREAKS if form.flag(f"broken_by_{name}")],
        "window": {name: span for name in ("least", "usual") if (span := _span(form, name))},
        "outage": _outage(form),
    }  # fmt: skip
    if times := form.whole("extend", 0):
        data["extend"] = {"times": times}
    for name in FIGURES:
        if text := form.line(name, needed=False, most=40):
            data[name] = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text
    ladder = ["", *await _keys(body)]
    for name in ("after", "then"):
        data[name] = form.choice(name, ladder)
    return {name: value for name, value in data.items() if value} | _written(form)


def _span(form: Form, name: str) -> dict[str, int] | None:
    """The least or the usual window: so many hours, days or working days."""
    unit = form.choice(f"{name}_unit", UNITS, "days")
    number = form.whole(name, 0)
    return {unit: number} if number else None


def _outage(form: Form) -> dict[str, dict[str, int]]:
    """All three lengths, or none of them."""
    found = {name: form.whole(f"outage_{name}", 0) for name in LENGTHS}
    for name in LENGTHS if any(found.values()) else ():
        if not found[name]:
            form.fail(f"outage_{name}", "needed")
    return {name: {OUTAGE[name]: number} for name, number in found.items() if number}


def _written(form: Form) -> dict[str, Any]:
    """Conditions of the body's own, as JSON: {"all": […]} or {"rule": {…}}."""
    text = form.text("terms", needed=False, most=MOST)
    if not text or "terms" in form.errors:
        return {}
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        form.fail("terms", "bad_json", line=error.lineno, column=error.colno)
        return {}
    except RecursionError:
        form.fail("terms", "bad_terms", where="")
        return {}
    unknown = sorted(data.keys() - WRITTEN) if isinstance(data, dict) else [""]
    if unknown:
        form.fail("terms", "bad_terms", where=unknown[0], known=sorted(WRITTEN))
        return {}
    return dict(data)


def _name_the_fault(form: Form, data: dict[str, Any]) -> None:
    """Name the field that is wrong; what has none stands in the text."""
    try:
        checked(data)
    except ValueError as error:
        where, _, why = str(error).partition(": ")
        field = _field_of(where)
        if field in ("terms", ""):
            form.fail("terms", "bad_terms", where=where, why=why)
        else:
            form.fail(field, "bad_term", term=field)


def _field_of(where: str) -> str:
    """threshold is a field, window.least is one, carries.all[0] is in the text."""
    head, _, tail = where.partition(".")
    if where in FIGURES:
        return where
    if head == "window":
        return tail or "least"
    if head == "extend":
        return "extend"
    if head == "outage":
        return f"outage_{tail or 'within'}"
    return "choose" if head == "choose" else "terms"


async def _begun(request: Request) -> Form:
    """The form filled with a procedure as it is in force: of this body, or the standard one."""
    query = request.query_params
    key, body = query.get("procedure", "consensus"), query.get("body", "plenary")
    chamber = await body_at(body)
    found = await procedures_of(chamber) if chamber else {}
    data = found.get(key) or standard("consensus")
    return Form({"body": body if chamber else "", "procedure": str(data["key"])} | _filled(data))


def _filled(data: dict[str, Any]) -> dict[str, str]:
    window, outage = data.get("window", {}), data.get("outage") or {}
    filled = {name: str(data.get(name, "")) for name in ("kind", "closing", "text", *FIGURES)}
    filled |= {"after": data.get("after", ""), "then": data.get("then", "")}
    filled |= {f"name_{language}": text for language, text in data["names"].items()}
    filled |= {f"choose_{name}": "1" for name in data.get("choose", ())}
    filled |= {f"broken_by_{name}": "1" for name in data.get("broken_by", ())}
    for name, span in window.items():
        [(unit, number)] = span.items()
        filled |= {name: str(number), f"{name}_unit": unit}
    for name, length in outage.items():
        filled[f"outage_{name}"] = str(*length.values())
    filled["extend"] = str(data.get("extend", {}).get("times", ""))
    written = {name: data[name] for name in (*RULED, "rule") if name in data and name in WRITTEN}
    return filled | ({"terms": json.dumps(written, indent=1)} if written else {})


async def _keys(body: str) -> dict[str, Any]:
    """The keys of a body's procedures with their names: the rungs of a ladder."""
    chamber = await body_at(body) or await body_at("plenary")
    return await procedures_of(chamber) if chamber else {}
