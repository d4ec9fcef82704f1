"""What if: live counts under each procedure, or a reader's own numbers. It declares nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from starlette.requests import Request
from tortoise.expressions import Q

from plenary.bodies.models import Words
from plenary.bodies.viewers import Viewer
from plenary.decisions.overview import overview
from plenary.procedures.ballots import Ballot, Given
from plenary.procedures.conditions import Check
from plenary.procedures.explained import Explained, by_heads, checks_of, explain
from plenary.procedures.in_force import InForce
from plenary.procedures.rules import Rule, Verdict, judge
from plenary.procedures.terms import Terms
from plenary.procedures.what_if import LARGEST, counted_ballot, from_counts, named_ballot, under
from plenary.proposals.models import Proposal
from plenary.proposals.rules import Stage
from plenary.questions.stand import Stand
from plenary.web.forms import Form

ASKED = Q(stage=Stage.QUESTION_PUT)  # no other question is open


@dataclass(frozen=True)
class Projection:
    """One procedure, and what it would make of the positions as they stand."""

    names: Words
    path: str
    explained: Explained
    verdict: Verdict | None  # None where these positions do not say enough for it
    checks: dict[str, Check] = field(default_factory=dict)
    asked: bool = False  # the one that the question was put under


@dataclass(frozen=True)
class WhatIf:
    """The questions that can be thought about, and the one that is."""

    open: list[Proposal]
    proposal: Proposal | None = None
    stand: Stand | None = None
    lines: tuple[Projection, ...] = ()


@dataclass(frozen=True)
class Guess:
    """The numbers that a reader typed, and what the rule makes of them."""

    form: Form
    verdict: Verdict | None = None
    roll: int = 0


# --- the positions as they stand ---


async def what_if(
    request: Request, names: Words, terms: Terms, path: str, others: Sequence[InForce]
) -> WhatIf:
    """The live positions under this procedure and under each other one."""
    viewer: Viewer = request.state.viewer
    rows = [row for row in await overview(viewer, ASKED) if row.stand and row.stand.open]
    asked = request.query_params.get("proposal", "")
    row = next((r for r in rows if f"{r.proposal.year}/{r.proposal.number}" == asked), None)
    found = WhatIf([row.proposal for row in rows])
    if row is None or row.stand is None:
        return found
    stand, base = row.stand, path.rpartition("/")[0]
    if not stand.counted:
        return WhatIf(found.open, row.proposal, stand)
    of_body = base if not base.endswith("/published") else "/procedures/plenary"
    lines = [_line(stand, names, path, terms)]
    lines += [
        _line(stand, procedure.names, f"{of_body}/{procedure.key}", procedure.terms)
        for procedure in others
        if f"{of_body}/{procedure.key}" != path
    ]
    return WhatIf(found.open, row.proposal, stand, tuple(lines))


def _line(stand: Stand, names: Words, path: str, terms: Terms) -> Projection:
    verdict = _verdict(stand, terms.rule)
    asked = (terms.key, terms.data.get("number")) == (
        stand.terms.key,
        stand.terms.data.get("number"),
    )
    checks = checks_of(verdict) if verdict else {}
    return Projection(names, path, explain(terms), verdict, checks, asked)


def _verdict(stand: Stand, rule: Rule) -> Verdict | None:
    """From the names where this reader may see them, else from no more than the counts."""
    if stand.named:
        given = {
            code: Given(position.stance.value, position.reasoned)
            for code, position in stand.spoken.items()
        }
        return under(rule, named_ballot(stand.roll, given, stand.present))
    if not from_counts(rule, called=stand.present is not None):
        return None
    return under(rule, _nameless(stand))


def _nameless(stand: Stand) -> Ballot:
    tally = {answer: n for answer, n in stand.counts.items() if answer != "not_stated"}
    present = stand.present
    here = None if present is None else len(stand.roll.among(present))
    return counted_ballot(tally, len(stand.roll), here)


# --- numbers of the reader's own ---


def guess(request: Request, rule: Rule, roll: int) -> Guess:
    """Whole numbers for each answer, from the address; nothing typed, nothing guessed."""
    form = Form(dict(request.query_params.items()))
    if not by_heads(rule) or not any(form[name].strip() for name in rule.answers):
        return Guess(Form(), roll=roll)
    tally = {name: form.whole(name, 0) for name in rule.answers}
    size = form.whole("roll", roll)
    present = form.whole("present", 0) if form["present"].strip() else None
    if not form.errors and not 0 < size <= LARGEST:
        form.fail("roll", "out_of_range", least=1, most=LARGEST)
    if not form.errors and (sum(tally.values()) > size or (present or 0) > size):
        form.fail("roll", "more_than_the_roll", roll=size, answers=sum(tally.values()))
    if form.errors:
        return Guess(form, roll=roll)
    ballot = counted_ballot(tally, size, present)
    return Guess(form, judge(rule, ballot), size)
