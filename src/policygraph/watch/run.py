"""One run: look at every source, take in what is new, raise alarms, write the digest.

Each step can be killed: links are noted before they are fetched, files written before they are noted, the store asked
what it has read, and the digest kept before it is sent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policygraph.errors import WatchError
from policygraph.store.ingest import ingest
from policygraph.watch import alarms, deliver, digest, folder, intake
from policygraph.watch.state import State

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from policygraph.errors import PolicygraphError
    from policygraph.store.contract import Store
    from policygraph.watch.config import Config, Source
    from policygraph.watch.digest import Digest
    from policygraph.watch.state import Row


@dataclass(slots=True)
class Report:
    """What a run did.

    ``read`` and ``unchanged`` count files, ``listed`` what each source listed. ``without`` are pages that hold no
    notice, which lists are full of; ``errors`` what could not be fetched or read; ``gone`` sources of the store whose
    files are no longer there. ``alarms`` are all that stand, ``raised`` those that this run raised.
    """

    read: int = 0
    unchanged: int = 0
    listed: dict[str, int] = field(default_factory=dict)
    errors: list[PolicygraphError] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
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
    names: Sequence[str] = (),
    progress: Callable[[int, int, str], None] | None = None,
) -> Report:
    """Look once at all sources, or at those of some names, and take in what is new.

    Raises:
        WatchError: a name is not known, or another run is at work.
        StoreError: the store cannot be written.

    """
    chosen = [config.source(name) for name in names] or list(config.sources)
    with State(config.at(config.data)) as state:
        state.lock()
        return _Run(config, store, state, now.isoformat(timespec="seconds"), progress).over(chosen)


class _Run:
    """The steps of one run."""

    def __init__(
        self, config: Config, store: Store, state: State, now: str, progress: Callable[[int, int, str], None] | None
    ) -> None:
        self._config, self._store, self._state, self._now, self._progress = config, store, state, now, progress
        self._report = Report()

    def over(self, chosen: list[Source]) -> Report:
        state, report = self._state, self._report
        intake.know(self._store, state)
        before = {(one["source"], one["kind"]) for one in alarms.standing(state)}
        state.begin(self._now)
        for source in chosen:
            self._folder(source)
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
        self._take(list(files.values()), lambda _: source.name)

    def _count(self, source: Source, found: int, noun: str) -> None:
        self._report.listed[source.name] = found
        alarms.count(self._state, source.name, found, noun)

    def _take(self, paths: list[Path], origin: Callable[[str], str]) -> None:
        """Read files into the store and keep account of what came of them."""
        report = self._report
        reading = intake.Reading(self._store, self._state, origin)
        built = ingest(paths, self._store, parse=reading.parse, progress=self._progress)
        report.read += built.read
        report.unchanged += built.unchanged
        report.errors += built.errors

    def _tell(self) -> None:
        """Make the digest, write it and send it, with any that an earlier run made and could not send."""
        report = self._report
        report.digest = digest.make(
            self._store,
            self._state,
            organisations=self._config.organisations,
            notes=[str(error) for error in report.errors],
            alarms=report.raised,
        )
        for content in digest.unsent(self._state):
            report.written += digest.write(content, self._config.at(self._config.data) / "digests")
            try:
                deliver.send(content, self._config)
            except WatchError as error:
                report.errors.append(error)
            else:
                self._state.write("UPDATE digests SET sent = ? WHERE number = ?", self._now, content["number"])
