"""Which number an outcome has: in the register of decisions, or in a group's own series."""

from dataclasses import dataclass

from plenary.bodies.models import Body
from plenary.bodies.reading import is_taken, root
from plenary.decisions.models import Decision
from plenary.decisions.rules import GROUPS, OWN
from plenary.questions.models import Question
from plenary.questions.rules import ADOPTIONS, Outcome
from plenary.refusal import Fault, Invalid


@dataclass(frozen=True)
class Number:
    """Which of a register's an outcome is, and how it is called."""

    register: str
    source_id: str  # 2019/1; of a group's: monitoring/2019/1
    number: int
    symbol: str


async def number_of(question: Question, outcome: Outcome, year: int, symbol: str) -> Number:
    """The next one. A body below the Plenary is given its symbols, whatever it would be called."""
    body = await Body.get(id=question.body_id)
    if symbol and body.parent_id is not None:
        raise Invalid({"symbol": Fault("symbol_of_a_group")})
    register = OWN if question.decides else GROUPS
    among = Decision.filter(register=register, year=year)
    if register == GROUPS:
        among = among.filter(body=body)
    number = 1 + await among.count()
    source_id = f"{year}/{number}" if question.decides else f"{body.key}/{year}/{number}"
    called = symbol or await _next_symbol(body, _series(question, body, outcome), year)
    return Number(register, source_id, number, called)


def _series(question: Question, body: Body, outcome: Outcome) -> str:
    """AD and OC of the Plenary; R of what a group agreed or reported; D and OC of what a body
    below the Plenary decided by a power that it was given: never an Administrative Decision."""
    if not question.decides:
        return "R"
    if outcome not in ADOPTIONS:
        return "OC"
    return "AD" if body.parent_id is None else "D"


async def _next_symbol(body: Body, series: str, year: int) -> str:
    """AD.1, AD.2…: each series without gaps."""
    chamber = "Plenary" if body.parent_id is None else body.symbol
    prefix = f"{(await root()).symbol}/{year}/{chamber}/{series}."
    taken = await Decision.filter(symbol__startswith=prefix).count()
    while await is_taken(f"{prefix}{taken + 1}"):
        taken += 1
    return f"{prefix}{taken + 1}"
