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
    from policygraph.store.contract import Store, Summary
    from policygraph.store.ingest import BuildReport

    Progress = Callable[[int, int, str], None]

_FIRST = 3
_INTERRUPTED = 130  # 128 + SIGINT, as shells have it


@click.command(name="build")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@options.store
@options.limits
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], store: str, limits: Limits) -> None:
    """Read the notices in each PATH, a file or a folder, into the graph.

    What is unchanged since the last build is skipped; what cannot be read is reported and the build goes on.
    """
    try:
        report = _build(paths, store, limits)
    except KeyboardInterrupt:
        click.echo(f"stopped: what was read is kept in {store}; the same command goes on from there", err=True)
        ctx.exit(_INTERRUPTED)
    _errors(report, store)
    if report.summary:
        if report.read or report.unchanged or not report.errors:
            _summary(report, report.summary, store)
        else:
            _nothing(report.summary, store)
        _gone(report.gone, store)
        if report.read or report.unchanged:
            _next(report.summary, store)
    _judgements(report, store)
    ctx.exit(1 if report.errors or report.unjudged else 0)


def _build(paths: tuple[str, ...], store: str, limits: Limits) -> BuildReport:
    from policygraph import pipeline  # noqa: PLC0415 - help needs no grammar

    with _progress() as progress:
        return pipeline.build(paths, store, progress=progress, limits=limits)


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """Show a bar on stderr if that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import Progress as Bar  # noqa: PLC0415 - only a terminal needs it

    from policygraph.cli.console import console  # noqa: PLC0415

    with Bar(console=console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)

        def report(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, description=name or "done")

        yield report


def _errors(report: BuildReport, store: str) -> None:
    for error in report.errors:
        click.echo(str(error), err=True)
        if error.source in report.stale:
            remove = options.typed("remove", error.source, store=store)
            click.echo(f"{error.source}: its older facts stay in the graph (`{remove}` drops them)", err=True)


def _judgements(report: BuildReport, store: str) -> None:
    """Name the lines of judgements that cannot be read, and say that some contradict."""
    for error in report.unjudged:
        click.echo(str(error), err=True)
    if report.conflicts:
        review = options.typed("review", "--list", store=store)
        noun = "conflict" if len(report.conflicts) == 1 else "conflicts"
        click.echo(f"\n{len(report.conflicts)} {noun} of judgements, which do not apply: {review}")


def _summary(report: BuildReport, summary: Summary, store: str) -> None:
    failed = f", {len(report.errors)} failed" if report.errors else ""
    click.echo(f"{store}: {report.read} {_noun('sources', report.read)} read, {report.unchanged} unchanged{failed}")
    counts = ((name, getattr(summary, name)) for name in summary.__slots__)
    click.echo("  " + ", ".join(f"{number} {_noun(name, number)}" for name, number in counts))
    sources, notices = report.reposts
    if sources:
        click.echo(f"  {sources} sources give {notices} {_noun('notices', notices)}: reposts are kept once")
    if summary.issues:
        click.echo(f"  issues are listed by: {options.typed('ask', 'unresolved', store=store)}")


def _nothing(summary: Summary, store: str) -> None:
    """Say that a build read nothing, and what the store is good for all the same; the errors say why."""
    notices = f"{summary.notices} {_noun('notices', summary.notices)}"
    holds = f"still holds {notices} of earlier builds" if summary.notices else "holds no notice"
    click.echo(f"{store}: nothing was read, and it {holds} (mend what the lines above name and build again)", err=True)


def _gone(paths: list[str], store: str) -> None:
    """Name sources whose notices are kept although they are no longer there."""
    if not paths:
        return
    one = len(paths) == 1
    first = ", ".join(paths[:_FIRST]) + (", …" if len(paths) > _FIRST else "")
    remove = options.typed("remove", paths[0] if one else "PATH", store=store)
    click.echo(
        f"\n{len(paths)} {'source no longer exists' if one else 'sources no longer exist'}: {first}\n"
        f"  {'its' if one else 'their'} notices are kept; `{remove}` drops them"
    )


def _noun(plural: str, number: int) -> str:
    singular = {"duties": "duty"}.get(plural, plural.removesuffix("s"))
    return singular if number == 1 else plural


def _next(summary: Summary, store: str) -> None:
    """Name questions that this very graph answers with rows."""
    from policygraph.store import open_store  # noqa: PLC0415 - help needs no store

    with open_store(store, create=False) as opened:
        proposed = list(_proposed(opened, summary))
    click.echo("\nAsk next:")
    for question in proposed:
        click.echo(f"  {options.typed('ask', *question, store=store)}")
    click.echo("  policygraph questions  (all that can be asked; `uv run policygraph …` if you use uv)")


def _proposed(store: Store, summary: Summary) -> Iterator[tuple[str, ...]]:
    """Yield the tasks of the body that leads most, or else of the one that has most, then questions on the whole."""
    matrix = store.ask("matrix")
    if matrix:
        leader = max(matrix, key=lambda row: (int(str(row["lead"])), str(row["organisation"])))
        body = str((leader if leader["lead"] else matrix[0])["organisation"])
        yield ("leads" if leader["lead"] else "duties", body)
        if store.ask("partners", organisation=body):
            yield ("partners", body)
    if summary.targets:
        yield ("targets",)
    yield ("matrix",) if matrix else ("notices",)
