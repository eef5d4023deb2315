"""What changed in a new notice against that of the year before, as the store's series have it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policygraph.store.contract import Store

Changes = dict[str, Any]


def changes(notice: str, store: Store) -> Changes | None:
    """Return the changes of a notice against the one that it follows; ``None`` if it follows none."""
    from policygraph.compare import compare, contract  # noqa: PLC0415 - most runs bring nothing new

    for row in store.ask("series"):
        if row["notice"] == notice and row["follows"]:
            old = store.notice(str(row["follows"]))
            found = contract.record(compare(old, store.notice(notice)))["changes"]
            return {"series": row["series"], "old": old.id, "old_title": old.elements.title, "changes": found}
    return None
