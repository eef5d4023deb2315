"""Where a store is, and who asks: ``bolt://127.0.0.1:7687`` with a user, a password and a database that never print.

A user and a password in a URL are taken out of it, so that what is logged or shown in an error holds neither. What is
not given comes from ``POLICYGRAPH_NEO4J_USER``, ``POLICYGRAPH_NEO4J_PASSWORD`` and ``POLICYGRAPH_NEO4J_DATABASE``.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Self
from urllib.parse import unquote

_SCHEMES = tuple(f"{name}{tls}" for name in ("bolt", "neo4j") for tls in ("", "+s", "+ssc"))
_VARIABLE = "POLICYGRAPH_NEO4J_{}"
_USER = "neo4j"


class Address(str):
    """The path or URL of a store as it may be shown; it remembers the credentials that open it.

    >>> address = Address.of("bolt://anna:geheim12@db.example:7687")
    >>> address, address.user, address.on_server
    ('bolt://db.example:7687', 'anna', True)
    """

    __slots__ = ("database", "password", "user")
    user: str | None
    password: str | None
    database: str | None

    @classmethod
    def of(
        cls,
        url: str | Path,
        *,
        user: str | None = None,
        password: str | None = None,
        database: str | None = None,
    ) -> Self:
        """Return an address; what is given goes before what the address, its URL or the environment says."""
        shown, in_url = _parted(str(url))
        made = cls(shown)
        own = [getattr(url, name, None) for name in ("user", "password", "database")]
        given = zip((user, password, database), own, (*in_url, None), ("USER", "PASSWORD", "DATABASE"), strict=True)
        made.user, made.password, made.database = (
            a or b or c or os.environ.get(_VARIABLE.format(variable)) or None for a, b, c, variable in given
        )
        made.user = made.user or _USER
        return made

    @property
    def on_server(self) -> bool:
        """Whether a server keeps the store, and not a file."""
        return self.partition("://")[0] in _SCHEMES and "://" in self


def _parted(url: str) -> tuple[str, tuple[str | None, str | None]]:
    """Return a URL without its user and password, and these."""
    scheme, separator, rest = url.partition("://")
    if scheme not in _SCHEMES:
        return url, (None, None)
    place, slash, path = rest.partition("/")
    credentials, _, host = place.rpartition("@")
    user, _, password = credentials.partition(":")
    return f"{scheme}{separator}{host}{slash}{path}", (unquote(user) or None, unquote(password) or None)
