"""Which files are sources, and what each is called in a store.

``rb/a.txt``, ``./rb/a.txt`` and its absolute path are one source, called by its path from the working directory if it
lies inside it, else by its absolute path. Hidden and partial files are no sources.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policygraph.errors import PolicygraphError

_PARTIAL = (".part", ".tmp", "~", ".db", ".db-wal", ".db-shm", ".judgements.jsonl")


def called(path: str | Path) -> str:
    """Return what a source is called in a store, with ``/`` between the parts on every system."""
    here = Path.cwd()
    absolute = Path(os.path.normpath(Path(path).absolute()))
    if absolute.is_relative_to(here):
        return absolute.relative_to(here).as_posix()
    real = absolute.parent.resolve() / absolute.name
    return (real.relative_to(here) if real.is_relative_to(here) else absolute).as_posix()


def files(paths: Iterable[str | Path]) -> dict[str, Path]:
    """Return the files among paths and, sorted, in the folders among them, each once and by what it is called."""
    return {called(path): path for given in paths for path in _inside(Path(given))}


def lacking(paths: Iterable[str | Path]) -> list[PolicygraphError]:
    """Return an error for each path that is not there and each folder that holds no files."""
    errors: list[PolicygraphError] = []
    for given in map(Path, paths):
        if not given.exists():
            errors.append(SourceError(str(given), "no such file or folder", "check the path"))
        elif not any(_inside(given)):
            errors.append(SourceError(str(given), "no files", "give a file, or a folder that holds some"))
    return errors


def gone(names: Iterable[str], paths: Iterable[str | Path]) -> list[str]:
    """Return, of what sources are called, those that are among or inside some paths and are no longer there."""
    given = {Path(called(path)).absolute() for path in paths}
    places = {name: Path(name).absolute() for name in names}
    return [
        name for name, place in places.items() if not given.isdisjoint((place, *place.parents)) and not place.exists()
    ]


def _inside(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        if path.exists():
            yield path
        return
    for found in sorted(path.rglob("*")):
        parts = found.relative_to(path).parts
        if found.is_file() and not any(part.startswith(".") for part in parts) and not found.name.endswith(_PARTIAL):
            yield found
