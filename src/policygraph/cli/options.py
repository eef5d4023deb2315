"""Options that several commands take."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from policygraph.read.limits import Limits

store = click.option(
    "--store",
    metavar="PATH|URL",
    default="policygraph.db",
    show_default=True,
    envvar="POLICYGRAPH_STORE",
    help="Where the graph is kept.",
)
rows_format = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv", "markdown"]),
    default="table",
    show_default=True,
    help="How rows are written.",
)


def _limits(_ctx: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> Limits:
    """Return the limits with those that were given in place of their defaults."""
    from policygraph.read.limits import DEFAULT, NAMES  # noqa: PLC0415 - help needs no reader

    values = [text.partition("=") for text in given]
    for name, _, number in values:
        if name not in NAMES or not number.isascii() or not number.isdigit():
            message = f"'{name}={number}' is no limit (NAME=NUMBER; names: {', '.join(NAMES)})"
            raise click.BadParameter(message)
    return replace(DEFAULT, **{name: int(number) for name, _, number in values})


limits = click.option(
    "--limit",
    "limits",
    multiple=True,
    metavar="NAME=NUMBER",
    callback=_limits,
    help="Take larger sources: cells=2000000, source_bytes=500000000, … (docs/readers.md names all).",
)
