"""Responsibility statements: the words that say who leads, supports, answers for, carries out, supervises.

A statement is a place × lists of bodies × role words. The places are a bracket
(``(市水务局牵头,市农委配合)``), also one closed wrongly or holding a default rule after its full stop, and a
label (``责任单位：省农业农村厅、省财政厅``). A bracket that only lists bodies counts where a paragraph or sentence
closes. What merely mentions a role word (配合省开展…, 监测配合工作) is no statement.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from policygraph.extract import cells, defaults, roles
from policygraph.text import brackets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policygraph.extract.defaults import FoundRule
    from policygraph.extract.names import Name
    from policygraph.extract.roles import Assigned
    from policygraph.segment.rows import Duties, Row
    from policygraph.text.brackets import Pair

_MAX_CHARS = 900
_IN_A_SENTENCE = re.compile(r"[^,;:、(]{3,}?[内外中时]由")
_CLOSES = re.compile(r"[。;,]?(?:\n|$|[一二三四五六七八九十]{1,3}、|\(|\d{1,3}[.、]|专栏)")


class FoundStatement(Struct, frozen=True):
    """A statement at ``start:end`` of the compact text, its assignments and the default rules it states.

    One in a table knows the ``row`` that it stands in.
    """

    start: int
    end: int
    assigned: tuple[Assigned, ...]
    rules: tuple[FoundRule, ...]
    passed_over: tuple[Name, ...] = ()
    row: Row | None = None


def find(text: str, rows: Sequence[Row] = (), pairs: Sequence[Pair] | None = None) -> list[FoundStatement]:
    """Return the statements of a compact text, in order; those of a table's ``rows`` know their row.

    ``pairs`` are the bracket pairs of the text, if they are known.

    None overlaps another, but rows that share a merged cell share its span.
    """
    in_rows = list(_in_rows(text, rows))
    covered = [span for row in rows for span in ((row.start, row.end), *((one.start, one.end) for one in row.duties))]
    found = sorted(
        [*_in_brackets(text, brackets.pairs(text) if pairs is None else pairs), *_labelled(text)],
        key=lambda s: (s.start, -s.end),
    )
    kept: list[FoundStatement] = []
    for statement in found:
        inside = any(start <= statement.start < end for start, end in covered)
        if not inside and (not kept or statement.start >= kept[-1].end):
            kept.append(statement)
    return sorted([*in_rows, *kept], key=lambda s: s.start)


def _in_rows(text: str, rows: Sequence[Row]) -> Iterator[FoundStatement]:
    """Yield a statement for each row of a task table."""
    for row in rows:
        filled = [(cell, bodies) for cell in row.duties if (bodies := _in_cell(text, cell))]
        if filled:
            own = [cell for cell, _ in filled if cell.start >= row.start] or [cell for cell, _ in filled]
            last = own[-1] if row.scope[1] <= own[0].start else own[0]
            assigned = tuple(one for _, bodies in filled for one in bodies)
            yield FoundStatement(own[0].start, last.end, assigned, (), row=row)


def _in_cell(text: str, cell: Duties) -> Sequence[Assigned]:
    """Return what a cell assigns: by its own words if it has role words, else the role of its column."""
    if roles.anchored(text, cell.start, cell.end):
        stated = roles.assign(text, cell.start, cell.end, bare=False).bodies
        if stated:
            return stated
    return [roles.inline(name, cell.role) for name in cells.bodies(text, cell.start, cell.end)]


def _in_brackets(text: str, pairs: Sequence[Pair]) -> Iterator[FoundStatement]:
    covered = 0
    for pair in pairs:
        if pair.end < covered or pair.end - pair.start > _MAX_CHARS:
            continue
        statement = _bracket(text, pair)
        if statement:
            covered = statement.end
            yield statement


def _bracket(text: str, pair: Pair) -> FoundStatement | None:
    start, end = pair.inner
    if text[end - 1] == ")" and text.count(")", start, end) > text.count("(", start, end):
        end -= 1
    if text.find("由", start, end) >= 0 and _IN_A_SENTENCE.match(text, start, end):
        return None
    bare = _closing(text, pair)
    if not roles.anchored(text, start, end) and not bare:
        return None
    rules = tuple(defaults.find(text, start, end))
    stop = min((rule.sentence for rule in rules), default=end)
    objects = bare or text[pair.end + 1 : pair.end + 2] in ("。", ";", "\n", "")
    assigned = roles.assign(text, start, stop, bare=bare, objects=objects)
    if not assigned.bodies:
        return None
    return FoundStatement(pair.start, pair.end + 1, assigned.bodies, rules, assigned.passed_over)


def _closing(text: str, pair: Pair) -> bool:
    """Tell whether a bracket stands where a sentence or paragraph closes, as a bare list of bodies must."""
    before = text[pair.start - 1] if pair.start else "\n"
    return before in "。;!\n”" and (before == "。" or _CLOSES.match(text, pair.end + 1) is not None)


def _labelled(text: str) -> Iterator[FoundStatement]:
    """Yield label statements outside brackets; label lines that follow each other are one statement."""
    first = last = -1
    for start, end, of_role in roles.label_lines(text):
        if first >= 0 and text[last:start].strip("\n。;,"):
            yield from _label(text, first, last)
            first = -1
        if first >= 0 or of_role:
            first, last = (start if first < 0 else first), end
    if first >= 0:
        yield from _label(text, first, last)


def _label(text: str, start: int, end: int) -> Iterator[FoundStatement]:
    rules = tuple(defaults.find(text, start, end))
    assigned = roles.assign(text, start, min((rule.sentence for rule in rules), default=end), bare=False)
    if assigned.bodies:
        yield FoundStatement(start, end, assigned.bodies, rules, assigned.passed_over)
