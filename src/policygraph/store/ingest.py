"""Files and folders into a store: what is unchanged is skipped, what cannot be read is reported, the rest goes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph.errors import PolicygraphError, SourceError
from policygraph.read.limits import DEFAULT, Limits
from policygraph.store.contract import SourceRecord, Summary
from policygraph.version import PIPELINE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from policygraph.models import Notice
    from policygraph.store.contract import Store

_PARTIAL = (".part", ".tmp", "~", ".db", ".db-wal", ".db-shm")


@dataclass(slots=True)
class BuildReport:
    """What a build did: sources read, sources unchanged since the last build, and errors by source."""

    read: int = 0
    unchanged: int = 0
    errors: list[PolicygraphError] = field(default_factory=list)
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
    """
    report = BuildReport()
    files = list(_files(paths))
    for done, path in enumerate(files):
        if progress:
            progress(done, len(files), path.name)
        try:
            changed = _one(path, store, partial(parse, limits=limits, failed=report.errors.append), limits)
        except PolicygraphError as error:
            report.errors.append(error)
        else:
            report.read += changed
            report.unchanged += not changed
    if progress:
        progress(len(files), len(files), "")
    report.summary = store.summary()
    return report


def _one(path: Path, store: Store, parse: Callable[..., list[Notice]], limits: Limits) -> bool:
    """Read one file unless it is unchanged; tell whether it was read."""
    try:
        with path.open("rb") as file:
            data = file.read(limits.source_bytes + 1)
    except FileNotFoundError:
        raise SourceError(str(path), "no such file or folder", "check the path") from None
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise SourceError(str(path), reason, "check that the file can be read") from None
    source = SourceRecord(path.as_posix(), sha256(data).hexdigest(), PIPELINE)
    if store.source(source.path) == source:
        return False
    store.load(source, parse(data, name=source.path))
    return True


def _files(paths: Iterable[str | Path]) -> Iterator[Path]:
    """Yield the files of paths and, sorted, of the folders among them; hidden and partial files are no sources."""
    for given in paths:
        path = Path(given)
        if not path.is_dir():
            yield path
            continue
        for found in sorted(path.rglob("*")):
            inside = found.relative_to(path).parts
            if (
                found.is_file()
                and not any(part.startswith(".") for part in inside)
                and not found.name.endswith(_PARTIAL)
            ):
                yield found
