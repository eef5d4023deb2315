"""Copies of the body that a page prints more than once.

The page of 佳政办发〔2018〕17号 prints the whole notice twice. Sentences are compared with where they first
stood; a long run of them in the same order is a repeat, and nothing is extracted from it. Boilerplate that
merely comes again (推进落实整改) is too short to be one.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNIT = re.compile(r"[^。\n]+[。\n]*")
_LEAST_CHARS = 200
_LEAST_UNITS = 3
_LEAST_EARLIER_CHARS = 20


class FoundRepeat(NamedTuple):
    """A copy at ``start:end`` of what stands at ``first:first_end``."""

    start: int
    end: int
    first: int
    first_end: int


def find(text: str) -> list[FoundRepeat]:
    """Return the repeats in a compact text, in order; none overlaps what it repeats.

    A repeat goes on over lines that break elsewhere than they did in what it repeats.
    """
    if _alike(text.replace("。", "\n").split("\n")) < _LEAST_UNITS:
        return []
    units = _UNIT.findall(text)
    keys = [unit.strip() for unit in units]
    bounds = [*accumulate(map(len, units), initial=len(text) - len(text.lstrip("。\n")))]
    found: list[FoundRepeat] = []
    for first, last, shift in _runs(keys):
        start, end, begin, stop = (bounds[at] for at in (first + shift, last + shift + 1, first, last + 1))
        long = last - first + 1 >= _LEAST_UNITS and stop - begin >= _LEAST_CHARS
        if long and (not found or start >= found[-1].end):
            start, begin = _earlier(text, start, begin, found[-1].end if found else stop)
            further, reach = _further(text, end, stop, start)
            found.append(FoundRepeat(start, further, begin, reach))
    return found


def _alike(sentences: list[str]) -> int:
    """Count the sentences that stand earlier in a list already; empty ones are none."""
    told = [sentence.strip() for sentence in sentences if sentence]
    return len(told) - len(set(told))


def _earlier(text: str, start: int, first: int, limit: int) -> tuple[int, int]:
    """Return from where two copies are alike: from a sentence's beginning, or from within one if much of it is.

    What stands above a copy on its line (来源:…, the signature of the one before) belongs to the same sentence.
    """
    reached = position, original = start, first
    while position > limit and original > 0:
        if text[position - 1] == text[original - 1]:
            position, original = position - 1, original - 1
            if original == 0 or text[original - 1] in "。\n":
                reached = position, original
        elif text[position - 1] == "\n":
            position -= 1
        elif text[original - 1] == "\n":
            original -= 1
        else:
            break
    return (position, original) if reached[1] - original >= _LEAST_EARLIER_CHARS else reached


def _further(text: str, end: int, first_end: int, limit: int) -> tuple[int, int]:
    """Return how far two copies go on alike, whatever line breaks stand in them, up to the end of a sentence."""
    reached = position, original = end, first_end
    while position < len(text) and original < limit:
        if text[position] == text[original]:
            position, original = position + 1, original + 1
            if text[position - 1] in "。\n" or position == len(text):
                reached = position, original
        elif text[position] == "\n":
            position += 1
        elif text[original] == "\n":
            original += 1
        else:
            break
    return reached


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
