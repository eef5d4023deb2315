"""Rows as a table, JSON, CSV, CSV for Excel or Markdown.

JSON and CSV hold every column. Tables and Markdown are for reading: columns that only a program needs are left out, and
long texts are shortened. A cell of CSV is one line.
"""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

_FOR_PROGRAMS = {
    "start", "end", "organisation_id", "partner_id", "predecessor_id", "successor_id", "other_id", "clause",
    "value_max", "sort", "other_start", "other_end", "other_value_max", "led_id", "cites_id", "task_ids", "notice_ids",
    "places", "clause_id", "statement_start", "statement_end", "passage_start", "passage_end", "old_start", "old_end",
    "old_notice_title", "old_notice", "series_id", "base_value", "base_unit",
}  # fmt: skip
_USUAL = {"basis": "stated", "due_from": "words"}
_LONG, _LONG_CHARS = "text", 40
_MARK = "\ufeff"  # Excel takes a file of CSV for GBK without it
_FORMULA = re.compile(r"\s*[=+\-@](?![\d.,]+$)")
_LINE_BREAKS = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")


def write(
    rows: Sequence[dict[str, object]], form: str, *, otherwise: str = "nothing in the graph answers this"
) -> None:
    """Write rows to standard output in one of the forms; if there are none, say ``otherwise`` on standard error."""
    if form == "table":
        _table(rows)
    else:
        click.echo(text(rows, form), nl=False)
    if not rows:
        click.echo(f"no rows: {otherwise}", err=True)


def text(rows: Sequence[dict[str, object]], form: str) -> str:
    """Return rows as ``json``, ``csv``, ``excel`` (CSV as Excel reads it) or ``markdown``."""
    if form == "json":
        return json.dumps(list(rows), ensure_ascii=False, indent=1) + "\n"
    if form == "excel":
        return _MARK + _csv([{name: _no_formula(value) for name, value in row.items()} for row in rows], "\r\n")
    return _csv(rows) if form == "csv" else _markdown(rows)


def _csv(rows: Sequence[dict[str, object]], end: str = "\n") -> str:
    out = io.StringIO()
    if rows:
        writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator=end)
        writer.writeheader()
        writer.writerows({name: _line(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def _no_formula(value: object) -> object:
    """Return a cell that a spreadsheet takes for words: an apostrophe stands before what would begin a formula."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def _line(value: object) -> object:
    """Return a cell as one line without the spaces that a layout puts before and after."""
    return _LINE_BREAKS.sub(" ", value).strip() if isinstance(value, str) else value


def _readable(rows: Sequence[dict[str, object]]) -> list[dict[str, str]]:
    """Return the columns worth reading with their cells.

    A notice of several is told by the ids of its tasks, and by its title where it has no number. A single one, and the
    one task that ``task`` is asked for, stand in the caption.
    """
    tasks = _tasks(rows)
    notice = _only_notice(rows)
    hidden = set(_FOR_PROGRAMS)
    if tasks and (notice or all(not str(row.get("notice")).startswith("n-") for row in rows)):
        hidden.add("notice_title")
    if tasks and (notice or all(row[tasks] for row in rows)):
        hidden.add("notice")
    if _of_one_task(rows):
        hidden.add("task")
    columns = [name for name in rows[0] if name not in hidden and _tells(name, rows)]
    prefix = f"{notice}:" if notice else ""
    return [{name: _cell(row[name]).removeprefix(prefix) for name in columns} for row in rows]


def _tasks(rows: Sequence[dict[str, object]]) -> str | None:
    """Return the column that holds the ids of tasks, or ``None``."""
    return next((name for name in ("task", "first_task") if name in rows[0]), None)


def _tells(name: str, rows: Sequence[dict[str, object]]) -> bool:
    """Tell whether a column says anything: a basis, or where a due date stands, only where some is not the usual."""
    return any(row[name] not in (None, _USUAL.get(name)) for row in rows)


def _only_notice(rows: Sequence[dict[str, object]]) -> str | None:
    """Return the one notice that all tasks are from, which then need not stand in each row, or ``None``."""
    tasks = _tasks(rows)
    if tasks is None:
        return None
    notices = {str(row.get("notice") or str(row[tasks] or "").partition(":")[0]) for row in rows}
    return notices.pop() or None if len(notices) == 1 else None


def _caption(rows: Sequence[dict[str, object]]) -> str | None:
    known = rows[0]["task"] if _of_one_task(rows) else _only_notice(rows)
    return f"{known} {rows[0].get('notice_title') or ''}".strip() if known else None


def _of_one_task(rows: Sequence[dict[str, object]]) -> bool:
    """Tell whether each row is something found in the one task that was asked for."""
    return "what" in rows[0] and len({row["task"] for row in rows}) == 1


def _cell(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())


def _markdown(rows: Sequence[dict[str, object]]) -> str:
    if not rows:
        return ""
    readable = _readable(rows)
    cells = [[cell.replace("|", "\\|") for cell in row.values()] for row in readable]
    lines = [list(readable[0]), ["---"] * len(readable[0]), *cells]
    table = "".join(f"| {' | '.join(line)} |\n" for line in lines)
    return f"{table}\n{caption}\n" if (caption := _caption(rows)) else table


def _start(text: str) -> str:
    """Return a text that is long by its beginning."""
    return text if len(text) <= _LONG_CHARS else text[: _LONG_CHARS - 1] + "…"


def _table(rows: Sequence[dict[str, object]]) -> None:
    if not rows:
        return
    from policygraph.cli.console import console, on_terminal  # noqa: PLC0415 - only what is printed richly loads rich
    from policygraph.cli.table import draw, fit, width_of  # noqa: PLC0415

    readable = _readable(rows)
    columns = list(readable[0])
    terminal = on_terminal()
    cut = not terminal and any(len(row.get(_LONG, "")) > _LONG_CHARS for row in readable)
    if cut:
        readable = [row | {_LONG: _start(row[_LONG])} for row in readable]
    widths = fit(columns, [list(row.values()) for row in readable], console().width if terminal else None)
    numeric = frozenset(name for name in columns if all(isinstance(row[name], int | None) for row in rows))
    wide = console(width=None if terminal else width_of(len(widths), widths.values()))
    wide.print(draw(widths, readable, numeric, elide=terminal))
    if caption := _caption(rows):
        wide.print(caption, soft_wrap=True)
    if cut:
        wide.print(f"each {_LONG} is cut at {_LONG_CHARS} characters; --format csv holds all", soft_wrap=True)
    if missing := [name for name in columns if name not in widths]:
        wide.print(f"not shown for want of width: {', '.join(missing)}; --format csv shows all", soft_wrap=True)
