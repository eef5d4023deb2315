"""One page that stands alone, to be mailed: no script, no address, everything quoted from a notice escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.compare.report.lines import counts, lines, titles
from policygraph.writing import page
from policygraph.writing.page import words as escape

if TYPE_CHECKING:
    from policygraph.compare.report.lines import Line
    from policygraph.compare.values import Comparison

_STYLE = """
th:first-child{width:9rem}th:last-child{width:16rem}
del{background:#fdd}ins{background:#dfd;text-decoration:none}
.more{color:#060}.less{color:#900}
"""
_MORE = ("tightened", "firmer", "forward", "added", "set")
_LESS = ("loosened", "weaker", "postponed", "dropped", "removed")


def write(*found: Comparison) -> str:
    """Return comparisons as one page, in their order; its title is the newest notice's."""
    sections = "\n".join(map(_section, found))
    return page.write(titles(found[-1])[1], f"<h1>Changes</h1>{sections}", _STYLE)


def _section(found: Comparison) -> str:
    old, new = (escape(title) for title in titles(found))
    summary = ", ".join(f"{number} {escape(kind)}" for kind, number in counts(found)) or "nothing changed"
    rows = "\n".join(_row(line) for line in lines(found))
    table = (
        f"<table><thead><tr><th>change<th>old<th>new<th>why</thead><tbody>\n{rows}\n</tbody></table>" if rows else ""
    )
    return f"<p>old: {old}<br>new: {new}<p>{summary}\n{table}"


def _row(line: Line) -> str:
    last = line.kind.rsplit(" ", 1)[-1]
    mark = "more" if last in _MORE else "less" if last in _LESS else ""
    return (
        f'<tr><td class="{mark}">{escape(line.kind)}<td>{_side(line, old=True)}<td>{_side(line, old=False)}'
        f"<td>{escape(line.why)}"
    )


def _side(line: Line, *, old: bool) -> str:
    place, words = (line.old_place, line.old) if old else (line.new_place, line.new)
    shown = f"<small>{escape(place)}</small>" if place else ""
    if not line.edits:
        return shown + escape(words)
    tag = "del" if old else "ins"
    return shown + "".join(
        escape(edit.words) if edit.sort == "same" else f"<{tag}>{escape(edit.words)}</{tag}>"
        for edit in line.edits
        if edit.sort == "same" or (edit.sort == "gone") == old
    )
