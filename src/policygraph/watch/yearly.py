"""What changed in a new notice against that of the year before.

The year before is the latest earlier notice of the store that :mod:`policygraph.compare` takes for the same series.
Only notices whose titles are alike are read for it; each from its file, where that is still there, else from the text
that the store keeps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policygraph import pipeline
from policygraph.errors import PolicygraphError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from policygraph.models import Notice
    from policygraph.store.contract import Row, Store

_CANDIDATES = 5
_ALIKE = 0.6

Changes = dict[str, Any]


def changes(row: Row, store: Store, find: Callable[[str], Path]) -> Changes | None:
    """Return the changes of a notice, given as its row of ``ask notices``; ``find`` tells the file of a source.

    ``None`` if there is no earlier notice of its series.
    """
    from policygraph.compare import compare, contract, series  # noqa: PLC0415 - most runs bring nothing new

    earlier = _candidates(row, store.ask("notices"))
    if not earlier or (new := _notice(row, store, find)) is None:
        return None
    for one in earlier:
        old = _notice(one, store, find)
        if old is not None and series.judge(old, new).relation == "same series":
            found = contract.record(compare(old, new))["changes"]
            return {"old": old.id, "old_title": one["notice_title"], "changes": found}
    return None


def _candidates(row: Row, rows: list[Row]) -> list[Row]:
    """Return the earlier notices whose titles are alike, latest first."""
    from policygraph.compare import series, similarity  # noqa: PLC0415 - most runs bring nothing new

    names = {str(one["notice"]): series.title(str(one["notice_title"] or "")) for one in [row, *rows]}
    name = names[str(row["notice"])]
    found = [
        one
        for one in rows
        if name and _when(one) < _when(row) and similarity.dice(names[str(one["notice"])], name) >= _ALIKE
    ]
    return sorted(found, key=_when, reverse=True)[:_CANDIDATES]


def _when(row: Row) -> tuple[int, str, str]:
    issued = str(row["issued_on"] or "")
    year = row["plan_year"] or issued[:4] or 0
    return int(str(year)), issued, str(row["notice"])


def _notice(row: Row, store: Store, find: Callable[[str], Path]) -> Notice | None:
    """Return a notice of the store as it was read."""
    name, identifier = str(row["path"]), str(row["notice"])
    for data in (_bytes(find(name)), str(store.text_of(identifier)["text"]).encode()):
        try:
            notices = pipeline.parse(data, name=name.partition("#")[0], failed=lambda _: None) if data else []
        except PolicygraphError:
            continue
        for one in notices:
            if one.id == identifier:
                return one
    return None


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
