"""All that is known of how names became a body: ``policygraph explain 佳木斯市生态环境局``.

Nothing here is known that questions do not answer (``names``, ``belongs``, ``history``); it is put together body by
body, and what a succession rests on is told by its source's title, date and address.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policygraph.store.contract import Row, Store

_OWN = ("organisation_id", "organisation", "sort", "kind", "place", "jurisdiction")
_NAME = ("name", "form", "rule")
_PLACE = ("notice", "notice_title", "task", "surface", "start", "end")
_TIE = ("tie", "other", "basis", "notices", "first_notice", "other_id")
_SUCCESSION = (
    "direction", "predecessor", "change", "successor", "on", "grade", "evidence", "shown_in", "shown_on", "shown_as",
    "duties", "predecessor_id", "successor_id",
)  # fmt: skip


def explain(organisation: str, store: Store | str | Path) -> list[dict[str, Any]]:
    """Return, for each body that bears a name, who it is and why, as plain values in the order of ids.

    ``names`` holds each name with its ``form``, the ``rule`` by which it means the body and the ``places`` where it is
    written; ``belongs`` what it is in and what is in it; ``history`` what it followed and what followed it, with the
    ``source`` of each change.

    Raises:
        UnknownOrganisation: nobody in the graph bears the name.
        StoreError: the store cannot be opened.

    """
    if isinstance(store, str | Path):
        from policygraph.store import open_store  # noqa: PLC0415 - it opens a store only where none is given

        with open_store(store, create=False) as opened:
            return explain(organisation, opened)
    names, belongs, history = (
        _by_body(store.ask(question, organisation=organisation)) for question in ("names", "belongs", "history")
    )
    return [
        {
            **_part(rows[0], _OWN),
            "names": _names(rows),
            "belongs": [_part(row, _TIE) for row in belongs.get(body, ())],
            "history": [
                {**_part(row, _SUCCESSION), "source": _sources().get(str(row["evidence"]))}
                for row in history.get(body, ())
            ],
        }
        for body, rows in names.items()
    ]


def _by_body(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(str(row["organisation_id"]), []).append(row)
    return found


def _names(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Return each name once for each rule, with the places where it is written; none for a body that nobody names."""
    found: dict[tuple[object, ...], list[dict[str, Any]]] = {}
    for row in rows:
        if row["name"] is not None:
            found.setdefault(tuple(row[key] for key in _NAME), []).append(_part(row, _PLACE))
    return [{**dict(zip(_NAME, key, strict=True)), "places": places} for key, places in found.items()]


def _part(row: Row, keys: Sequence[str]) -> dict[str, Any]:
    return {key: row[key] for key in keys}


@cache
def _sources() -> Mapping[str, dict[str, str]]:
    """Return title, date, grade and address of each source of the registry, by its id."""
    listed = tomllib.loads(files("policygraph.data").joinpath("organisations/sources.toml").read_text("utf-8"))
    return {one["id"]: {key: str(value) for key, value in one.items() if key != "id"} for one in listed["source"]}
