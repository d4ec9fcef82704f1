"""What a command is given, checked before anything is done: wrong usage is exit code 2."""

import os
from collections.abc import Callable
from typing import Any, TypeVar

import click

from plenary import logs
from plenary.mailbox import address_of


def an_address(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """One e-mail address, in the form in which it is kept."""
    if found := address_of(value):
        return found
    raise click.BadParameter(f"{value!r} is no e-mail address.")


F = TypeVar("F", bound=Callable[..., Any])


def logged(least: str) -> Callable[[F], F]:
    """--log-level and --log-format, for this process and for those that it starts."""
    level = click.option(
        "--log-level",
        type=click.Choice(logs.LEVELS),
        default=least,
        show_default=True,
        expose_value=False,
        callback=_chosen,
        help="The least that is logged.",
    )
    form = click.option(
        "--log-format",
        type=click.Choice(logs.FORMATS),
        default="text",
        show_default=True,
        expose_value=False,
        callback=_chosen,
        help="One event a line, as text or as JSON.",
    )
    return lambda command: level(form(command))


def _chosen(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """Both, once both are known."""
    chosen: dict[str, str] = ctx.meta.setdefault("plenary.log", {})
    chosen[str(param.name)] = value
    if len(chosen) == 2:
        both = chosen["log_level"], chosen["log_format"]
        os.environ["PLENARY_LOG"] = " ".join(both)
        logs.configure(*both)
    return value
