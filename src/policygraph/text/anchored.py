"""Patterns that are searched only in a text that holds one of their words.

Most forms of a grammar stand in few notices (``三分之二``, ``春秋两季``), and looking for a word in a whole text costs
a tenth of searching a pattern that begins with a class of characters. So each names the words without which nothing of
it can be found. In a clause of a few dozen characters a pattern alone is as quick, unless it has many alternatives.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Anchored:
    """A pattern whose every match lies in a text with one of ``words``; it is searched like a compiled one.

    >>> thirds = Anchored("[二三]分之一", "分之")
    >>> [match.group() for match in thirds.finditer("减少三分之一")], thirds.search("减少三成")
    (['三分之一'], None)
    """

    __slots__ = ("pattern", "words")

    def __init__(self, pattern: str, *words: str, flags: int = 0) -> None:
        self.pattern = re.compile(pattern, flags)
        self.words = words

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Yield the matches in ``text[start:end]``, in order."""
        return self.pattern.finditer(text, start, end) if self._may_match(text, start, end) else iter(())

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the first match in ``text[start:end]``, or ``None``."""
        return self.pattern.search(text, start, end) if self._may_match(text, start, end) else None

    def _may_match(self, text: str, start: int, end: int) -> bool:
        for word in self.words:  # noqa: SIM110 - asked for each clause; a generator takes twice as long
            if text.find(word, start, end) >= 0:
                return True
        return False
