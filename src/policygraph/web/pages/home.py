"""What is in the store: how much, the newest notices, and doubts that are open."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from policygraph.web.views import Shown, Table, View

if TYPE_CHECKING:
    from policygraph.store.contract import Row, Store
    from policygraph.web.views import Asked

_RECENT = 8
_DOUBTS = 6


def show(store: Store, asked: Asked) -> Shown:  # noqa: ARG001 - a page's signature
    """Show the store."""
    notices = newest(store.ask("notices"))
    doubts = store.ask("unresolved")
    bodies = [row for row in store.ask("organisations") if row["tasks"]]
    counts = asdict(store.summary()) | {"organisations": len(bodies)}
    return Shown(
        "policygraph",
        (
            Table.of("notices", notices[:_RECENT]),
            Table.of("doubts", doubts[:_DOUBTS]),
            Table.of("organisations", bodies[:_RECENT]),
            Table.of("counts", [counts]),
        ),
        {"counts": counts, "all_notices": len(notices), "all_doubts": len(doubts)},
    )


def newest(rows: list[Row]) -> list[Row]:
    """Return notices by the day they were issued, else their plan's year, the newest first."""
    return sorted(
        rows, key=lambda row: (str(row["issued_on"] or row["plan_year"] or ""), str(row["notice"])), reverse=True
    )


VIEW = View(
    "home", "/", "What is in the store, the newest notices and open doubts", show,
    tables=("notices", "doubts", "organisations", "counts"),
)  # fmt: skip
