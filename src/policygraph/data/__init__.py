"""Rules and lists as data: what officials write, kept out of the code that reads it.

Each table is a TOML file beside this one. An entry carries an ``example`` that it matches, a ``counter`` that
looks like it and must not match, and ``seen``, the notice in which it was first met; tests prove both ways.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


@cache
def table(name: str) -> dict[str, Any]:
    """Return the parsed table ``name`` (``"roles"`` for ``roles.toml``)."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))


def words(name: str, key: str, field: str = "word") -> tuple[str, ...]:
    """Return one field of every entry of a list, longest first, as a matcher tries them."""
    return tuple(sorted((entry[field] for entry in table(name)[key]), key=lambda word: (-len(word), word)))


def alternatives(words: Iterable[str]) -> str:
    """Return a pattern for any of the words as they stand, the longest first.

    >>> alternatives(["县", "县区", "乡"])
    '县区|县|乡'
    """
    return "|".join(map(re.escape, longest_first(words)))


def longest_first(words: Iterable[str]) -> list[str]:
    """Return words in the order in which a pattern must try them, so that 县 does not hide 县区."""
    return sorted(words, key=len, reverse=True)
