"""Rows as a table, JSON, CSV or Markdown.

JSON and CSV hold every column in full. Tables and Markdown are for reading: long texts are shortened, and columns
that only a program needs are left out.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

Rows = "Sequence[dict[str, object]]"

_FOR_PROGRAMS = {"start", "end", "organisation_id", "partner_id", "clause", "value_max"}
_TEXT_CHARS = 42
_PIPED_WIDTH = 160


def write(rows: Sequence[dict[str, object]], form: str) -> None:
    """Write rows to standard output in one of the forms."""
    if form == "json":
        click.echo(json.dumps(list(rows), ensure_ascii=False, indent=1))
    elif form == "csv":
        click.echo(_csv(rows), nl=False)
    elif form == "markdown":
        click.echo(_markdown(rows), nl=False)
    else:
        _table(rows)
    if not rows:
        click.echo("no rows: nothing in the graph answers this", err=True)


def console(*, stderr: bool = False) -> Console:
    """Return a console that neither cuts piped text nor colours it against NO_COLOR."""
    from rich.console import Console  # noqa: PLC0415 - only what is printed richly loads it

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else _PIPED_WIDTH
    return Console(stderr=stderr, width=width, highlight=False, markup=False)


def _csv(rows: Sequence[dict[str, object]]) -> str:
    out = io.StringIO()
    if rows:
        writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return out.getvalue()


def _readable(rows: Sequence[dict[str, object]]) -> tuple[list[str], list[list[str]]]:
    """Return the columns worth reading and the cells under them.

    A notice of several is told by its number, and by its title where one has none; a single one by the caption.
    """
    notice = _only_notice(rows) if "task" in rows[0] else None
    known = notice or all(not str(row["notice"]).startswith("n-") for row in rows if row.get("notice"))
    hidden = _FOR_PROGRAMS | ({"notice_title"} if "task" in rows[0] and known else set())
    columns = [name for name in rows[0] if name not in hidden and _tells(name, rows)]
    if notice is None:
        return columns, [[_cell(name, row[name]) for name in columns] for row in rows]
    columns = [name for name in columns if name != "notice"]
    return columns, [[_cell(name, row[name]).removeprefix(f"{notice}:") for name in columns] for row in rows]


def _tells(name: str, rows: Sequence[dict[str, object]]) -> bool:
    """Tell whether a column says anything: a basis is worth reading only where some is not stated."""
    return any(row[name] not in ((None, "stated") if name == "basis" else (None,)) for row in rows)


def _only_notice(rows: Sequence[dict[str, object]]) -> object:
    """Return the one notice that all rows are from, which then need not stand in each, or ``None``."""
    notices = {row.get("notice") for row in rows}
    return notices.pop() if len(notices) == 1 else None


def _caption(rows: Sequence[dict[str, object]]) -> str | None:
    notice = _only_notice(rows) if "task" in rows[0] else None
    title = rows[0].get("notice_title")
    return f"{notice} {title or ''}".strip() if notice else None


def _cell(name: str, value: object) -> str:
    text = "" if value is None else " ".join(str(value).split())
    return text[:_TEXT_CHARS] + "…" if name == "text" and len(text) > _TEXT_CHARS else text


def _markdown(rows: Sequence[dict[str, object]]) -> str:
    if not rows:
        return ""
    columns, cells = _readable(rows)
    lines = [columns, ["---"] * len(columns), *[[cell.replace("|", "\\|") for cell in row] for row in cells]]
    table = "".join(f"| {' | '.join(line)} |\n" for line in lines)
    return f"{table}\n{caption}\n" if (caption := _caption(rows)) else table


def _table(rows: Sequence[dict[str, object]]) -> None:
    if not rows:
        return
    from rich.table import Table  # noqa: PLC0415 - as above

    columns, cells = _readable(rows)
    table = Table(header_style="bold", pad_edge=False)
    for name in columns:
        numeric = all(isinstance(row[name], int) or row[name] is None for row in rows)
        table.add_column(name, overflow="fold", justify="right" if numeric else "left")
    for row in cells:
        table.add_row(*row)
    console().print(table)
    if caption := _caption(rows):
        console().print(caption, soft_wrap=True)
