"""Rules and lists as data: what officials write, kept out of the code that reads it.

Each table is a TOML file beside this one. An entry carries an ``example`` that it matches, a ``counter`` that
looks like it and must not match, and ``seen``, the notice in which it was first met; tests prove both ways.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """Return the parsed table ``name`` (``"roles"`` for ``roles.toml``)."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))


def words(name: str, key: str, field: str = "word") -> tuple[str, ...]:
    """Return one field of every entry of a list, longest first, as a matcher tries them."""
    return tuple(sorted((entry[field] for entry in table(name)[key]), key=lambda word: (-len(word), word)))
