"""A table that fits its terminal: 控制用水总量 may be wrapped, 二/一/1:1 and 2018-12-31 may not.

Columns of text shrink first; if that is not enough, the least important columns are left out and named. In a pipe there
is no width to fit, and no column is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# fmt: off
_TEXTS = frozenset({
    "organisation", "partner", "title", "text", "words", "by", "what", "value", "indicator", "reason", "surface",
    "notice_title", "path", "answers with", "example", "through", "predecessor", "successor", "other", "duties", "rule",
    "name", "jurisdiction", "other_words", "cited_title",
})
_LEAST_IMPORTANT = (
    "other_notice_title", "path", "text", "evidence", "shown_as", "jurisdiction", "duties", "strength", "surface",
    "change", "stage",
    "of_these_inherited", "inherited", "title", "by",
    "other_words", "other_task", "comparator", "other_comparator",
    "supervise", "implement", "responsible", "words", "plan_year", "issued_on", "basis", "days", "kind", "role", "due",
)
# fmt: on
_LEAST_TEXT_CELLS = 12
_MOST_LINES = 3
_ELIDED = "text"


def width_of(columns: int, widths: Iterable[int]) -> int:
    """Return how many cells a table takes, with lines around its columns and spaces around its cells."""
    return sum(widths) + 3 * columns + 1


def fit(names: Sequence[str], cells: Sequence[Sequence[str]], width: int | None) -> dict[str, int]:
    """Return the columns that fit into ``width`` cells, in their order, each with its own width.

    What is spare goes to the columns that lack least, so that as many as possible are not wrapped at all.
    """
    by_name = {name: [name, *(row[index] for row in cells)] for index, name in enumerate(names)}
    wanted = {name: max(map(cell_len, texts)) for name, texts in by_name.items()}
    if width is None:
        return wanted
    widths = {name: _least(name, texts) for name, texts in by_name.items()}
    for name in [*_LEAST_IMPORTANT, *reversed(names)]:
        if width_of(len(widths), widths.values()) <= width or len(widths) == 1:
            break
        widths.pop(name, None)
    spare = width - width_of(len(widths), widths.values())
    while spare > 0 and (narrow := [name for name in widths if widths[name] < wanted[name]]):
        widths[min(narrow, key=lambda name: wanted[name] - widths[name])] += 1
        spare -= 1
    return widths


def _least(name: str, texts: Sequence[str]) -> int:
    """Return the least width of a column: its longest word, or, of text, which can be broken anywhere, a few cells."""
    longest = max(cell_len(word) for text in texts for word in text.split() or [""])
    return min(longest, max(_LEAST_TEXT_CELLS, cell_len(name))) if name in _TEXTS else longest


def draw(widths: dict[str, int], rows: Sequence[dict[str, str]], numeric: frozenset[str], *, elide: bool) -> Table:
    """Return the table of some columns; with ``elide``, long texts end after a few lines."""
    table = Table(header_style="bold", pad_edge=False)
    for name, cells in widths.items():
        table.add_column(name, width=cells, overflow="fold", justify="right" if name in numeric else "left")
    for row in rows:
        table.add_row(
            *(_cut(row[name], cells) if elide and name == _ELIDED else row[name] for name, cells in widths.items())
        )
    return table


def _cut(text: str, cells: int) -> str:
    """Return a text that takes no more than a few lines of some cells, two for each Chinese character."""
    chars = _MOST_LINES * cells // 2 - 1
    return text if len(text) <= chars else text[:chars] + "…"
