"""The public record: every entry by its number, one entry with its proof, and receipts."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from plenary.bodies.models import Body, Delegation, Words
from plenary.bodies.powers import Power
from plenary.decisions.models import Decision
from plenary.disclosure.proofs import ShownEntry, shown
from plenary.disclosure.receipts import receipt_named
from plenary.disclosure.veils import Veils, veils_over
from plenary.proposals.models import ClauseText
from plenary.questions.models import Late, Question
from plenary.questions.stand import Stand, stand_on
from plenary.record import acts
from plenary.record.entry import instant
from plenary.record.models import Entry, Head, Receipt
from plenary.refusal import Missing
from plenary.web.answers import as_json, as_text
from plenary.web.paging import Page, pages_of, whole
from plenary.web.render import html, render
from plenary.web.routing import page

SIZE = 100


async def show(request: Request) -> Response:
    listed, veils, head = await _listed(request)
    last = await Entry.get_or_none(n=head.size - 1)
    return render(
        request,
        "disclosure/register.html",
        listed=listed,
        veils=veils,
        head=head,
        last=last,
        last_veil=await veils_over(request.state.viewer, [last] if last else []),
        names=await names(),
        act_of=acts.of,
    )


async def page_json(request: Request) -> Response:
    listed, veils, head = await _listed(request)
    items = listed.listed(lambda entry: _item(entry, veils), request)
    return as_json(items | {"size": head.size, "root": head.root})


async def entry(request: Request) -> Response:
    shown_entry = await shown(request.state.viewer, request.path_params["n"])
    return render(request, "disclosure/entry.html", shown_entry=shown_entry, names=await names())


async def receipt(request: Request) -> Response:
    given, shown_entry = await _receipt(request)
    late, decision = await _late(request, shown_entry)
    return render(
        request,
        "disclosure/receipt.html",
        receipt=given,
        shown_entry=shown_entry,
        names=await names(),
        numbers=await _numbers(shown_entry),
        late=late,
        decision=decision,
    )


async def _numbers(shown_entry: ShownEntry) -> dict[str, int | None]:
    """Of the paragraphs that an answer is about, as its version prints them."""
    facts = shown_entry.facts
    if shown_entry.closed or not facts.get("clauses"):
        return {}
    text = ClauseText.filter(
        version__proposal__symbol=shown_entry.entry.topic,
        version__number=facts["version"],
        key__in=facts["clauses"],
    )
    return dict(await text.values_list("key", "number"))


async def _late(request: Request, shown_entry: ShownEntry) -> tuple[Stand | None, Decision | None]:
    """Of what arrived too late: where its question stands, and what became of it."""
    kept = Late.get_or_none(entry=shown_entry.entry.n).prefetch_related("question__proposal__body")
    late = None if shown_entry.closed else await kept
    if late is None:
        return None, None
    question: Question = late.question
    stand = await stand_on(question, question.proposal, request.state.viewer)
    return stand, await Decision.get_or_none(question=question)


async def receipt_txt(request: Request) -> Response:
    given, shown_entry = await _receipt(request, passed_on=True)
    at = shown_entry.day.isoformat() if shown_entry.closed else instant(shown_entry.entry.at)
    text = html(request, "disclosure/receipt.txt", receipt=given, shown_entry=shown_entry, at=at)
    return as_text(text)


async def names() -> dict[str, Words]:
    """Delegations by code and bodies by key."""
    delegations = {delegation.code: delegation.names for delegation in await Delegation.all()}
    return delegations | {body.key: body.names for body in await Body.all()}


async def _listed(request: Request) -> tuple[Page[Entry], Veils, Head]:
    """By number, newest first; there is no gap in the numbers, so a page is a span of them."""
    head = await Head.get(id=1)
    pages = pages_of(head.size, SIZE)
    page = min(max(1, whole(request.query_params.get("page", ""))), pages)
    top = head.size - (page - 1) * SIZE
    rows = await Entry.filter(n__lt=top, n__gte=top - SIZE).order_by("-n")
    listed = Page(rows, head.size, page, pages, (page - 1) * SIZE)
    return listed, await veils_over(request.state.viewer, rows), head


def _item(entry: Entry, veils: Veils) -> dict[str, Any]:
    closed = veils.keeps(entry)
    # The commitment too: beside the leaf, it would let anyone try every answer of everyone.
    open_facts = {
        "type": entry.type, "actor": entry.actor, "topic": entry.topic,
        "payload": entry.payload or None,
    }  # fmt: skip
    at = veils.day(entry).isoformat() if closed else instant(entry.at)
    return {
        "n": entry.n, "at": at, "leaf": entry.leaf, "public": not closed,
        **(dict.fromkeys(open_facts) if closed else open_facts),
    }  # fmt: skip


async def _receipt(request: Request, *, passed_on: bool = False) -> tuple[Receipt, ShownEntry]:
    code = request.path_params["code"]
    given = await receipt_named(code)
    if given is None:
        raise Missing("unknown_receipt", code=code[:20])
    return given, await shown(request.state.viewer, given.entry, passed_on=passed_on)


routes = [
    page("/register", show, Power.READ, name="record"),
    page("/register.json", page_json, Power.READ, name="record_json"),
    page("/register/{n:int}", entry, Power.READ, name="record_entry"),
    page("/receipts/{code}.txt", receipt_txt, Power.READ, name="receipt_txt"),
    page("/receipts/{code}", receipt, Power.READ, name="receipt"),
]
