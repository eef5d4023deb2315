"""Stores: where graphs are kept and questions are answered. SQLite is the default, one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from policygraph.errors import StoreError

if TYPE_CHECKING:
    from policygraph.store.contract import Store


def open_store(url: str | Path = "policygraph.db", *, create: bool = True) -> Store:
    """Open a store by its path (``policygraph.db``) or URL (``sqlite:///policygraph.db``).

    With ``create=False`` a store that does not exist yet is an error, as it is for a question.

    Raises:
        StoreError: the address is not a store's, or the store is missing or of another version.

    """
    from policygraph.store.sqlite import SQLiteStore  # noqa: PLC0415 - a store loads its driver when it opens

    return SQLiteStore(_file(url), create=create)


def exists(url: str | Path) -> bool:
    """Tell whether a store has been made at an address."""
    return Path(_file(url)).is_file()


def _file(url: str | Path) -> str:
    """Return the path of the SQLite file that an address names."""
    address = str(url)
    scheme, separator, rest = address.partition("://")
    if separator and scheme != "sqlite":
        raise StoreError(address, f"no store for {scheme}:// addresses", "give the path of a SQLite file")
    return rest.removeprefix("/") if separator else address
