"""Copies of the body that a page prints more than once.

The page of 佳政办发〔2018〕17号 prints the whole notice twice. Sentences are compared with where they first
stood; a long run of them in the same order is a repeat, and nothing is extracted from it. Boilerplate that
merely comes again (推进落实整改) is too short to be one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNIT = re.compile(r"[^。\n]+[。\n]*")
_LEAST_CHARS = 200
_LEAST_UNITS = 3


class FoundRepeat(NamedTuple):
    """A copy at ``start:end`` of what stands at ``first:first_end``."""

    start: int
    end: int
    first: int
    first_end: int


def find(text: str) -> list[FoundRepeat]:
    """Return the repeats in a compact text, in order; none overlaps what it repeats."""
    units = [match.span() for match in _UNIT.finditer(text)]
    keys = [text[start:end].strip() for start, end in units]
    return [
        FoundRepeat(units[first + shift][0], units[last + shift][1], units[first][0], units[last][1])
        for first, last, shift in _runs(keys)
        if last - first + 1 >= _LEAST_UNITS and units[last][1] - units[first][0] >= _LEAST_CHARS
    ]


def _runs(keys: list[str]) -> Iterator[tuple[int, int, int]]:
    """Yield maximal runs ``(first, last, shift)`` with ``keys[i] == keys[i + shift]`` for each i in the run."""
    seen: dict[str, int] = {}
    index = 0
    while index < len(keys):
        original = seen.setdefault(keys[index], index)
        if original == index:
            index += 1
            continue
        shift, last = index - original, original
        while last + 1 < index and last + 1 + shift < len(keys) and keys[last + 1] == keys[last + 1 + shift]:
            last += 1
        yield original, last, shift
        index = last + shift + 1
