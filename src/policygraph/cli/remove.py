"""``policygraph remove ID``: delete what a notice contributed, and no more."""

from __future__ import annotations

import click

from policygraph.cli import options


@click.command(name="remove")
@click.argument("notice")
@options.store
def command(notice: str, store: str) -> None:
    """Delete NOTICE, given by its id, from the graph; building its source again brings it back."""
    from policygraph.store import open_store  # noqa: PLC0415 - help needs no store

    with open_store(store, create=False) as opened:
        opened.remove(notice)
    click.echo(f"removed {notice}")
