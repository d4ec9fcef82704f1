"""The plain text of a decision: what its fingerprint is taken of. Pure."""

from plenary.questions.rules import ADOPTIONS, Outcome

EDGE = "=" * 72  # stands alone in a line above and below this text in a longer file


def decision_text(
    symbol: str,
    title: str,
    text: str,
    *,
    sample: bool = False,
    outcome: str = "",
    brackets: int = 0,
) -> str:
    """Symbol, title, a blank line, then the text; one newline at the end. UTF-8 when hashed.

    What is no adoption says so in its first line, and so do open brackets and a sample, whoever
    carries the file away. The marks are codes, and the same in every language.
    """
    marks = "".join(f" ({mark})" for mark in _marks(outcome, brackets, sample=sample))
    return f"{symbol}{marks}\n{title}\n\n{text.rstrip()}\n"


def _marks(outcome: str, brackets: int, *, sample: bool) -> list[str]:
    found = []
    if outcome and Outcome(outcome) not in ADOPTIONS:
        found.append(outcome.replace("_", " ").upper())
    if brackets:
        found.append(f"{brackets} BRACKET{'S' * (brackets > 1)} OPEN")
    return [*found, "SAMPLE"] if sample else found


def text_in(file: str) -> str:
    """The text of a decision out of a file that holds more than it; empty where there is none."""
    lines = file.split("\n")
    edges = [n for n, line in enumerate(lines) if line.rstrip() == EDGE]
    if len(edges) < 2:
        return ""
    return "\n".join(lines[edges[0] + 1 : edges[-1]]).strip("\n") + "\n"
