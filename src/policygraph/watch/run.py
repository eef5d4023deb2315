"""One run: look at every source, take in what is new, raise alarms, write the digest.

Each step can be killed: links are noted before they are fetched, files written before they are noted, the store asked
what it has read, and the digest kept before it is sent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from policygraph.errors import NotANotice, PolicygraphError, UnknownFormat, WatchError
from policygraph.store import sources
from policygraph.store.ingest import ingest
from policygraph.watch import alarms, deliver, digest, folder, intake
from policygraph.watch.state import State

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from policygraph.store.contract import Store
    from policygraph.watch.config import Config, Source
    from policygraph.watch.digest import Digest
    from policygraph.watch.fetch import Fetcher
    from policygraph.watch.state import Row


@dataclass(slots=True)
class Reach:
    """What a run looks at (all sources, if no ``names``), how far back, for whom, and what fetches.

    ``since`` is a day, and comes before those that the sources name; ``organisations`` are told of beside those that
    the file names.
    """

    names: Sequence[str] = ()
    since: str | None = None
    backfill: bool = False
    organisations: tuple[str, ...] = ()
    fetcher: Fetcher | None = None


@dataclass(slots=True)
class Report:
    """What a run did.

    ``read`` and ``unchanged`` count files, ``listed`` what each source listed (``None``: as it was). ``without`` are
    pages that hold no notice, which lists are full of; ``errors`` what could not be fetched or read; ``notes`` what was
    left for later; ``gone`` sources of the store whose files are no longer there. ``alarms`` are all that stand,
    ``raised`` those that this run raised.
    """

    read: int = 0
    unchanged: int = 0
    listed: dict[str, int | None] = field(default_factory=dict)
    errors: list[PolicygraphError] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    alarms: list[Row] = field(default_factory=list)
    raised: list[Row] = field(default_factory=list)
    digest: Digest | None = None
    written: list[Path] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing went wrong and no alarm stands."""
        return not self.errors and not self.alarms


