"""Texts made to cost: every mark of Markdown, repeated, nested, paired, multiplied."""

from collections.abc import Callable, Iterator
from math import isqrt
from random import Random

ORDINARY = """*Decides* that the Committee [shall] report to the Plenary within ninety days of its
meeting, as the Chair of the Working Group proposes:
(a) on rough diamonds, see [the report](https://kp.example/report);
(b) on what was done after it, by **30 June** of each year.

"""
MARKS = (
    "*", "**", "***", "_", "__", "`", "``", "\\", "[", "]", "(", "](", "[a](https://b.c)", "[^1]",
    "[^1]: ", "<", "<https://a.b>", "<a@b.c>", ">", "> ", "- ", "* ", "1. ", "# ", "---", "===",
    "| ", "|", "|-|", "&", "&amp;", "  \n", "\n", "\n\n", "    ", "\t", "(a) ", "!", '"', "```\n",
    "~~~\n", ":", "=", "#", "é", "中", "{", "^", "a", "$",
)  # fmt: skip


def numbered(form: str, count: int) -> str:
    return "".join(form.format(n) for n in range(count))


# Each makes a text of about `n` characters.
SHAPES: dict[str, Callable[[int], str]] = {
    "headings underlined": lambda n: "a\n===\n" * (n // 6),
    "headings": lambda n: "# a\n" * (n // 4),
    "rules": lambda n: "***\n" * (n // 4),
    "quotes in quotes": lambda n: "> " * (n // 2) + "a",
    "quotes apart": lambda n: "> a\n\n" * (n // 5),
    "items in items": lambda n: "- " * (n // 2) + "a",
    "items apart": lambda n: "- a\n\n" * (n // 5),
    "items with paragraphs": lambda n: "- a\n\n    b\n\n" * (n // 13),
    "items further in": lambda n: "".join(" " * 4 * i + "- a\n" for i in range(isqrt(n // 2))),
    "numbers": lambda n: numbered("{}. a\n", n // 7),
    "numbers apart": lambda n: numbered("{}. a\n\n", n // 8),
    "paragraphs": lambda n: "a\n\n" * (n // 3),
    "lines broken": lambda n: "a  \n" * (n // 4),
    "lettered": lambda n: "(a) b\n" * (n // 6),
    "ticks and bars": lambda n: "`|" * (n // 3) + "\n" + "-|" * (n // 7),
    "ticks in a row": lambda n: "a|b\n-|-\n" + "`|" * (n // 2),
    "a wide table with empty rows": lambda n: (
        "a|" * (n // 8) + "\n" + "-|" * (n // 8) + "\n" + "|\n" * (n // 4)
    ),
    "a table of one column": lambda n: "|a\n|-\n" + "|\n" * (n // 2),
    "one note called by all": lambda n: "[^1]" * (n // 4) + "\n\n[^1]: a",
    "notes": lambda n: numbered("[^{}]", n // 16) + "\n\n" + numbered("[^{}]: a\n", n // 20),
    "a note of notes": lambda n: "[^1]: " * (n // 6),
    "links": lambda n: "[a](https://b.c)" * (n // 16),
    "links with titles": lambda n: '[a](https://b.c "t") ' * (n // 21),
    "a link without an end": lambda n: "[a](https://b.c/" + "(" * n,
    "addresses": lambda n: "<https://" * (n // 9),
    "addresses of mail": lambda n: "<a@" * (n // 3),
    "brackets in brackets": lambda n: "[" * (n // 2) + "]" * (n // 2),
    "brackets ten deep": lambda n: ("[" * 10 + "a" + "]" * 10) * (n // 21),
    "emphasis across brackets": lambda n: "*[a* " * (n // 5),
    "emphasis around brackets": lambda n: "*[a]* " * (n // 6),
    "emphasis in brackets": lambda n: "[*a]" * (n // 4) + "*",
    "emphasis": lambda n: "_a_ " * (n // 4),
    "emphasis of every depth": lambda n: "".join("*" * (1 + i % 3) + "a" for i in range(n // 3)),
    "ticks of every length": lambda n: "".join("`" * i + "a" for i in range(isqrt(2 * n))),
    "parentheses": lambda n: "(" * (n // 2) + ")" * (n // 2),
    "escapes": lambda n: "\\*" * (n // 2),
    "spaces": lambda n: " " * n + "a",
    "empty lines of spaces": lambda n: " \n" * (n // 2) + "a",
}  # fmt: skip


def texts(length: int, mixtures: int) -> Iterator[tuple[str, str]]:
    """(name, text) of every shape, every mark, and so many mixtures of two or three marks."""
    yield from ((name, shape(length)) for name, shape in SHAPES.items())
    units = [*MARKS]
    units += ["".join(Random(seed).choices(MARKS, k=2 + seed % 2)) for seed in range(mixtures)]
    yield from ((repr(unit), (unit * (length // len(unit) + 1))[:length]) for unit in units)
    for seed in range(mixtures // 4):
        yield f"mixture {seed}", "".join(Random(seed).choices(MARKS, k=length // 3))
