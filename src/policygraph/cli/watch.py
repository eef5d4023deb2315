"""``policygraph watch add|run|loop|status|accept``: later notices come in by themselves."""

from __future__ import annotations

import json
import sys
import time
from contextlib import chdir, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from policygraph.cli import options
from policygraph.cli.build import progress_bar
from policygraph.errors import WatchError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from policygraph.watch.config import Config, Source
    from policygraph.watch.probe import Trial
    from policygraph.watch.run import Reach, Report

_FIRST = 10
_EVERY = 20
_INTERRUPTED = 130

config_file = click.option(
    "--config",
    metavar="FILE",
    default="watch.toml",
    show_default=True,
    envvar="POLICYGRAPH_WATCH",
    help="What is watched.",
)
day = click.DateTime(["%Y-%m-%d"])


@click.group(name="watch")
def command() -> None:
    """Take in later notices by themselves: from a folder, a list page, a feed or a sitemap."""


@command.command()
@click.argument("place", metavar="FOLDER|URL")
@click.option("--name", help="What to call it (usual: the folder or the address).")
@click.option(
    "--kind", type=click.Choice(["list", "feed", "sitemap"]), help="What the address is (usual: told by itself)."
)
@click.option("--links", metavar="PATTERN", help="Take links whose address holds this regular expression.")
@click.option("--titles", metavar="PATTERN", help="Take links whose words hold this regular expression.")
@click.option("--pages", metavar="PATTERN", help="How the further pages of a list are called: index_{n}.html.")
@click.option("--since", type=day, help="Take nothing older than this day.")
@click.option("--network", "networks", multiple=True, metavar="CIDR", help="A private network that it may be at.")
@config_file
def add(place: str, config: str, **told: object) -> None:
    """Try a folder or an address, show what it would take, and watch it."""
    from policygraph.watch import config as configs  # noqa: PLC0415 - help needs no watch

    if urlsplit(place).scheme in ("http", "https"):
        trial = _tried(place, told)
        source = trial.source
        configs.add(config, source)
        _show_trial(trial)
    elif "://" in place:
        raise WatchError(place, "is no address of the web", "give a folder, or an address with http:// or https://")
    else:
        name = str(told["name"] or Path(place).absolute().name)
        source = configs.Source(name, "folder", _written(place, config))
        files = _files(source, config)
        configs.add(config, source)
        click.echo(f"{source.name}: {len(files)} {'file' if len(files) == 1 else 'files'} in {place}")
        _first(files)
    click.echo(f"watched from now on, by {config}; `policygraph watch run` takes it in")


def _files(source: Source, config: str) -> list[str]:
    from policygraph.watch import config as configs  # noqa: PLC0415
    from policygraph.watch import folder  # noqa: PLC0415

    return list(folder.files(source, configs.Config(Path(config), (source,))))


def _tried(place: str, told: dict[str, object]) -> Trial:
    from policygraph.watch import config as configs  # noqa: PLC0415
    from policygraph.watch import probe  # noqa: PLC0415
    from policygraph.watch.fetch import Fetcher  # noqa: PLC0415

    parts = urlsplit(place)
    since = told["since"]
    source = configs.checked(
        {
            "name": told["name"] or f"{parts.netloc}{parts.path}".rstrip("/"),
            str(told["kind"] or "list"): place,
            **{key: told[key] for key in ("links", "titles", "pages") if told[key]},
            **({"networks": list(told["networks"])} if isinstance(told["networks"], tuple) else {}),
            **({"since": since.date().isoformat()} if isinstance(since, datetime) else {}),
        }
    )
    fetcher = Fetcher()
    try:
        return probe.tries(source, fetcher, sure=bool(told["kind"]))
    finally:
        fetcher.close()


def _show_trial(trial: Trial) -> None:
    kind = {"list": "a list page", "feed": "a feed", "sitemap": "a sitemap"}[trial.source.kind]
    click.echo(f"{trial.source.name}: {kind} with {len(trial.links)} links")
    _first([f"{one.day or '          '}  {one.title}  {one.address}" for one in trial.links])
    if trial.next:
        click.echo(f"goes on at {trial.next}")
    click.echo("its first pages:")
    _first(list(trial.pages))


def _first(lines: list[str]) -> None:
    for line in lines[:_FIRST]:
        click.echo(f"  {line}")
    if len(lines) > _FIRST:
        click.echo("  …")


def _written(place: str, config: str) -> str:
    """Return a folder as the file of what is watched names it: from its own folder, where that is possible."""
    here = Path(config).absolute().parent.resolve()
    folder = Path(place).absolute().resolve()
    return folder.relative_to(here).as_posix() if folder.is_relative_to(here) else folder.as_posix()


