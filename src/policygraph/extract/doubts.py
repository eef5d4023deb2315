"""What could not be read, or can be read two ways: each with its place, for a person to decide.

A bracket that ends like a responsibility statement and names no body, words among the bodies of a statement that
look like no name, a name of no known kind, a date without a year, columns of a table that run together, a duty for
all that stands above (以上均由市水务局负责).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from policygraph.extract import cells, defaults, names
from policygraph.models import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policygraph.extract.found import FoundTime
    from policygraph.extract.statements import FoundStatement
    from policygraph.models import Page
    from policygraph.segment.rows import Row
    from policygraph.text.brackets import Pair
    from policygraph.text.view import View

_DATED = re.compile(r"[年月日度旬]")
_ROLE_ENDS = ("牵头", "负责", "配合", "落实", "参与", "负责。", "配合。")
_ABOVE = "a duty for all that stands above, which not all of it is given"
_HEADLESS = "a table without heads of columns that are known; a column of bodies in it gives no duties"
_MOST_CHARS = 120
_LEAST_CHARS = 5


def find(
    text: str,
    pairs: Sequence[Pair],
    statements: Sequence[FoundStatement],
    times: Sequence[FoundTime],
    rows: Sequence[Row],
) -> list[Issue]:
    """Return the doubts about a compact text with its bracket pairs, in order; spans count its characters."""
    found = [
        *_brackets(text, pairs, statements),
        *(issue for statement in statements for issue in _names(statement)),
        *_dates(text, times),
        *(Issue("extract", _ABOVE, span) for span in defaults.backward(text)),
        *(Issue("extract", row.doubt, _bodies(row)) for row in rows if row.doubt),
    ]
    return sorted(found, key=lambda issue: issue.span or (0, 0))


def headless(view: View, page: Page, text: str, rows: Sequence[Row]) -> Iterator[Issue]:
    """Yield a doubt for each table without a head that is known in which a column holds nothing but bodies."""
    for table in page.tables:
        start, end = view.inner(*table.span)
        columns: dict[int, list[tuple[int, int]]] = {}
        for cell in table.cells:
            span = view.inner(*cell.span)
            if span[0] < span[1]:
                columns.setdefault(cell.column, []).append(span)
        if any(start <= row.start < end for row in rows) or not start < end:
            continue
        if any(len(spans) > 1 and all(_is_of_bodies(text, *span) for span in spans) for spans in columns.values()):
            yield Issue("extract", _HEADLESS, (start, end))


def _is_of_bodies(text: str, start: int, end: int) -> bool:
    """Tell whether a cell lists bodies and nothing else."""
    found = cells.bodies(text, start, end) if end - start <= _MOST_CHARS else []
    return bool(found) and all(names.kind(name.full) not in (None, "unit", "collective") for name in found)


def _bodies(row: Row) -> tuple[int, int]:
    """Return where the bodies of a row stand; the whole row if none do in it."""
    own = [cell for cell in row.duties if cell.start >= row.start]
    return (own[0].start, own[-1].end) if own else (row.start, row.end)


def _brackets(text: str, pairs: Sequence[Pair], statements: Sequence[FoundStatement]) -> Iterator[Issue]:
    starts = [statement.start for statement in statements]
    for pair in pairs:
        if pair.depth or not text.endswith(_ROLE_ENDS, 0, pair.end):
            continue
        start, end = pair.inner
        if not _LEAST_CHARS <= end - start <= _MOST_CHARS:
            continue
        before = bisect_right(starts, pair.start) - 1
        if before < 0 or statements[before].end <= pair.start:
            yield Issue(
                "extract", "reads like a responsibility statement but names no body", (pair.start, pair.end + 1)
            )


def _names(statement: FoundStatement) -> Iterator[Issue]:
    for name in statement.passed_over:
        yield Issue("extract", "words among the bodies of a statement that are no name", (name.start, name.end))
    for one in statement.assigned:
        if names.kind(one.name.full) is None:
            reason = f"a name of no known kind of body: {one.name.full}"
            yield Issue("extract", reason, (one.name.start, one.name.start + len(one.name.surface)))


def _dates(text: str, times: Sequence[FoundTime]) -> Iterator[Issue]:
    for time in times:
        dated = _DATED.search(text, time.start, time.end)
        if dated and time.kind in ("by", "during", "on") and time.until is None:
            yield Issue("extract", "a date whose year the notice does not say", (time.start, time.end))
