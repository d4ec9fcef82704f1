"""A refusal tells its reader no more than the rule of publication lets it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import plenary
from plenary.bodies.actions.chambers import form_body
from plenary.bodies.actions.offices import appoint
from plenary.bodies.actions.seats import seat
from plenary.proposals.actions.moves import refer
from plenary.refusal import Refused, Whose
from plenary.web.language import LANGUAGES, use
from plenary.web.render import environment
from tests.client import Page, Site
from tests.web.house import SINCE, WHO, Role
from tests.world import CHAIR, SECRETARIAT, World, found_world

GROUP = WHO[Role.GROUP_CHAIR]
PATH = "/proposals/2019/1/declaration"


async def in_the_group(publication: str, *, by: str = CHAIR) -> World:
    """Before a group, whose own chair did not put the question and may not read names."""
    world = await found_world()
    await form_body(SECRETARIAT, "monitoring", "WGM", {"en": "Working Group on Monitoring"})
    await appoint(SECRETARIAT, "monitoring", "chair", email=GROUP, name="Group chair", since=SINCE)
    for code in ("ALD", "BEL", "COR"):
        await seat(SECRETARIAT, "monitoring", code, "member", since=SINCE)
    await refer(CHAIR, world.year, world.number, body="monitoring")
    await world.put(publication, by=by)
    await world.object("COR")
    return world


REFUSED = [
    ("never", CHAIR, GROUP, False), ("never", "chair:monitoring", GROUP, True),
    ("never", CHAIR, WHO[Role.CHAIR], True), ("decided", CHAIR, GROUP, True),
    ("now", CHAIR, GROUP, True),
]  # fmt: skip


@pytest.mark.parametrize("publication, put_by, email, named", REFUSED)
async def test_whoever_may_not_read_names_is_told_how_many_object_and_not_who(
    site: Site, publication: str, put_by: str, email: str, named: bool
) -> None:
    await in_the_group(publication, by=put_by)
    browser = await site.browser(email)
    fields = dict(Page(await browser.get(PATH)).form("/declaration").fields)
    answer = await browser.post(PATH, fields | {"outcome": "agreed"})
    reason = Page(answer).words
    assert answer.status_code == 409
    assert "1 Participant object" in reason
    assert ("(Corvania)" in reason) is named


def test_delegations_of_a_refusal_print_as_a_number_until_somebody_asked_for_their_names() -> None:
    whose = Whose(["COR", "BEL"])
    for said in (str(whose), repr(whose), f"{whose}", str([whose]), repr(Refused("x", y=whose))):
        assert "COR" not in said
    assert (len(whose), whose.names) == (2, ())


def refusals() -> Iterator[tuple[str, str, ast.expr]]:
    """Every refusal and fault of the program: its name, and each of its facts."""
    for path in Path(plenary.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            first = node.args[0] if node.args else None
            if node.func.id in ("Refused", "Forbidden", "Missing", "Fault") and isinstance(
                first, ast.Constant
            ):
                for fact in node.keywords:
                    yield str(first.value), fact.arg or "", fact.value


# The words for delegations by what they said; a fact of such a name is a Whose, or a number.
SPEAKERS = ("objectors", "objector", "delegations", "who", "whose", "spoke", "speakers", "names")


def test_every_refusal_that_is_about_what_delegations_said_carries_them_as_such() -> None:
    bare = [
        (name, fact)
        for name, fact, value in refusals()
        if fact in SPEAKERS
        and not (
            isinstance(value, ast.Call)
            and isinstance(value.func, ast.Name)
            and value.func.id == "Whose"
        )
    ]
    assert bare == []
    assert ("objection_stands", "objectors") in {(name, fact) for name, fact, _ in refusals()}


WORDS = "{% from 'errors/words.html' import refusal with context %}{{ refusal(reason, facts) }}"
CARRYING = sorted(
    {
        (name, fact)
        for name, fact, value in refusals()
        if isinstance(value, ast.Call) and getattr(value.func, "id", "") == "Whose"
    }
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name, fact", CARRYING)
def test_each_of_them_has_words_with_names_and_words_without(
    name: str, fact: str, language: str
) -> None:
    use(language)
    try:
        words = {
            known: environment()
            .from_string(WORDS)
            .render(
                reason=name,
                facts={
                    fact: Whose(["COR", "BEL"], [1], [{"en": "Corvania"}] * known),
                    "until": None,
                },
                instant=lambda *_, **__: "later",
            )
            for known in (0, 2)
        }
    finally:
        use("en")
    assert "2" in words[0]
    assert "COR" not in words[0]
    assert "Corvania" not in words[0]
    assert "Corvania" in words[2]
