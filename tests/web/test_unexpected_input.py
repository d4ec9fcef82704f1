"""Every form of the site under input that no form expects: generated over all routes that post."""

from dataclasses import replace

import pytest

from plenary.record import pace
from plenary.record.models import Head
from plenary.web.forms import FIELDS
from tests.client import Browser, Page, Site
from tests.web.filled import FLAGS, FORMS, address
from tests.web.house import WHO, build
from tests.web.test_every_page import faults_of

# What may be typed, pasted or sent into any field, and whether it may ever be recorded.
REFUSED = {
    "NUL": "a\0b", "escape": "a\x1b[31mb", "direction": "a\u202eb", "isolate": "a\u2066b",
    "bell": "\x07", "delete": "a\x7fb", "C1": "a\x9bb",
}  # fmt: skip
STRANGE = {
    "empty": "", "spaces": " \t ", "script": "<script>alert(1)</script>",
    "attribute": "\"' onload=alert(1) x='", "template": "{{ 7*7 }}{% raw %}",
    "quote": "'; DROP TABLE entry; --", "percent": "%00%s%(x)s{0}", "overlong": "x" * 250_000,
    "line": "a\u2028b", "digits": "9" * 30, "minus": "-1", "path": "//evil.example",
    "emoji": "💎 stones 👩🏽‍⚖️", "extension B": "𠀀𠮷", "combining": "e\u0301" * 50,
    "right to left": "السلام", "zero width": "a\u200bb",
}  # fmt: skip

# Most is refused before a database is asked; the two may differ in what they store.
STORED = ("NUL", "overlong", "digits", "minus", "emoji", "extension B", "combining", "zero width")
KINDS = {
    "sqlite": REFUSED | STRANGE,
    "postgres": {kind: (REFUSED | STRANGE)[kind] for kind in STORED},
}


@pytest.mark.parametrize("name", FORMS)
async def test_a_form_takes_no_harm_from_what_it_does_not_expect(
    site: Site, name: str, database_kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "PACES", {})  # here everything is sent in a loop
    house = await build()
    path, _ = address(house, name)
    form, browser = FORMS[name], await site.browser(WHO[FORMS[name].role])
    assert (await browser.get("/")).status_code == 200
    site.inner.state.site = replace(site.inner.state.site, demo=True)  # the cast too
    wrong: list[str] = []
    for field in [*form.fields, "unheard_of"]:
        for kind, value in KINDS[database_kind].items():
            before = (await Head.get(id=1)).size
            fresh = {"key": f"{field} {kind}"} if "key" in form.fields else {}
            answer = await browser.post(path, form.fields | fresh | {field: value})
            wrong += [f"{field} {kind}: {fault}" for fault in _faults(answer)]
            recorded = (await Head.get(id=1)).size != before
            if kind in REFUSED and recorded and not _ignored(name, field):
                wrong.append(f"{field} {kind}: recorded")
    missing = await browser.post(path, {})
    wrong += [f"nothing at all: {fault}" for fault in _faults(missing)]
    wrong += await _unreadable(browser, path, form.fields)
    assert wrong == []


def _ignored(name: str, field: str) -> bool:
    """Fields that count for nothing beside what else is sent: a flag that is not 1 is not set."""
    unread = {("position", "ad_referendum"), ("secretariat_delegations", "constituency")}
    unread |= {("from_the_room", "changed"), ("bloc_stated", "for-COR")}
    unread |= {("secretariat_procedures", flag) for flag in FLAGS}
    return field in ("unheard_of", "key", "next") or (name, field) in unread


def _faults(answer: object) -> list[str]:
    status = answer.status_code  # type: ignore[attr-defined]
    text = answer.text  # type: ignore[attr-defined]
    if status not in (200, 303, 308, 400, 403, 404, 409, 413, 422, 429):
        return [str(status)]
    if status in (303, 308):  # done, or where a form was sent before it moved
        goes = answer.headers["location"]  # type: ignore[attr-defined]
        return [] if goes.startswith("/") and goes[1:2] not in ("/", "\\") else [f"leads to {goes}"]
    found = [f"{status} {fault}" for fault in faults_of(Page(text))]
    if "<script>alert" in text:
        found.append("not escaped")
    return found


async def _unreadable(browser: Browser, path: str, fields: dict[str, str]) -> list[str]:
    """Bytes that are no UTF-8 in each field, and too many fields: 400, whoever reads them."""
    wrong = []
    for field in fields:
        answer = await browser.post(path, field.encode() + b"=%ff%c3%28")
        if answer.status_code != 400 or faults_of(Page(answer)):
            wrong.append(f"{field} not UTF-8: {answer.status_code}")
    if fields:
        many = [(f"f{n}", "x") for n in range(FIELDS + 40)]
        answer = await browser.post(path, many)
        if answer.status_code != 400:
            wrong.append(f"a hundred fields: {answer.status_code}")
    return wrong
