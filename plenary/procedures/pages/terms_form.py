"""The terms of a procedure as a form has them: each a field, read and filled in again."""

import json
import re
from collections.abc import Mapping
from typing import Any

from plenary.bodies.rules import MATTERS
from plenary.procedures.bounds import UNCHOSEN, Bound, bounds_of, leaves_party_out
from plenary.procedures.explained import LENGTHS
from plenary.procedures.notice import USUAL
from plenary.procedures.published import published
from plenary.procedures.rules import BASES
from plenary.procedures.terms import RULED
from plenary.procedures.validation import BREAKS, CLOSINGS, TEXTS, checked
from plenary.web.forms import Form

UNITS = ("hours", "days", "working_days")
OUTAGE = {"within": "hours", "longer_than": "minutes", "by": "hours"}
FIGURES = ("quorum", "min_support", "threshold", "base", "allowed")  # each a field of its own
WRITTEN = frozenset(["all", "classes", "rule", "without"])  # what only the text field can hold
BOUNDED = tuple(name for name in UNCHOSEN if name != "base")  # left open within a bound in figures
SPAN = re.compile(r"\s*(?:\.\.+|…|–|-)\s*")  # 20..30, 20–30
MOST = 4_000  # characters of that text


def read_terms(form: Form, ladder: list[str]) -> dict[str, Any]:
    """The terms as they were typed: an empty field says nothing. `ladder`: keys it may name."""
    data: dict[str, Any] = {
        "kind": form["kind"], "closing": form.choice("closing", CLOSINGS),
        "text": form.choice("text", TEXTS),
        "matters": _matters(form), "choose": _bounds(form), "party": form.flag("party"),
        "broken_by": [name for name in BREAKS if form.flag(f"broken_by_{name}")],
        "window": {name: span for name in ("least", "usual") if (span := _span(form, name))},
        "outage": _outage(form), "follows": _follows(form),
    }  # fmt: skip
    if notice := _notice(form):
        data["notice"] = notice
    if times := form.whole("extend", 0):
        data["extend"] = {"times": times}
    if hours := form.whole("late_swing", 0):
        data["late_swing"] = {"hours": hours}
    for name in FIGURES:
        if text := form.line(name, needed=False, most=40):
            data[name] = _figure(text)
    for name in ("after", "then"):
        data[name] = form.choice(name, ladder)
    return {name: value for name, value in data.items() if value} | _written(form)


def filled(data: Mapping[str, Any]) -> dict[str, str]:
    """The fields that hold what a procedure says."""
    window, outage = data.get("window", {}), data.get("outage") or {}
    fields = {name: str(data.get(name, "")) for name in ("kind", "closing", "text", *FIGURES)}
    fields |= {"after": data.get("after", ""), "then": data.get("then", "")}
    fields |= {f"name_{language}": text for language, text in data["names"].items()}
    fields |= {f"matter_{matter}": "1" for matter in data.get("matters") or MATTERS}
    fields |= {"party": "1" if leaves_party_out(data) else ""}
    for name, bound in bounds_of(data).items() if "rule" not in data else ():
        fields |= _as_typed(name, bound)
    fields |= {f"broken_by_{name}": "1" for name in data.get("broken_by", ())}
    for name, span in window.items():
        [(unit, number)] = span.items()
        fields |= {name: str(number), f"{name}_unit": unit}
    for name, length in outage.items():
        fields[f"outage_{name}"] = str(*length.values())
    for name, length in data.get("notice", {}).items():
        fields |= {f"notice_{name}": str(length["hours"])} if "hours" in length else {}
    fields["extend"] = str(data.get("extend", {}).get("times", ""))
    fields["late_swing"] = str(data.get("late_swing", {}).get("hours", ""))
    fields["follows"] = " ".join(data.get("follows", ()))
    written = {name: data[name] for name in (*RULED, "rule") if name in data and name in WRITTEN}
    return fields | ({"terms": json.dumps(written, indent=1)} if written else {})


def name_the_fault(form: Form, data: Mapping[str, Any]) -> None:
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
    if where in FIGURES or head in ("party", "matters", "follows", "extend", "late_swing"):
        return head
    if head == "window":
        return tail or "least"
    if head == "notice":
        return f"notice_{tail or 'outside'}"
    if head == "outage":
        return f"outage_{tail or 'within'}"
    return (f"choose_{tail}" if tail else "choose") if head == "choose" else "terms"


def _matters(form: Form) -> list[str]:
    """Those that are ticked; all of them is every matter there will ever be."""
    ticked = [matter for matter in MATTERS if form.flag(f"matter_{matter}")]
    if not ticked:
        form.fail("matters", "choose")
    return [] if len(ticked) == len(MATTERS) else ticked


def _bounds(form: Form) -> dict[str, Bound]:
    """20..30 is from and to, 1/2, 2/3 one of a list; the bases are ticked."""
    found: dict[str, Bound] = {}
    for name in BOUNDED:
        if text := form.line(f"choose_{name}", needed=False, most=80):
            ends = SPAN.split(text)
            if len(ends) == 2:
                found[name] = {"from": _figure(ends[0]), "to": _figure(ends[1])}
            else:
                found[name] = {"one_of": [_figure(part.strip()) for part in text.split(",")]}
    if bases := [base for base in BASES if form.flag(f"choose_base_{base}")]:
        found["base"] = {"one_of": bases}
    return found


def _follows(form: Form) -> list[str]:
    """Keys of published rules; the form has them from what it began with."""
    known = {theirs.key for theirs in published()}
    return [key for key in form.line("follows", needed=False).split() if key in known]


def _as_typed(name: str, bound: Bound) -> dict[str, str]:
    if name == "base":
        return {f"choose_base_{base}": "1" for base in bound["one_of"]}
    if "one_of" in bound:
        return {f"choose_{name}": ", ".join(str(value) for value in bound["one_of"])}
    return {f"choose_{name}": f"{bound['from']}..{bound['to']}"}


def _figure(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text


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


def _notice(form: Form) -> dict[str, dict[str, int]]:
    """In a sitting and outside one, in hours; an empty field leaves the usual figure."""
    return {
        name: {"hours": form.whole(f"notice_{name}", 0)}
        for name in USUAL
        if form[f"notice_{name}"].strip()
    }


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
