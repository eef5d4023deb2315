"""Pairs of brackets, tolerant of wrong partners.

Notices close brackets with the wrong partner, ``（…)`` or ``[…)]``, or not at all. A closing bracket closes the
innermost open one whatever its shape; one that is followed at once by the right partner (``)]``) is stray. No
pair crosses a paragraph.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_PARTNER = {"(": ")", "[": "]", "〔": "〕", "【": "】", "{": "}"}
_BRACKET = re.compile(r"[(\[〔【{)\]〕】}]")


class Pair(NamedTuple):
    """Offsets of an opening bracket and of the closing one; ``depth`` is 0 for an outermost pair."""

    start: int
    end: int
    depth: int

    @property
    def inner(self) -> tuple[int, int]:
        """The span between the brackets."""
        return self.start + 1, self.end


def pairs(text: str) -> list[Pair]:
    """Return the pairs of brackets of a normalised text, in the order of their opening.

    >>> [text[p.start:p.end + 1] for text in ["[各县(市)区负责)]"] for p in pairs(text)]
    ['[各县(市)区负责)]', '(市)']
    """
    found: list[Pair] = []
    opened: list[int] = []
    line_end = -1
    for match in _BRACKET.finditer(text):
        position = match.start()
        if position > line_end:
            opened.clear()
            line_end = text.find("\n", position)
            line_end = len(text) if line_end < 0 else line_end
        char = text[position]
        if char in _PARTNER:
            opened.append(position)
        elif opened and ((wanted := _PARTNER[text[opened[-1]]]) == char or not text.startswith(wanted, position + 1)):
            found.append(Pair(opened.pop(), position, len(opened)))
    return sorted(found)