def run(
    config: Config,
    store: Store,
    *,
    now: datetime,
    reach: Reach | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> Report:
    """Look once at all sources, or at as much as ``reach`` says, and take in what is new.

    Raises:
        WatchError: a name is not known, or another run is at work.
        StoreError: the store cannot be written.

    """
    asked = reach or Reach()
    chosen = [config.source(name) for name in asked.names] or list(config.sources)
    with State(config.at(config.data)) as state:
        state.lock()
        return _Run(config, store, state, asked, progress).over(chosen, now)


class _Run:
    """The steps of one run."""

    def __init__(
        self,
        config: Config,
        store: Store,
        state: State,
        reach: Reach,
        progress: Callable[[int, int, str], None] | None,
    ) -> None:
        self._config, self._store, self._state, self._reach, self._progress = config, store, state, reach, progress
        self._report = Report()

    def over(self, chosen: list[Source], now: datetime) -> Report:
        state, report = self._state, self._report
        intake.know(self._store, state)
        alarms.forget(state, [one.name for one in self._config.sources])
        before = {(one["source"], one["kind"]) for one in alarms.standing(state)}
        state.begin(now.isoformat(timespec="seconds"))
        for source in chosen:
            if source.kind == "folder":
                self._folder(source)
            else:
                self._web(source)
        for source in chosen:
            alarms.tasks(state, source.name)
        report.alarms = alarms.standing(state)
        report.raised = [one for one in report.alarms if (one["source"], one["kind"]) not in before]
        self._tell()
        state.end()
        return report

    def _folder(self, source: Source) -> None:
        """Take in the files of a folder."""
        try:
            files = folder.files(source, self._config)
        except WatchError as error:
            self._report.errors.append(error)
            alarms.stand(self._state, source.name, "place", f"{error.what}: {source.place}")
            return
        alarms.clear(self._state, source.name, "place")
        self._count(source, len(files), "files")
        held = dict.fromkeys(path for path, _ in self._store.publications())
        self._report.gone += sources.gone(held, [self._config.at(source.place)])
        self._take(list(files.values()), lambda _: source.name)

    def _web(self, source: Source) -> None:
        """Take in what a list page, a feed or a sitemap lists, as far as it can be had."""
        from policygraph.watch.pages import Pages  # noqa: PLC0415 - a folder needs no httpx

        fetcher = self._fetcher()
        self._list(source, fetcher)
        folder = self._config.at(self._config.data) / "fetched"
        pages = Pages(source, self._state, fetcher, folder, self._progress)
        pages.missing(self._store)
        more = True
        while more:
            more = pages.batch()
            files = pages.files()
            if files:
                addresses = {name: address for name, (_, address) in files.items()}
                self._take([path for path, _ in files.values()], lambda _: source.name, addresses)
                pages.taken(list(addresses.values()))
        pages.judge()
        self._report.errors += pages.errors

    def _list(self, source: Source, fetcher: Fetcher) -> None:
        """Note what a source lists; one that cannot be had or read leaves what was noted before to be fetched."""
        from policygraph.watch.fetch import Unreachable  # noqa: PLC0415 - a folder needs no httpx
        from policygraph.watch.walk import Walk  # noqa: PLC0415

        since = self._reach.since or source.since
        walk = Walk(source, self._state, fetcher, since, self._reach.backfill, self._progress)
        try:
            found = walk.look()
        except PolicygraphError as error:
            self._report.errors.append(error)
            if not isinstance(error, Unreachable):  # a host that fails has an alarm of its own, after days
                alarms.stand(self._state, source.name, "place", f"it cannot be read: {error}")
        else:
            alarms.clear(self._state, source.name, "place")
            self._report.listed[source.name] = found
            if found is not None:
                alarms.count(self._state, source.name, found, "links")
        self._report.notes += walk.notes
        parts = urlsplit(source.place)
        alarms.host(self._state, source.name, f"{parts.scheme}://{parts.netloc}")

    def _fetcher(self) -> Fetcher:
        """Return what fetches, and lets the state know which hosts answer."""
        if self._reach.fetcher is None:
            from policygraph.watch.fetch import Fetcher  # noqa: PLC0415 - a folder needs no httpx

            self._reach.fetcher = Fetcher()
        self._reach.fetcher.failed, self._reach.fetcher.answered = self._down, self._up
        return self._reach.fetcher

    def _down(self, host: str, why: str) -> None:
        self._state.write(
            "INSERT INTO hosts (host, since, error) VALUES (?, ?, ?) ON CONFLICT (host) DO UPDATE SET "
            "since = coalesce(since, excluded.since), error = excluded.error",
            *(host, self._state.now, why),
        )

    def _up(self, host: str) -> None:
        self._state.write("UPDATE hosts SET since = NULL WHERE host = ? AND since IS NOT NULL", host)

    def _count(self, source: Source, found: int, noun: str) -> None:
        self._report.listed[source.name] = found
        alarms.count(self._state, source.name, found, noun)

    def _take(self, paths: list[Path], origin: Callable[[str], str], addresses: dict[str, str] | None = None) -> None:
        """Read files into the store and keep account of what came of them; a page on the web need hold no notice."""
        report = self._report
        reading = intake.Reading(self._store, self._state, origin)
        built = ingest(paths, self._store, parse=reading.parse, progress=self._progress, addresses=addresses)
        report.read += built.read
        report.unchanged += built.unchanged
        for error in [*built.errors, *built.unjudged]:
            if addresses and isinstance(error, NotANotice | UnknownFormat):
                report.without.append(error.source)
            else:
                report.errors.append(error)

    def _tell(self) -> None:
        """Make the digest, write it and send it, with any that an earlier run made and could not send."""
        report = self._report
        report.digest = digest.make(
            self._store,
            self._state,
            organisations=tuple(dict.fromkeys((*self._config.organisations, *self._reach.organisations))),
            notes=[*map(str, report.errors), *report.notes],
            alarms=report.raised,
        )
        for content in digest.unsent(self._state):
            report.written += digest.write(content, self._config.at(self._config.data) / "digests")
            try:
                deliver.send(content, self._config)
            except WatchError as error:
                report.errors.append(error)
            else:
                self._state.write("UPDATE digests SET sent = ? WHERE number = ?", self._state.now, content["number"])
