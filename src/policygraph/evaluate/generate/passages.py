"""Text that carries its own annotation, so that whatever is written says what gold it implies.

A :class:`Passage` is words with marks on them: in ``2018年,新增3个灌区`` one mark covers ``2018年`` (a time) and one
``新增3个灌区`` (a target). Passages are joined with ``+`` and :func:`join` and laid out with :meth:`Passage.mapped`;
marks move along.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Mark:
    """An annotation of the words at ``start:end``.

    ``kind`` is the list of the gold file it belongs to, or ``scope`` for the place where a statement's text begins;
    ``form`` names the wording that was chosen (``count.verb_first``).
    """

    kind: str
    start: int
    end: int
    form: str
    fields: dict[str, Any] = field(default_factory=dict)

    def moved(self, by: int) -> Mark:
        """Return the mark ``by`` characters further on."""
        return Mark(self.kind, self.start + by, self.end + by, self.form, self.fields)


@dataclass(frozen=True, slots=True)
class Passage:
    """Words and the marks on them."""

    text: str = ""
    marks: tuple[Mark, ...] = ()

    def __add__(self, other: Passage | str) -> Passage:
        if isinstance(other, str):
            return Passage(self.text + other, self.marks)
        return Passage(self.text + other.text, (*self.marks, *(mark.moved(len(self.text)) for mark in other.marks)))

    def __radd__(self, other: str) -> Passage:
        return Passage(other) + self

    def marked(self, kind: str, form: str, /, **fields: Any) -> Passage:  # noqa: ANN401 - fields of a gold file
        """Return the passage with all its words marked."""
        return Passage(self.text, (Mark(kind, 0, len(self.text), form, fields), *self.marks))

    def noted(self, form: str) -> Passage:
        """Return the passage with a note that a wording was used, which says nothing of gold."""
        return self.marked("note", form)

    def mapped(self, pieces: Sequence[str]) -> Passage:
        """Return the passage with each character replaced by a piece of at least one character.

        What a piece has beyond its first character is layout: a mark ends before it.
        """
        starts = [0, *accumulate(map(len, pieces))]
        marks = tuple(
            replace(mark, start=starts[mark.start], end=starts[mark.end - 1] + 1)
            if mark.start < mark.end
            else replace(mark, start=starts[mark.start], end=starts[mark.start])
            for mark in self.marks
        )
        return Passage("".join(pieces), marks)


def join(separator: str, passages: Iterable[Passage | str]) -> Passage:
    """Return passages joined by a separator.

    >>> join("、", [Passage("水务局").marked("x", "y"), "农委"]).text
    '水务局、农委'
    """
    joined: Passage | None = None
    for passage in passages:
        joined = Passage() + passage if joined is None else joined + separator + passage
    return joined or Passage()


def fill(template: str, **parts: Passage | str) -> Passage:
    """Return a template with its ``{names}`` replaced by passages.

    >>> fill("{when},完成改造", when="2018年").text
    '2018年,完成改造'
    """
    filled = Passage()
    for piece in template.split("{"):
        name, closed, rest = piece.partition("}")
        filled = filled + parts[name] + rest if closed else filled + piece
    return filled
