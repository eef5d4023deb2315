"""Where a quote stands in another copy of the text it was taken from.

Copies differ in spaces, line breaks and character width, so positions are compared in a text without any of them.
A quote that stands several times is told by which occurrence it is.
"""

from __future__ import annotations

import re

from policygraph.text.normalise import normalise

Span = tuple[int, int]

_SPACE = re.compile(r"[\s\u200b\ufeff]+")


def squash(text: str | None) -> str:
    """Return a text in one width and without spaces."""
    return _SPACE.sub("", normalise(text or ""))


def bare(text: str | None) -> str:
    """Return only the letters, digits and characters of a text, to compare names and titles by."""
    return re.sub(r"[\W_]+", "", squash(text))


class Place:
    """A squashed text that knows where each character of the original went."""

    def __init__(self, text: str) -> None:
        self.original = text
        self.squashed = squash(text)
        self._position = self._positions(normalise(text))

    @staticmethod
    def _positions(text: str) -> list[int]:
        positions: list[int] = []
        count = 0
        for char in text:
            positions.append(count)
            count += not _SPACE.match(char)
        return [*positions, count]

    def span(self, start: int, end: int) -> Span:
        """Return the squashed span of a span of the original; offsets beyond the text mean its end."""
        last = len(self._position) - 1
        return self._position[min(start, last)], self._position[min(end, last)]

    def occurrences(self, quote: str) -> list[int]:
        """Return where a squashed quote begins, every time."""
        found: list[int] = []
        start = self.squashed.find(quote) if quote else -1
        while start >= 0:
            found.append(start)
            start = self.squashed.find(quote, start + 1)
        return found

    def locate(self, quote: str, nth: int | None, other: Place) -> Span | None:
        """Return the span in ``other`` of the ``nth`` occurrence of a quote of this text, counted from 1.

        If the copies hold it a different number of times, the occurrence at nearest the same share of the text.
        """
        words = squash(quote)
        here, there = self.occurrences(words), other.occurrences(words)
        if not there:
            return None
        at = -1
        for _ in range(nth or 1):
            at = self.original.find(quote, at + 1)
        begins = self.span(at, at)[0] if at >= 0 else -1
        index = here.index(begins) if begins in here else 0
        if len(here) == len(there):
            start = there[index]
        else:
            share = here[index] / max(1, len(self.squashed)) if here else 0.0
            start = min(there, key=lambda begin: abs(begin / max(1, len(other.squashed)) - share))
        return start, start + len(words)
