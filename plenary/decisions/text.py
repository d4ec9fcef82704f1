"""The plain text of a decision: what its fingerprint is taken of. Pure."""


def decision_text(symbol: str, title: str, text: str, *, sample: bool = False) -> str:
    """Symbol, title, a blank line, then the text; one newline at the end. UTF-8 when hashed.

    A sample says so in its first line, whoever carries the file away.
    """
    mark = " (SAMPLE)" if sample else ""
    return f"{symbol}{mark}\n{title}\n\n{text.rstrip()}\n"
