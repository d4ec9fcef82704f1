"""Code is laid out by ruff; by hand only a table, where the lines are its rows."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
MARK = "# fmt: skip"
ROWS = 4  # a literal of fewer entries is no table


def test_only_tables_are_laid_out_by_hand() -> None:
    files = [path for folder in ("plenary", "tests") for path in (ROOT / folder).rglob("*.py")]
    by_hand = [(path, line) for path in files for line in marked(path.read_text("utf-8"))]
    assert len(by_hand) > 20
    assert [
        f"{path.relative_to(ROOT)}:{line}"
        for path, line in by_hand
        if not is_table(path.read_text("utf-8"), line)
    ] == []


def test_a_table_is_a_literal_of_several_entries_over_several_lines() -> None:
    assert is_table("DAYS = {1: 2, 3: 4,\n  5: 6, 7: 8}  # fmt: skip", 2)
    assert not is_table("DAYS = {1: 2,\n  5: 6}  # fmt: skip", 2)
    assert not is_table("ended(1, 2,\n  3, 4)  # fmt: skip", 2)
    assert not is_table("def put(\n  by, key\n) -> None:  # fmt: skip\n  return [1,\n  2, 3, 4]", 3)


def marked(source: str) -> Iterator[int]:
    """The lines, from 1, whose statement the formatter is to leave as it is."""
    for number, line in enumerate(source.splitlines(), 1):
        if line.endswith(MARK):
            yield number


def is_table(source: str, line: int) -> bool:
    """Whether the statement of this line holds a literal that is worth its rows."""
    return any(
        _entries(node) >= ROWS and node.lineno < (node.end_lineno or 0)
        for part in _statement(ast.parse(source), line)
        for node in ast.walk(part)
        if isinstance(node, ast.expr)
    )


def _entries(node: ast.expr) -> int:
    if isinstance(node, ast.Dict):
        return len(node.keys)
    return len(node.elts) if isinstance(node, (ast.List, ast.Set, ast.Tuple)) else 0


def _statement(tree: ast.Module, line: int) -> list[ast.AST]:
    """The parts of the innermost statement there; of one with a body, without its body."""
    found: list[ast.AST] = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.stmt):
            continue
        parts = _parts(node)
        lines = [n for part in parts for n in (part.lineno, part.end_lineno or 0)]
        if parts and min(lines) <= line <= max(lines):
            found = list(parts)
    return found


def _parts(node: ast.stmt) -> list[ast.expr | ast.stmt]:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return list(node.decorator_list)
    if isinstance(node, (ast.If, ast.While)):
        return [node.test]
    if isinstance(node, (ast.For, ast.AsyncFor)):
        return [node.iter]
    if isinstance(node, (ast.With, ast.AsyncWith)):
        return [item.context_expr for item in node.items]
    return [] if isinstance(node, (ast.Try, ast.Match)) else [node]
