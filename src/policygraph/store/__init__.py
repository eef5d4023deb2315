"""Stores: where graphs are kept and questions are answered. SQLite is the default, one file; Neo4j serves a team."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from policygraph.errors import StoreError
from policygraph.store.address import Address

if TYPE_CHECKING:
    from policygraph.store.contract import Store


def open_store(
    url: str | Path = "policygraph.db",
    *,
    create: bool = True,
    user: str | None = None,
    password: str | None = None,
    database: str | None = None,
) -> Store:
    """Open a store by its path (``policygraph.db``) or URL (``sqlite:///policygraph.db``, ``bolt://127.0.0.1:7687``).

    With ``create=False`` a store that does not exist yet is an error, as it is for a question. ``user``, ``password``
    and ``database`` are those of a server; the environment has them as ``POLICYGRAPH_NEO4J_USER`` and so on.

    Raises:
        StoreError: the address is not a store's, or the store is missing or of another version.

    """
    address = Address.of(url, user=user, password=password, database=database)
    if address.on_server:
        from policygraph.store.neo4j.store import Neo4jStore  # noqa: PLC0415 - a store loads its driver when it opens

        return Neo4jStore(address, create=create)
    from policygraph.store.sqlite import SQLiteStore  # noqa: PLC0415

    return SQLiteStore(_file(address), create=create)


def exists(url: str | Path) -> bool:
    """Tell whether a store has been made at an address."""
    address = Address.of(url)
    if not address.on_server:
        return Path(_file(address)).is_file()
    from policygraph.store.neo4j import server  # noqa: PLC0415 - as above

    return server.made(address)


def _file(address: str) -> str:
    """Return the path of the SQLite file that an address names."""
    scheme, separator, rest = address.partition("://")
    if separator and scheme != "sqlite":
        remedy = "give the path of a SQLite file, or a bolt:// or neo4j:// URL"
        raise StoreError(address, f"no store for {scheme}:// addresses", remedy)
    return rest.removeprefix("/") if separator else str(address)
