"""A form that was sent without being signed in is kept, while its sender signs in.

In the browser that sent it alone: else a link would hand anybody a form that a stranger wrote. Who
sends many makes room by their own: forms are counted by network, and those of somebody whose
session is over by person, apart from all that strangers send.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tortoise.queryset import QuerySet

from plenary import clock
from plenary.people import rules
from plenary.people.models import Session, SetAside, SignInLink
from plenary.people.rules import digest
from plenary.people.tallies import keyed
from plenary.refusal import Missing

LONGEST_PATH = 500  # characters of an address


@dataclass(frozen=True)
class Sender:
    """All that is known of a browser that is not signed in."""

    browser: str  # its mark
    session: str  # the token of a session that is over, if the cookie is ours
    network: str


async def set_aside(
    path: str, query: str, typed: Mapping[str, str], *, by: Sender, secret: str
) -> str:
    """Keep a form; the token that brings it back, or nothing: its page keeps it alone."""
    size = sum(len(name) + len(text) for name, text in typed.items())
    if size > rules.LARGEST_KEPT or max(len(path), len(query)) > LONGEST_PATH:
        return ""
    person, token = await _person(by), secrets.token_urlsafe(32)
    whose = wider = f"person:{person}"
    if not person:
        whose = f"network:{rules.network_of(by.network)}"
        wider = f"network:{rules.network_of(by.network, rules.SITE)}"
    form = await SetAside.create(
        token=digest(token + by.browser),
        path=path,
        query=query,
        typed=dict(typed),
        at=clock.now(),
        sender=keyed(secret, whose),
        site=keyed(secret, wider),
        known=person is not None,
    )
    most = rules.MOST_OF_A_PERSON if person else rules.MOST_OF_A_NETWORK
    rows: Any = await (
        SetAside.filter(known=form.known).order_by("id").values_list("id", "sender", "site", "at")
    )
    kept = [rules.Sent(n, sender, site or sender, at) for n, sender, site, at in rows]
    gone = rules.giving_way(kept, most)
    if gone:
        await SetAside.filter(id__in=gone).delete()
    return "" if form.id in gone else token


async def _person(sender: Sender) -> int | None:
    """Whom this browser has signed in: in the session that is over, or at any time before."""
    if sender.session:
        return await _first_person(Session.filter(token=digest(sender.session)))
    if not sender.browser:
        return None
    used = SignInLink.filter(
        browser=digest(sender.browser), used__gt=clock.now() - rules.PROOF_LIFE
    )
    return await _first_person(used.order_by("-used"))


async def _first_person(rows: QuerySet[Any]) -> int | None:
    found: Any = await rows.limit(1).values_list("person_id", flat=True)
    return found[0] if found else None


async def what_was_set_aside(token: str, *, browser: str) -> SetAside:
    """The form that this browser sent, by its token; Missing: it was forgotten, or is another's."""
    recent = SetAside.filter(at__gt=clock.now() - rules.KEPT)
    found = await recent.get_or_none(token=digest(token + browser))
    if found is None:
        raise Missing("nothing_set_aside")
    return found
