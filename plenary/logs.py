"""What an operator reads of what happened: no token, address, name or text of anybody.

`security` writes who came in, who was turned away and what was taken from whom, by numbers alone.
"""

import logging

_SECURITY = logging.getLogger("plenary.security")


def security(event: str, **facts: int | str | None) -> None:
    """One line of the security log: an event by its name, with ids and counts."""
    told = " ".join(f"{name}={value}" for name, value in facts.items() if value not in (None, ""))
    _SECURITY.info("%s %s", event, told)
