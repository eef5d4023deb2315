"""Options that several commands take."""

from __future__ import annotations

import click

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
