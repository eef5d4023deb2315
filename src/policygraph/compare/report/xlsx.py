"""A ledger as a workbook: the same changes give the same bytes, and no words of a notice are a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.compare.report.lines import titles
from policygraph.writing import workbook
from policygraph.writing.workbook import Column, Sheet

if TYPE_CHECKING:
    from policygraph.compare.values import Comparison, Side

_CHANGES = (
    ("change", 20), ("old task", 26), ("old text", 50), ("old value", 24), ("old start", 9), ("old end", 9),
    ("new task", 26), ("new text", 50), ("new value", 24), ("new start", 9), ("new end", 9), ("why", 50),
)  # fmt: skip
_NOTICES = (("", 8), ("id", 40), ("title", 80))


def write(*found: Comparison) -> bytes:
    """Return comparisons as the bytes of a workbook: a sheet of all changes and one that names the notices."""
    changes = [
        (change.kind, *_cells(change.old), *_cells(change.new), change.why) for one in found for change in one.changes
    ]
    notices = []
    for one in found:
        old, new = titles(one)
        notices += [("old", one.old.id, old), ("new", one.new.id, new)]
    return workbook.write(
        [
            Sheet("changes", tuple(Column(*column) for column in _CHANGES), changes),
            Sheet("notices", tuple(Column(*column) for column in _NOTICES), notices),
        ]
    )


def _cells(side: Side | None) -> tuple[str | int, ...]:
    if side is None:
        return ("",) * 5
    start, end = side.span or ("", "")
    return (side.task or "", side.text, side.value or "", start, end)
