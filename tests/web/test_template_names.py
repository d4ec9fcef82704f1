"""What a template calls is there. Jinja tells of a missing word only on the page that needs it."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from jinja2 import nodes

from plenary.web.render import environment

ROOT = Path(__file__).resolve().parents[2]


def passed_by_python() -> set[str]:
    """Each name that some call in the program hands over, or some table that is handed over."""
    names = set()
    for path in (ROOT / "plenary").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                names |= {keyword.arg for keyword in node.keywords if keyword.arg}
            elif isinstance(node, ast.Dict):
                names |= {str(key.value) for key in node.keys if isinstance(key, ast.Constant)}
    return names


def its_own(tree: nodes.Template) -> set[str]:
    """What it imports, defines, takes or sets anywhere."""
    macros = {macro.name for macro in tree.find_all(nodes.Macro)}
    imports = {
        name if isinstance(name, str) else name[1]
        for found in tree.find_all(nodes.FromImport)
        for name in found.names
    }
    sets = {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"}
    return macros | imports | sets


def of_includers(trees: dict[str, nodes.Template]) -> dict[str, set[str]]:
    """What is included reads with the words of the page that includes it."""
    words: dict[str, set[str]] = defaultdict(set)
    for tree in trees.values():
        for found in tree.find_all(nodes.Include):
            if isinstance(found.template, nodes.Const):
                words[found.template.value] |= its_own(tree)
    return words


def missing(tree: nodes.Template) -> set[str]:
    called = {
        call.node.name for call in tree.find_all(nodes.Call) if isinstance(call.node, nodes.Name)
    }
    return called - its_own(tree) - set(environment().globals)


def templates() -> Iterator[tuple[str, nodes.Template]]:
    env = environment()
    for name in env.list_templates():
        yield name, env.parse((ROOT / "templates" / name).read_text("utf-8"))


def test_every_word_that_a_template_calls_is_imported_or_handed_over() -> None:
    handed, trees = passed_by_python(), dict(templates())
    lent = of_includers(trees)
    found = {name: missing(tree) - lent[name] - handed for name, tree in trees.items()}
    assert {name: words for name, words in found.items() if words} == {}


def test_a_word_that_nobody_imported_is_found() -> None:
    tree = environment().parse(
        "{% from 'base/marks.html' import pos %}{{ pos() }}{{ gone_word() }}"
    )
    assert missing(tree) == {"gone_word"}
