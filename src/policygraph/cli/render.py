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

_FOR_PROGRAMS = {"start", "end", "notice_title", "organisation_id", "partner_id", "clause", "value_max"}
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
    """Return the columns worth reading and the cells under them."""
    columns = [name for name in rows[0] if name not in _FOR_PROGRAMS and any(row[name] is not None for row in rows)]
    notices = {row.get("notice") for row in rows}
    if len(notices) == 1 and len(columns) > 1 and "task" in columns:
        columns = [name for name in columns if name != "notice"]
    return columns, [[_cell(name, row[name]) for name in columns] for row in rows]


def _cell(name: str, value: object) -> str:
    text = "" if value is None else " ".join(str(value).split())
    return text[:_TEXT_CHARS] + "…" if name == "text" and len(text) > _TEXT_CHARS else text


def _markdown(rows: Sequence[dict[str, object]]) -> str:
    if not rows:
        return ""
    columns, cells = _readable(rows)
    lines = [columns, ["---"] * len(columns), *[[cell.replace("|", "\\|") for cell in row] for row in cells]]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


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
