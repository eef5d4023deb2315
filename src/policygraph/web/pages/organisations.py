"""The bodies of the store, those with most tasks first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.web.views import PAGE, Field, Shown, Table, View

if TYPE_CHECKING:
    from policygraph.store.contract import Store
    from policygraph.web.views import Asked


def show(store: Store, asked: Asked) -> Shown:
    """Show the bodies of a place, or those one of whose names holds a text."""
    place = asked.text("place")
    rows = store.ask("organisations", text=asked.text("text"))
    places = sorted({str(row["jurisdiction"]) for row in rows if row["jurisdiction"]})
    kept = [row for row in rows if place is None or row["jurisdiction"] == place]
    table = Table.paged("organisations", kept, asked.page)
    return Shown("organisations", (table,), {"places": places}, "nav.organisations")


VIEW = View(
    "organisations", "/organisations", "The bodies of the store, those with most tasks first", show,
    (
        Field("text", "text", "only bodies one of whose names holds this text"),
        Field("place", "text", "only bodies of this place, by its name"),
        PAGE,
    ),
    ("organisations",),
)  # fmt: skip
