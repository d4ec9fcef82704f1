"""What a command is given, checked before anything is done: wrong usage is exit code 2."""

import click

from plenary.mailbox import address_of


def an_address(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """One e-mail address, in the form in which it is kept."""
    if found := address_of(value):
        return found
    raise click.BadParameter(f"{value!r} is no e-mail address.")
