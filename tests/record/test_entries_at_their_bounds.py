"""Every act's entry fits, with each of its facts as long as it can be. Read from the source.

What can grow beyond that goes into the lists or the payload; a fact that stands in no line below
has no bound yet, and the test says which.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from plenary.bodies.rules import DAYS_AT_ONCE
from plenary.questions.concerns import MOST
from plenary.record.entry import LIMIT, Fact, entry_bytes
from plenary.web.language import WRITTEN

PLENARY = Path(__file__).parents[2] / "plenary"
SYMBOL = "é" * 120  # of two bytes each
INSTANT, DAY, DIGEST = "2019-11-20T05:30:00.123Z", "2019-11-20", "sha256:" + "0" * 64
CODE, KEY, WORD, NUMBER = "LONGCODE0000", "k" * 60, "w" * 40, 2**31
LANGUAGE = f"{'x' * 8} {DIGEST}"

LONGEST: dict[str, Fact] = {
    "actor": "delegation:" + CODE, "at": INSTANT, "n": NUMBER, "topic": SYMBOL, "type": WORD,
    "v": NUMBER, "payload": DIGEST,
    # who, and where
    "delegation": CODE, "owner": "delegation:" + CODE, "body": KEY, "meeting": "m" * 80,
    "reader": CODE, "hand": WORD, "role": WORD,
    "office": "chair:" + KEY, "symbol": SYMBOL, "target": SYMBOL, "register": KEY,
    "decision": SYMBOL, "key": WORD, "kind": WORD, "procedure": WORD, "parent": KEY,
    "power": SYMBOL, "basis": WORD, "notice": WORD,
    # when
    "day": DAY,
    "since": DAY, "until": DAY, "due": DAY, "begins": INSTANT, "ends": INSTANT, "closes": INSTANT,
    "before": INSTANT, "last": INSTANT, "began": INSTANT, "ended": INSTANT,
    # what
    "value": WORD, "outcome": WORD, "standing": WORD, "why": WORD, "status": WORD,
    "publication": WORD, "language": "x" * 8, "ground": WORD, "clause": CODE,
    "clauses": [CODE] * MOST, "zone": "z" * 60,
    "text": DIGEST, "file": DIGEST, "stage": WORD,
    "texts": [LANGUAGE] * len(WRITTEN), "days": [DAY] * DAYS_AT_ONCE,
    # which, and how many
    "question": NUMBER, "position": NUMBER, "objection": NUMBER, "bloc": NUMBER,
    "version": NUMBER, "comment": NUMBER, "statement": NUMBER, "correction": NUMBER,
    "follow_up": NUMBER, "number": NUMBER, "count": NUMBER, "rows": NUMBER, "added": NUMBER,
    "rewritten": NUMBER, "represents": NUMBER, "states": NUMBER, "ad_referendum": 1, "current": 1,
    "paragraph": NUMBER, "place": NUMBER, "entry": NUMBER, "sessions": NUMBER,
    "measure": NUMBER, "follows": 1,
    # lists that the entry is bound to
    "roll": DIGEST, "rule": DIGEST, "window": DIGEST, "stays": DIGEST, "terms": DIGEST,
}  # fmt: skip
ALWAYS = ("actor", "at", "n", "topic", "type", "v", "payload")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
LISTS = {"roll", "rule", "window", "stays", "terms"}


def appends() -> Iterator[tuple[str, ast.Call, ast.AST]]:
    """Where an entry is written: file and line, the call, and the function around it."""
    for path in sorted(PLENARY.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = (node for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef))
        for function in functions:
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and ast.unparse(call.func) == "record.append":
                    yield f"{path.relative_to(PLENARY)}:{call.lineno}", call, function


def facts_of(call: ast.Call, function: ast.AST) -> set[str]:
    """The names of an entry's facts; those of a `**dictionary` are looked for where it is made."""
    names, elsewhere = {key for lists in call.args[2:] for key in keys_in(lists)}, False
    for keyword in call.keywords:
        if keyword.arg is None:
            names |= keys_in(keyword.value)
            elsewhere |= not isinstance(keyword.value, ast.Dict)
        elif keyword.arg not in ("payload", "veil"):
            names.add(keyword.arg)
    if elsewhere:  # made by a `facts`, or before in the same function
        names |= keys_in(function, skip=call)
        for path in ("questions/actions/answers.py", "bodies/measures.py"):
            made = ast.walk(ast.parse((PLENARY / path).read_text(encoding="utf-8")))
            functions = (node for node in made if isinstance(node, FUNCTIONS))
            names |= {key for node in functions if node.name == "facts" for key in keys_in(node)}
    return names


def keys_in(tree: ast.AST, skip: ast.AST | None = None) -> set[str]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    refusals = [call for call in calls if ast.unparse(call.func) == "Invalid"]
    inside = {node for apart in (skip, *refusals) if apart for node in ast.walk(apart)}
    dictionaries = (node for node in ast.walk(tree) if isinstance(node, ast.Dict))
    keys = (key for node in dictionaries if node not in inside for key in node.keys)
    return {key.value for key in keys if isinstance(key, ast.Constant)}


def test_every_entry_fits_with_all_its_facts_at_their_longest() -> None:
    sites = [(where, facts_of(call, function)) for where, call, function in appends()]
    assert len(sites) > 40
    unbounded = {where: found for where, facts in sites if (found := facts - LONGEST.keys())}
    assert not unbounded
    for where, facts in sites:
        longest = {name: LONGEST[name] for name in (*ALWAYS, *facts)}
        longest |= {f"{name}_size": NUMBER for name in facts & LISTS}
        assert len(entry_bytes(longest)) <= LIMIT, where
