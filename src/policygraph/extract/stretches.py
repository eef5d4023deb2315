"""The stretch between two marks that a place stands in: its sentence, its clause, its line.

Finders go through a text in order and ask for each thing they find (``…达到38%,…达到40%。``). The stretch asked
for last is remembered, so that a sentence of any length is looked for once.
"""

from __future__ import annotations

import re


class Stretches:
    """The stretches of a text between ``marks``, which stand outside them.

    >>> text = "改善水质。达到38%;达到40%。"
    >>> [text[slice(*Stretches(text, "。;").around(at))] for at in (0, 7)]
    ['改善水质', '达到38%']
    """

    def __init__(self, text: str, marks: str) -> None:
        self._text = text
        self._mark = re.compile(f"[{re.escape(marks)}]")
        self._last_mark = re.compile(f"(?s:.*)[{re.escape(marks)}]")
        self._start, self._end = 0, -1

    def around(self, position: int) -> tuple[int, int]:
        """Return the stretch that a position stands in; a mark belongs to the stretch before it."""
        if not self._start <= position <= self._end:
            known = self._end if 0 <= self._end < position else 0
            before = self._last_mark.match(self._text, known, position)
            behind = self._mark.search(self._text, position)
            self._start = before.end() if before else 0
            self._end = behind.start() if behind else len(self._text)
        return self._start, self._end
