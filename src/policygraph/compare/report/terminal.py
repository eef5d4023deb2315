"""Side by side in the terminal, in colour where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from policygraph.compare.report.lines import counts, lines, short, titles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.compare.report.lines import Line
    from policygraph.compare.values import Comparison

_STYLES = (
    (("tightened", "firmer", "forward", "added", "set"), "green"),
    (("loosened", "weaker", "postponed", "dropped", "removed"), "red"),
)
_RUN_CHARS = 24


def tables(found: Comparison) -> Iterator[Table | Text]:
    """Yield the counts and the changes, to be printed in order."""
    old, new = titles(found)
    yield Text(f"old: {old}\nnew: {new}")
    if not found.changes:
        yield Text("nothing changed")
        return
    yield Text(", ".join(f"{number} {kind}" for kind, number in counts(found)))
    table = Table(show_lines=True, expand=True)
    table.add_column("change", no_wrap=False, min_width=9, ratio=1)
    table.add_column("old", ratio=3, overflow="fold")
    table.add_column("new", ratio=3, overflow="fold")
    table.add_column("why", ratio=2, overflow="fold")
    for line in lines(found):
        table.add_row(Text(line.kind, style(line.kind)), _side(line, old=True), _side(line, old=False), short(line.why))
    yield table


def style(kind: str) -> str:
    """Return the colour of a kind of change."""
    return next((colour for words, colour in _STYLES if kind.endswith(words)), "yellow")


def _side(line: Line, *, old: bool) -> Text:
    place, words = (line.old_place, line.old) if old else (line.new_place, line.new)
    shown = Text(f"{place}\n" if place else "", "dim")
    if not line.edits:
        return shown.append(short(words), "default")
    for edit in line.edits:
        if edit.sort == "same":
            run = edit.words
            shown.append(run if len(run) <= _RUN_CHARS else f"{run[:8]}…{run[-8:]}", "default")
        elif (edit.sort == "gone") == old:
            shown.append(edit.words, "red strike" if old else "green bold")
    return shown
