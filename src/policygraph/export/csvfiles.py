"""The graph as CSV files (RFC 4180): ``Task.csv``, ``LEADS.csv``, one for each label and each relation.

A cell without a value is empty, a text is quoted and keeps its line breaks, so that all that the graph holds can be
read back. With a mark (BOM) Excel opens Chinese rightly; pandas and others then need ``utf-8-sig``.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, TextIO

from policygraph.export.elements import Counted, Counts, columns, kind, row
from policygraph.graph.schema import Label, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from policygraph.graph.schema import Scalar
    from policygraph.store.contract import Store

_MARK = "\ufeff"


def write(store: Store, folder: Path, *, bom: bool = False) -> Counts:
    """Write every table into a folder, those without rows too, so that nothing of an older export stays."""
    with ExitStack() as stack:
        files: dict[Label | Relation, TextIO] = {}
        for one in (*Label, *Relation):
            files[one] = stack.enter_context(opened(folder / f"{one}.csv"))
            files[one].write((_MARK if bom else "") + line(columns(one)))
        elements = Counted(store)
        for element in elements:
            files[kind(element)].write(line(row(element)))
    return elements.counts


def opened(path: Path) -> TextIO:
    """Return a file to write, with the line breaks of its text."""
    return path.open("w", encoding="utf-8", newline="", errors="surrogatepass")


def line(cells: Iterable[Scalar]) -> str:
    """Return a line of CSV; no value is an empty cell, an empty text is quoted.

    >>> print(line(["市水务局", None, "", 'a "b', 17]), end="")
    "市水务局",,"","a ""b",17
    """
    return ",".join(map(_cell, cells)) + "\n"


def _cell(value: Scalar) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, int | float) else '"' + value.replace('"', '""') + '"'
