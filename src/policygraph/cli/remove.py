"""``policygraph remove NOTICE|PATH``: delete what a notice or a source contributed, and no more."""

from __future__ import annotations

import click

from policygraph.cli import options


@click.command(name="remove")
@click.argument("name", metavar="NOTICE|PATH")
@options.store
def command(name: str, store: str) -> None:
    """Delete a notice, given by its id or a unique end of it (17号), or what the source at PATH contributed.

    Building a source again brings its notices back.
    """
    from policygraph.store import open_store  # noqa: PLC0415 - help needs no store

    with open_store(store, create=False) as opened:
        removed = opened.remove(name)
    if not removed:
        click.echo(f"removed {name}, which gave no notice")
    for one in removed:
        known = f"{one.notice} {one.title or ''}".strip()
        sources = ", ".join(one.sources)
        if one.kept:
            click.echo(f"kept {known}, which {sources} gives too")
        else:
            click.echo(f"removed {known}" + (f"; the next build reads it again from {sources}" if sources else ""))
