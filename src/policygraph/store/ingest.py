"""Files and folders into a store: what is unchanged is skipped, what cannot be read is reported, the rest goes on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

from policygraph.errors import JudgementError, PolicygraphError, SourceError, StoreError
from policygraph.read.limits import DEFAULT, Limits
from policygraph.store import judgements, sources
from policygraph.store.contract import SourceRecord, Summary
from policygraph.version import PIPELINE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from policygraph.judge.outcome import Conflict
    from policygraph.models import Notice
    from policygraph.store.contract import Store


@dataclass(slots=True)
class BuildReport:
    """What a build did.

    ``read`` and ``unchanged`` count sources, ``errors`` holds what could not be read. Of the sources called so in
    ``stale``, which could not be read now, and in ``gone``, which lie in the paths built and are no longer there, the
    store keeps what an earlier build read. ``reposts`` counts the sources of notices that have several, and these
    notices. ``unjudged`` holds the lines of judgements that could not be read, ``conflicts`` those that contradict.
    """

    read: int = 0
    unchanged: int = 0
    errors: list[PolicygraphError] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    reposts: tuple[int, int] = (0, 0)
    unjudged: list[PolicygraphError] = field(default_factory=list)
    conflicts: tuple[Conflict, ...] = ()
    summary: Summary | None = None


def ingest(
    paths: Iterable[str | Path],
    store: Store,
    *,
    parse: Callable[..., list[Notice]],
    progress: Callable[[int, int, str], None] | None = None,
    limits: Limits = DEFAULT,
) -> BuildReport:
    """Read every source into the store, each in one transaction; a page of it that cannot be read is an error.

    ``progress`` is called with the number done, the number of all, and the name of the source at hand.

    Raises:
        StoreError: the store cannot be written.

    """
    store.check_writable()
    given = list(paths)
    report = BuildReport(errors=sources.lacking(given))
    files = sources.files(given)
    for done, (name, path) in enumerate(files.items()):
        if progress:
            progress(done, len(files), path.name)
        try:
            changed = _one(name, path, store, partial(parse, limits=limits, failed=report.errors.append), limits)
        except StoreError:
            raise
        except PolicygraphError as error:
            report.errors.append(error)
        else:
            report.read += changed
            report.unchanged += not changed
    if progress:
        progress(len(files), len(files), "")
    _compare(report, store.publications(), given)
    _replay(report, store)
    report.summary = store.summary()
    return report


def _compare(report: BuildReport, publications: list[tuple[str, str]], given: list[str | Path]) -> None:
    """Report what the store holds beyond what was read."""
    paths = dict.fromkeys(path for path, _ in publications)
    report.gone = sources.gone(paths, given)
    report.stale = [
        error.source for error in report.errors if error.source in paths and error.source not in report.gone
    ]
    several = [count for count in Counter(notice for _, notice in publications).values() if count > 1]
    report.reposts = (sum(several), len(several))


def _replay(report: BuildReport, store: Store) -> None:
    """Let the judgements beside the store hold; where their file cannot be read, those of the last build do."""
    try:
        outcome, broken = judgements.replay(store)
    except JudgementError as error:
        report.unjudged.append(error)
    else:
        report.unjudged += broken
        report.conflicts = outcome.conflicts


def _one(name: str, path: Path, store: Store, parse: Callable[..., list[Notice]], limits: Limits) -> bool:
    """Read one file unless it is unchanged; tell whether it was read."""
    try:
        with path.open("rb") as file:
            data = file.read(limits.source_bytes + 1)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise SourceError(name, reason, "check that the file can be read") from None
    source = SourceRecord(name, sha256(data).hexdigest(), PIPELINE)
    if store.source(name) == source:
        return False
    store.load(source, parse(data, name=name))
    return True
