"""Departments by tasks, or by clauses, of one notice: who has which role where.

The grid holds the roles of each body in each column, as the page shows them; ``cells`` are the same one by one, with
the characters that say so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from policygraph.models import Role
from policygraph.web.pages.home import newest
from policygraph.web.views import PAGE, Field, Shown, Table, View

if TYPE_CHECKING:
    from collections.abc import Callable

    from policygraph.store.contract import Row, Store
    from policygraph.web.views import Asked

ROLES: tuple[str, ...] = get_args(Role)
_SORTS = ("tasks", "name", "lead", "text")
_SIZE = 80
_CELL = ("organisation", "role", "basis", "task", "clause", "title", "notice", "start", "end", "organisation_id")


def show(store: Store, asked: Asked) -> Shown:
    """Show the matrix of a notice, the newest without one."""
    notices = newest(store.ask("notices"))
    chosen = asked.text("notice") or next((str(row["notice"]) for row in notices), None)
    rows = store.ask("assignments", notice=chosen) if chosen else []
    cells = [row for row in rows if row["organisation_id"] is not None and _wanted(row, asked)]
    by = "clause" if asked.text("by") == "clauses" else "task"
    columns = list({str(row[by]): row for row in cells}.values())
    columns.sort(key=lambda row: (int(str(row["passage_start"])), str(row[by])))
    grid = _grid(cells, columns, by)
    grid.sort(key=_order(asked.text("sort") or "tasks", cells))
    names = ("organisation", "organisation_id", *(str(row[by]) for row in columns))
    table = Table.paged("grid", grid, asked.page, names, _SIZE)
    known = {str(row["organisation_id"]) for row in table.rows}
    kept = [{key: row[key] for key in _CELL} for row in cells if str(row["organisation_id"]) in known]
    first = {(str(row["organisation_id"]), str(row[by])): row for row in reversed(kept)}
    identifier = str(rows[0]["notice"]) if rows else chosen
    heads = [
        {"key": str(row[by]), **{key: row[key] for key in ("clause", "title", "task", "notice")}} for row in columns
    ]
    context = {"notices": notices, "identifier": identifier, "heads": _placed(heads, store, identifier), "first": first}
    return Shown("matrix", (table, Table.of("cells", kept, _CELL)), context, "nav.matrix")


def _wanted(row: Row, asked: Asked) -> bool:
    role, name = asked.text("role"), asked.text("organisation")
    return (role is None or role in roles(row)) and (name is None or name in str(row["organisation"]))


def roles(row: Row) -> list[str]:
    """Return the roles that a cell holds."""
    return str(row["role"] or "").split("; ")


def _grid(cells: list[Row], columns: list[Row], by: str) -> list[Row]:
    """Return a row for each body with its roles in each column, in the order in which bodies come in the text."""
    keys = [str(row[by]) for row in columns]
    grid: dict[str, Row] = {}
    for cell in cells:
        own = str(cell["organisation_id"])
        line = grid.setdefault(
            own, {"organisation": cell["organisation"], "organisation_id": own, **dict.fromkeys(keys)}
        )
        here = str(line[str(cell[by])] or "").split("; ") + roles(cell)
        line[str(cell[by])] = "; ".join(one for one in ROLES if one in here)
    return list(grid.values())


def _order(sort: str, cells: list[Row]) -> Callable[[Row], tuple[int, str]]:
    """Return what orders the bodies: by how many tasks they have or lead, by name, or as they come in the text."""
    counts: dict[str, int] = {}
    for cell in cells:
        if sort != "lead" or "lead" in roles(cell):
            own = str(cell["organisation_id"])
            counts[own] = counts.get(own, 0) + 1
    if sort == "text":
        return lambda _: (0, "")
    if sort == "name":
        return lambda row: (0, str(row["organisation"]))
    return lambda row: (-counts.get(str(row["organisation_id"]), 0), str(row["organisation"]))


def _placed(heads: list[Row], store: Store, notice: str | None) -> list[Row]:
    """Return the heads of columns with the place of their clause in the text."""
    outline = store.ask("outline", notice=notice) if heads else []
    starts = {row["clause"]: row["start"] for row in outline}
    return [{**head, "at": starts.get(head["clause"])} for head in heads]


VIEW = View(
    "matrix", "/matrix", "Departments by tasks or clauses of a notice, with the role of each", show,
    (
        Field("notice", "id", "the notice, by its id or an end of it; the newest if not given"),
        Field("by", "choice", "what the columns are", ("tasks", "clauses")),
        Field("role", "choice", "only cells with this role", ROLES),
        Field("organisation", "text", "only bodies whose name holds this text"),
        Field("sort", "choice", "the order of the bodies", _SORTS),
        PAGE,
    ),
    ("grid", "cells"),
)  # fmt: skip
