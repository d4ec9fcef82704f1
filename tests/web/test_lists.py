"""No list is cut without a word: over every address that lists things, in a house of many.

A list is known by what stands on it: where three of a kind stand, all of them stand, on this page
or on those that it leads to (`rel=next`, `next`), each once; or the page says of how many these
are the newest and leads to where all of them stand.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from plenary.app import PAGES
from plenary.bodies.powers import Role
from tests.client import Browser, Page, Site, squeezed
from tests.web.house import WHO
from tests.web.long_lists import MANY, Long, build
from tests.world import found_world

A_FEW = 3
MOST_PAGES = 60
# One act may be told by several lines, and what it is about is named in each of them.
TOLD_AGAIN = ("/changes", "/changes.atom")
# Who reads, and what of it the public does not see already.
EVERYTHING = ("/",)
READERS = {
    WHO[Role.PUBLIC]: EVERYTHING,
    "head.bel@example.org": ("/desk", "/participants/"),
    WHO[Role.SECRETARIAT]: ("/desk", "/secretariat"),
}
# What a page shows the newest of, and where all of them stand.
NEWEST = {
    ("/", "past"): "/decisions",
    ("/desk", "receipt"): "/desk/receipts",
    ("/desk", "task"): "/desk/notices",  # to the secretariat, which owes none
    ("/secretariat/meetings", "meeting"): "/meetings",
    ("/", "meeting"): "/changes",  # the newest lines of the log
    ("/search?q=past", "past"): "/decisions?q=past",
    ("/search?q=clause", "clause"): "/search?q=clause&kind=clause&proposal=KP%2F2019%2FP.123",
}  # fmt: skip
SEARCHED = {
    "comment": "comment", "statement": "statement", "correction": "correction",
    "proposal": "proposal", "meeting": "meeting", "body": "body", "task": "follow_up",
    "country": "delegation", "guest": "delegation",
}  # fmt: skip
NEWEST |= {
    (f"/search?q={word}", word): f"/search?q={word}&kind={kind}" for word, kind in SEARCHED.items()
}
MORE = [
    *dict.fromkeys(address for pair in NEWEST.items() for address in (pair[0][0], pair[1])),
    "/changes?topic=KP/2019/P.1", "/secretariat/letters?state=waiting", "/follow-up?status=open",
    "/decisions?q=past", "/decisions/2003",
]  # fmt: skip


@dataclass
class Walked:
    """What stands on an address and on the pages that it leads to."""

    first: Page | None = None
    pages: list[set[str]] = field(default_factory=list)

    def of(self, words: frozenset[str]) -> list[set[str]]:
        return [page & words for page in self.pages]


async def walk(browser: Browser, address: str) -> Walked:
    found, here = Walked(), address
    while here:
        answer = await browser.get(here)
        if answer.status_code != 200:
            return found
        kind = answer.headers["content-type"]
        # What a field offers is no list: it takes whatever is typed.
        shown = re.sub(r"<datalist.*?</datalist>", "", answer.text, flags=re.S)
        found.pages.append(set(re.findall(r"[\w-]+", shown)))
        if kind.startswith("text/html") and found.first is None:
            found.first = Page(answer)
        here = following(answer.text, kind, here.partition("?")[0])
        assert len(found.pages) < MOST_PAGES, address
    return found


def following(text: str, kind: str, path: str) -> str:
    if "json" in kind:
        body: Any = json.loads(text)
        return str(body.get("next") or "") if isinstance(body, dict) else ""
    if "html" not in kind and "atom" not in kind:
        return ""
    links = [tag for tag in Page(text).all("a", "link") if tag["rel"] == "next"]
    if not links:
        return ""
    href = links[0]["href"].partition("#")[0]
    href = re.sub(r"^https?://[^/]+", "", href)
    return path + href if href.startswith("?") else href


def addresses(long: Long) -> list[str]:
    """Every address that is read, of something that has much to show."""
    known = {
        "year": 2019, "number": 1, "version": 1, "old": 1, "new": 1, "n": 5, "id": 1, "k": 1,
        "key": "plenary", "procedure": "consensus", "published": "kp_consensus", "register": "own",
        "source_id": long.decision.source_id, "symbol": "KP/2019/P.1", "token": "no-such-token",
        "code": min(long.words["receipt"]),
    }  # fmt: skip
    found = []
    for route in PAGES:
        if "GET" not in (route.methods or ()):
            continue
        slug = {"/meetings": "meeting001", "/observers": "delmonia"}
        known["slug"] = slug.get("/" + route.path.split("/")[1], "belmark")
        if route.path.startswith("/decisions/"):
            known["number"] = long.decision.source_id.partition("/")[2]
        else:
            known["number"] = 1
        found.append(re.sub(r"\{(\w+)(?::\w+)?\}", lambda m: str(known.get(m[1], 1)), route.path))
    return [*dict.fromkeys([*found, *MORE])]


def fault_of(address: str, walked: Walked, words: frozenset[str], kind: str) -> str:
    """What is wrong with the list of this kind, if there is one."""
    pages = walked.of(words)
    seen: set[str] = set().union(*pages)
    if len(seen) < A_FEW:
        return ""
    if seen == words:
        twice = sum(map(len, pages)) - len(seen)
        everywhere = all(page in (set(), words) for page in pages)
        told = address.partition("?")[0] in TOLD_AGAIN
        return f"{twice} twice" if twice and not everywhere and not told else ""
    where = NEWEST.get((address, kind), "")
    if not where:
        return f"{len(seen)} of {len(words)} without a word"
    assert walked.first is not None
    links = [link.replace("&amp;", "&") for link in walked.first.links()]
    if where not in links:
        return f"no link to {where}"
    said = str(len(words)) in re.findall(r"\d+", squeezed(walked.first.words))
    return "" if said or where == "/changes" else f"does not say that there are {len(words)}"


async def test_every_list_is_whole_or_says_of_how_many_it_is_and_leads_to_the_rest(
    site: Site,
) -> None:
    long, faults, whole = await build(), [], set()
    for email, begins in READERS.items():
        browser = await site.browser(email)
        for address in addresses(long):
            if not address.startswith(begins):
                continue
            walked = await walk(browser, address)
            for kind, words in long.words.items():
                if fault := fault_of(address, walked, words, kind):
                    faults.append(f"{email or 'public'}: {address}: {kind}: {fault}")
                elif walked.pages and set().union(*walked.of(words)) == words:
                    whole.add(address)
    assert "\n".join(faults) == ""
    assert set(NEWEST.values()) - {"/changes"} <= whole
    assert {"/participants", "/observers", "/groups", "/follow-up", "/deadlines.ics"} <= whole


async def test_no_entry_is_told_twice_in_the_feed(site: Site) -> None:
    world = await found_world()
    for n in range(MANY):
        await world.comment(text=f"Word {n}.")
    browser, here, ids = await site.browser(), "/changes.atom", []
    while here:
        answer = await browser.get(here)
        entries = re.findall(r"<entry>.*?<id>(.*?)</id>", answer.text, flags=re.S)
        assert entries
        ids += entries
        here = following(answer.text, "application/atom+xml", "")
    assert len(ids) > MANY
    assert len(ids) == len(set(ids))
