"""What is due when, month by month, and what comes again and again."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from policygraph.web.views import PAGE, Field, Shown, Table, View

if TYPE_CHECKING:
    from policygraph.store.contract import Row, Store
    from policygraph.web.views import Asked

_COLUMNS = (
    "due", "what", "title", "words", "by", "task", "notice", "notice_title", "start", "end",
)  # fmt: skip
_MONTH_CHARS = len("2018-12")


def show(store: Store, asked: Asked) -> Shown:
    """Show what is due in a year, of a body or a notice; all years without one."""
    given = {"organisation": asked.text("organisation"), "notice": asked.text("notice")}
    rows = [_row("task", row, row["title"] or row["text"]) for row in store.ask("due", **given)]
    rows += [
        _row("target", row, f"{row['indicator']} {row['comparator']}{row['value']}{row['unit'] or ''}")
        for row in store.ask("targets", **given)
        if row["due"]
    ]
    rows.sort(key=lambda row: (str(row["due"]), str(row["notice"]), int(str(row["start"])), str(row["what"])))
    years = sorted({str(row["due"])[:4] for row in rows})
    year, what = asked.number("year"), asked.text("what")
    kept = [row for row in rows if what in (None, row["what"]) and (year is None or str(row["due"])[:4] == str(year))]
    table = Table.paged("due", kept, asked.page, _COLUMNS)
    months = [(month, list(own)) for month, own in groupby(table.rows, key=_month)]
    counted = [{"month": month, "due": len(list(own))} for month, own in groupby(kept, key=_month)]
    again = store.ask("times", kind="every", **given)
    tables = (table, Table.of("months", counted, ("month", "due")), Table.of("recurring", again))
    most = max((int(str(row["due"])) for row in counted), default=1)
    return Shown("calendar", tables, {"years": years, "months": months, "most": most}, "nav.calendar")


def _row(what: str, row: Row, title: object) -> Row:
    return {**{key: row.get(key) for key in _COLUMNS}, "what": what, "title": " ".join(str(title).split())}


def _month(row: Row) -> str:
    return str(row["due"])[:_MONTH_CHARS]


VIEW = View(
    "calendar", "/calendar", "What is due when, and what comes again", show,
    (
        Field("year", "year", "only what is due in this year"),
        Field("organisation", "text", "only what this body has a part in, by its id or any of its names"),
        Field("notice", "id", "only from this notice"),
        Field("what", "choice", "only deadlines of tasks, or only targets", ("task", "target")),
        PAGE,
    ),
    ("due", "months", "recurring"),
)  # fmt: skip
