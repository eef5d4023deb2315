"""The file of judgements beside a SQLite store: ``policygraph.judgements.jsonl`` next to ``policygraph.db``.

A server keeps the same lines in its graph, where a team has them together; both are replayed alike.

Lines are only added, in one write that is flushed to the disk before the store follows it: what a killed review has
asked is kept, and a line that a power cut tore is reported and kept. Undoing is a line of its own.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph.errors import JudgementError
from policygraph.judge import judgements, series
from policygraph.judge.outcome import settle

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policygraph.judge.judgements import Entry
    from policygraph.judge.outcome import Outcome
    from policygraph.store.contract import Store

ENDING = ".judgements.jsonl"


@dataclass(frozen=True, slots=True)
class Written:
    """The entries of a file in the order of its lines, and an error for each line that cannot be read."""

    entries: tuple[Entry, ...] = ()
    broken: tuple[JudgementError, ...] = ()


def beside(store: str) -> Path:
    """Return the path of the judgements on the store at an address.

    >>> beside("data/policygraph.db").as_posix()
    'data/policygraph.judgements.jsonl'
    """
    file = Path(store)
    return file.with_name(file.name.removesuffix(".db") + ENDING)


def read(path: Path) -> Written:
    """Return what a file of judgements says; one that is not there says nothing.

    Raises:
        JudgementError: the file cannot be read.

    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Written()
    except OSError as error:
        raise _refused(path, error) from None
    entries: list[Entry] = []
    broken: list[JudgementError] = []
    for number, line in enumerate(data.decode("utf-8", "replace").removeprefix("\ufeff").split("\n"), 1):
        if line.strip():
            try:
                entries.append(judgements.read(line, source=str(path), number=number))
            except JudgementError as error:
                broken.append(error)
    return Written(tuple(entries), tuple(broken))


def add(path: Path, entries: Iterable[Entry]) -> None:
    """Add a line for each entry to a file, which is made where there is none.

    Raises:
        JudgementError: the file cannot be written.

    """
    lines = "".join(judgements.line(entry) + "\n" for entry in entries)
    if not lines:
        return
    try:
        with path.open("ab+") as file:
            if file.tell():
                file.seek(-1, os.SEEK_END)
                torn = file.read(1) != b"\n"
                lines = "\n" + lines if torn else lines
            file.write(lines.encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise _refused(path, error) from None


def write(path: Path, entries: Iterable[Entry]) -> None:
    """Write entries, each once and in their one order, to a file that is whole or as it was.

    Raises:
        JudgementError: the file cannot be written.

    """
    partial = path.with_name(f"{path.name}.part")
    try:
        partial.write_text("".join(judgements.line(one) + "\n" for one in judgements.merged(entries)), "utf-8")
        partial.replace(path)
    except OSError as error:
        raise _refused(path, error) from None


def replay(store: Store) -> tuple[Outcome, Sequence[JudgementError]]:
    """Let a store answer by the judgements kept with it; return what they come to and what could not be read.

    Raises:
        JudgementError: they cannot be read.
        StoreError: the store cannot be written.

    """
    written = store.judged()
    outcome = settle(written.entries)
    store.judge(outcome.bodies)
    store.judge_series(series.judged(outcome.applied))
    return outcome, written.broken


def _refused(path: Path, error: OSError) -> JudgementError:
    return JudgementError(str(path), (error.strerror or type(error).__name__).lower(), "check the path and permissions")
