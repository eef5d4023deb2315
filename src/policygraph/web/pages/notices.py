"""The notices of the store, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.web.pages.home import newest
from policygraph.web.views import PAGE, Field, Shown, Table, View

if TYPE_CHECKING:
    from policygraph.store.contract import Row, Store
    from policygraph.web.views import Asked


def show(store: Store, asked: Asked) -> Shown:
    """Show the notices of a year, or those whose title or number holds a text."""
    year, text = asked.number("year"), asked.text("text") or ""
    rows = newest(store.ask("notices"))
    years = sorted({found for row in rows if (found := year_of(row))}, reverse=True)
    kept = [
        row
        for row in rows
        if (year is None or year_of(row) == year) and text in f"{row['notice']} {row['notice_title']}"
    ]
    return Shown("notices", (Table.paged("notices", kept, asked.page),), {"years": years}, "nav.notices")


def year_of(row: Row) -> int | None:
    """Return the year of a notice: its plan's, else that in which it was issued."""
    year = row["plan_year"] or str(row["issued_on"] or "")[:4]
    return int(str(year)) if year else None


VIEW = View(
    "notices", "/notices", "The notices of the store, newest first", show,
    (
        Field("year", "year", "only of this year: the plan's, else that of issue"),
        Field("text", "text", "only those whose title or number holds this text"),
        PAGE,
    ),
    ("notices",),
)  # fmt: skip
