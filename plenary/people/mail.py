"""What sign-in asks of whoever sends the mail: the sender is passed in, and may fail."""

from collections.abc import Awaitable, Callable

Mailer = Callable[[str, str, str], Awaitable[None]]  # to, subject, text


class Unsent(Exception):
    """The mail did not leave; whoever waits for it must be told."""
