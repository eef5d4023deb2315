"""``policygraph watch add|run|loop|status|accept``: later notices come in by themselves."""

from __future__ import annotations

from contextlib import chdir
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygraph.cli import options
from policygraph.cli.build import progress_bar

if TYPE_CHECKING:
    from policygraph.watch.run import Report

_FIRST = 10

config_file = click.option(
    "--config",
    metavar="FILE",
    default="watch.toml",
    show_default=True,
    envvar="POLICYGRAPH_WATCH",
    help="What is watched.",
)


@click.group(name="watch")
def command() -> None:
    """Take in later notices by themselves: from a folder, a list page, a feed or a sitemap."""


@command.command()
@click.argument("place", metavar="FOLDER|URL")
@click.option("--name", help="What to call it (usual: the folder or the address).")
@config_file
def add(place: str, name: str | None, config: str) -> None:
    """Try a folder or an address, show what it would take, and watch it."""
    from policygraph.watch import config as configs  # noqa: PLC0415 - help needs no watch
    from policygraph.watch import folder  # noqa: PLC0415

    source = configs.Source(name or Path(place).name or place, "folder", _written(place, config))
    files = folder.files(source, configs.Config(Path(config), (source,)))
    configs.add(config, source)
    click.echo(f"{source.name}: {len(files)} {'file' if len(files) == 1 else 'files'} in {place}")
    for path in list(files)[:_FIRST]:
        click.echo(f"  {path}")
    if len(files) > _FIRST:
        click.echo("  …")
    click.echo(f"watched from now on, by {config}; take in what is there with `policygraph watch run`")


def _written(place: str, config: str) -> str:
    """Return a folder as the file of what is watched names it: from its own folder, where that is possible."""
    here = Path(config).absolute().parent.resolve()
    folder = Path(place).absolute().resolve()
    return folder.relative_to(here).as_posix() if folder.is_relative_to(here) else folder.as_posix()


@command.command()
@click.argument("names", metavar="[NAME]…", nargs=-1)
@config_file
@options.store
@click.pass_context
def run(ctx: click.Context, names: tuple[str, ...], config: str, store: str) -> None:
    """Look once at every source, or at those of each NAME; read what is new and write a digest.

    Ends with 1 if something could not be read or an alarm stands.
    """
    report = _run(names, config, store)
    _show(report)
    ctx.exit(0 if report.sound else 1)


def _run(names: tuple[str, ...], config: str, store: str) -> Report:
    """Run in the folder of the file, so that a source has one name wherever the command was typed."""
    from policygraph.store import open_store  # noqa: PLC0415 - help needs no store
    from policygraph.watch import config as configs  # noqa: PLC0415
    from policygraph.watch.run import run as once  # noqa: PLC0415

    told = configs.read(Path(config).absolute())
    address = store if "://" in store else str(Path(store).absolute())
    with chdir(told.folder), open_store(address) as opened, progress_bar() as progress:
        return once(told, opened, now=datetime.now(UTC), names=names, progress=progress)


def _show(report: Report) -> None:
    for error in report.errors:
        click.echo(str(error), err=True)
    for alarm in report.alarms:
        click.echo(f"alarm: {alarm['source']}: {alarm['message']} (since {alarm['since'][:10]})", err=True)
    for path in report.gone:
        click.echo(f"{path} is no longer there; its notices are kept (`policygraph remove PATH` drops them)", err=True)
    listed = ", ".join(f"{name} {number}" for name, number in report.listed.items())
    click.echo(f"looked at {listed or 'nothing'}: {report.read} read, {report.unchanged} unchanged")
    for kind in ("new", "revised"):
        for entry in (report.digest or {}).get(kind, []):
            click.echo(f"  {kind}: {entry['notice']} {entry['title'] or ''}, {entry['tasks']} tasks")
    for written in report.written:
        if written.suffix == ".md":
            click.echo(f"digest: {written}")
