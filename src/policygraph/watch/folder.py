"""A folder that people drop notices into: every file in it and below, but for what the watch itself writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.errors import WatchError
from policygraph.store import sources

if TYPE_CHECKING:
    from pathlib import Path

    from policygraph.watch.config import Config, Source


def files(source: Source, config: Config) -> dict[str, Path]:
    """Return the files of a watched folder by what a store calls them.

    Raises:
        WatchError: the folder is not there, as a share that is not mounted.

    """
    folder = config.at(source.place)
    if not folder.is_dir():
        raise WatchError(source.place, "no such folder", "check that it is there, or that its disk is mounted")
    own, data = config.path.absolute(), config.at(config.data)
    return {
        name: path
        for name, path in sources.files([folder]).items()
        if path.absolute() != own and data not in path.absolute().parents
    }
