"""Stretches of a text that are marked, one within another but none across another: ⟦市水务局⟧牵头 in a task."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text, by its offsets there, and what kind of thing it is."""

    start: int
    end: int
    kind: str


def nested(marks: Iterable[Mark], span: tuple[int, int]) -> list[Mark]:
    """Return the marks that lie in a part of a text, outermost first, none crossing another."""
    start, stop = span
    inside = sorted({m for m in marks if start <= m.start and m.end <= stop}, key=lambda m: (m.start, -m.end, m.kind))
    kept: list[Mark] = []
    for mark in inside:
        if all(mark.start >= other.end or mark.end <= other.end for other in kept):
            kept.append(mark)
    return kept


def marked(
    text: str,
    span: tuple[int, int],
    marks: list[Mark],
    *,
    sides: dict[str, tuple[str, str]],
    shown: Callable[[str], str] = str,
) -> str:
    """Return a part of a text with words put before and after each nested mark, the two ``sides`` of its kind.

    ``shown`` is what becomes of each piece of the text itself, as when it is escaped.

    >>> marked("由市水务局牵头", (0, 7), [Mark(1, 5, "duty")], sides={"duty": ("[", "]")})
    '由[市水务局]牵头'
    """
    opens: dict[int, str] = {}
    closes: dict[int, str] = {}
    for mark in marks:
        left, right = sides[mark.kind]
        opens[mark.start] = opens.get(mark.start, "") + left
        closes[mark.end] = right + closes.get(mark.end, "")
    start, stop = span
    places = sorted({start, stop, *opens, *closes})
    pieces: list[str] = []
    for place, following in zip(places, [*places[1:], stop], strict=True):
        pieces += closes.get(place, ""), opens.get(place, ""), shown(text[place:following])
    return "".join(pieces)
