"""``policygraph load policygraph.db --to bolt://127.0.0.1:7687``: a SQLite file into a graph that a team shares."""

from __future__ import annotations

import sys

import click

from policygraph.cli import credentials, options

_INTERRUPTED = 130


@click.command(name="load")
@click.argument("file", metavar="FILE")
@click.option("--to", required=True, metavar="URL", callback=credentials.addressed, help="The server's address.")
@credentials.options
@click.pass_context
def command(ctx: click.Context, file: str, to: str) -> None:
    """Load what the SQLite store FILE holds into a Neo4j server; what is there already is skipped.

    It may be interrupted and run again. Notices that only the server has stay there.
    """
    from policygraph.store import transfer  # noqa: PLC0415 - help needs no store

    def progress(done: int, total: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{done} of {total} notices", nl=done == total, err=True)

    try:
        report = transfer.load(file, to, progress=progress)
    except KeyboardInterrupt:
        click.echo(f"stopped: what was loaded is kept in {to}; the same command goes on from there", err=True)
        ctx.exit(_INTERRUPTED)
    held = report.summary
    noun = "notice" if report.loaded == 1 else "notices"
    click.echo(f"{to}: {report.loaded} {noun} loaded, {report.unchanged} unchanged")
    click.echo(f"  it now holds {held.notices} notices, {held.tasks} tasks and {held.duties} duties")
    if report.judged:
        noun = "judgement" if report.judged == 1 else "judgements"
        click.echo(f"  {report.judged} {noun} on which names mean one body came along")
    for error in report.unjudged:
        click.echo(str(error), err=True)
    if report.conflicts:
        review = options.typed("review", "--list", store=to)
        click.echo(f"  judgements contradict each other and do not apply: {review}")
    click.echo(f"\nAsk next:\n  {options.typed('ask', 'matrix', store=to)}")