@command.command()
@click.argument("names", metavar="[NAME]…", nargs=-1)
@click.option("--since", type=day, help="Take nothing older than this day.")
@click.option(
    "--body",
    "--organisation",
    "organisations",
    multiple=True,
    metavar="NAME",
    help="A body to tell the tasks and changes of.",
)
@click.option("--backfill", is_flag=True, help="Walk lists to their end, for what is older than what was seen.")
@config_file
@options.store
@click.pass_context
def run(ctx: click.Context, /, names: tuple[str, ...], since: datetime | None, **where: Any) -> None:  # noqa: ANN401
    """Look once at every source, or at those of each NAME; read what is new and write a digest.

    Ends with 1 if something could not be fetched or read, or an alarm stands.
    """
    from policygraph.watch.run import Reach  # noqa: PLC0415 - help needs no watch

    bodies, backfill = where.pop("organisations"), where.pop("backfill")
    reach = Reach(names, since.date().isoformat() if since else None, backfill, bodies)
    try:
        report = _run(reach, **where)
    except KeyboardInterrupt:
        click.echo("stopped: what was taken in is kept; the next run goes on from there", err=True)
        ctx.exit(_INTERRUPTED)
    _show(report)
    ctx.exit(0 if report.sound else 1)


@command.command()
@click.option("--minutes", type=click.IntRange(min=1), default=360, show_default=True, help="Between two runs.")
@config_file
@options.store
@click.pass_context
def loop(ctx: click.Context, /, minutes: int, **where: str) -> None:
    """Run again and again until it is stopped; what goes wrong in one run is told, and the next goes on."""
    from policygraph.errors import PolicygraphError  # noqa: PLC0415
    from policygraph.watch.run import Reach  # noqa: PLC0415

    try:
        while True:
            try:
                _show(_run(Reach(), **where))
            except PolicygraphError as error:
                click.echo(str(error), err=True)
            time.sleep(minutes * 60)
    except KeyboardInterrupt:
        click.echo("stopped: the next run goes on from there", err=True)
        ctx.exit(_INTERRUPTED)


@command.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@config_file
@click.pass_context
def status(ctx: click.Context, form: str, config: str) -> None:
    """Show each source, what is pending or failed, and the alarms that stand; end with 1 if there are any."""
    from policygraph.watch import status as state  # noqa: PLC0415 - help needs no watch

    found = state.of(_config(config), now=datetime.now(UTC))
    click.echo(json.dumps(found, ensure_ascii=False, indent=1) if form == "json" else state.text(found))
    ctx.exit(1 if found["alarms"] else 0)


@command.command()
@click.argument("names", metavar="NAME…", nargs=-1, required=True)
@config_file
def accept(names: tuple[str, ...], config: str) -> None:
    """Take what a source is like now for usual, and end its alarms."""
    from policygraph.watch import alarms  # noqa: PLC0415 - help needs no watch
    from policygraph.watch.state import State  # noqa: PLC0415

    told = _config(config)
    for name in names:
        told.source(name)
    with State(told.at(told.data)) as state:
        for name in names:
            ended = alarms.accept(state, name)
            click.echo(f"{name}: {ended} {'alarm' if ended == 1 else 'alarms'} ended")


def _config(config: str) -> Config:
    from policygraph.watch import config as configs  # noqa: PLC0415 - help needs no watch

    return configs.read(Path(config).absolute())


def _run(reach: Reach, config: str, store: str) -> Report:
    """Run in the folder of the file, so that a source has one name wherever the command was typed."""
    from policygraph.store import open_store  # noqa: PLC0415 - help needs no store
    from policygraph.watch.run import run as once  # noqa: PLC0415

    told = _config(config)
    address = store if "://" in store else str(Path(store).absolute())
    with chdir(told.folder), open_store(address) as opened, _progress(lines=reach.backfill) as progress:
        return once(told, opened, now=datetime.now(UTC), reach=reach, progress=progress)


@contextmanager
def _progress(*, lines: bool) -> Iterator[Callable[[int, int, str], None] | None]:
    """Show a bar on a terminal; elsewhere a line now and then, if the run may be long."""
    if sys.stderr.isatty() or not lines:
        with progress_bar() as bar:
            yield bar
        return

    def line(done: int, total: int, name: str) -> None:
        if done and done % _EVERY == 0:
            click.echo(f"{done} of at most {total}: {name}", err=True)

    yield line


def _show(report: Report) -> None:
    for error in report.errors:
        click.echo(str(error), err=True)
    for note in report.notes:
        click.echo(note, err=True)
    for alarm in report.alarms:
        click.echo(f"alarm: {alarm['source']}: {alarm['message']} (since {alarm['since'][:10]})", err=True)
    for path in report.gone:
        click.echo(f"{path} is no longer there; its notices are kept (`policygraph remove PATH` drops them)", err=True)
    listed = ", ".join(f"{name} {'as it was' if n is None else n}" for name, n in report.listed.items())
    without = f", {len(report.without)} without a notice" if report.without else ""
    click.echo(f"looked at {listed or 'nothing'}: {report.read} read, {report.unchanged} unchanged{without}")
    for kind in ("new", "revised"):
        for entry in (report.digest or {}).get(kind, []):
            click.echo(f"  {kind}: {entry['notice']} {entry['title'] or ''}, {entry['tasks']} tasks")
    for written in report.written:
        if written.suffix == ".md":
            click.echo(f"digest: {written}")
