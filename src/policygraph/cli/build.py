"""``policygraph build PATH…``: files and folders into the graph, and what to ask of it next."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from policygraph.cli import options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from policygraph.read import Limits
    from policygraph.store.contract import Store
    from policygraph.store.ingest import BuildReport

    Progress = Callable[[int, int, str], None]


@click.command(name="build")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@options.store
@options.limits
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], store: str, limits: Limits) -> None:
    """Read the notices in each PATH, a file or a folder, into the graph.

    What is unchanged since the last build is skipped; what cannot be read is reported and the build goes on.
    """
    from policygraph import pipeline  # noqa: PLC0415 - help needs no grammar
    from policygraph.store import open_store  # noqa: PLC0415

    with open_store(store) as opened:
        with _progress() as progress:
            report = pipeline.build(paths, opened, progress=progress, limits=limits)
        for error in report.errors:
            click.echo(str(error), err=True)
        _summary(report, store)
        _next(opened, store)
    ctx.exit(1 if report.errors else 0)


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """Show a bar on stderr if that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import Progress as Bar  # noqa: PLC0415 - only a terminal needs it

    from policygraph.cli.render import console  # noqa: PLC0415

    with Bar(console=console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)

        def report(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, description=name or "done")

        yield report


def _summary(report: BuildReport, store: str) -> None:
    failed = f", {len(report.errors)} failed" if report.errors else ""
    click.echo(f"{store}: {report.read} {_noun('sources', report.read)} read, {report.unchanged} unchanged{failed}")
    if report.summary:
        counts = ((name, getattr(report.summary, name)) for name in report.summary.__slots__)
        click.echo("  " + ", ".join(f"{number} {_noun(name, number)}" for name, number in counts))


def _noun(plural: str, number: int) -> str:
    singular = {"duties": "duty"}.get(plural, plural.removesuffix("s"))
    return singular if number == 1 else plural


def _next(store: Store, address: str) -> None:
    """Name questions that this very graph answers."""
    matrix = store.ask("matrix")
    if not matrix:
        return
    option = "" if address == "policygraph.db" else f" --store {address}"
    leader = max(matrix, key=lambda row: (int(str(row["lead"])), str(row["organisation"])))["organisation"]
    click.echo("\nAsk next:")
    asked = [f"leads {leader}", f"partners {leader}", "targets", "matrix"]
    for question in asked:
        click.echo(f"  policygraph ask {question}{option}")
    click.echo("  policygraph questions  (all that can be asked; `uv run policygraph …` if you use uv)")
