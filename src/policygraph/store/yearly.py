"""The plans of a series out of a store, to be compared: ``policygraph compare --series 生态环境保护重点工作``."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from policygraph.errors import UnknownId
from policygraph.store.called import key

if TYPE_CHECKING:
    from policygraph.store.contract import Row, Store

_MOST = 12


def pairs(store: Store, name: str) -> list[tuple[str, str]]:
    """Return each notice of a series, by id, with the one it follows before it, in the order of the years.

    ``name`` is words of the series' name with its place (安和市生态环境保护重点工作实施方案), or the id, or an end of
    it, of one of its notices.

    Raises:
        UnknownId: the store has no such series, or several.

    """
    rows = store.ask("series")
    series = {str(one): list(own) for one, own in groupby(rows, lambda row: row["series_id"])}
    whole = [own for own in series.values() if key(name) in _names(own)]
    found = whole if len(whole) == 1 else [own for own in series.values() if _holds(own, key(name))]
    if len(found) != 1:
        near = (found or list(series.values()))[:_MOST]
        listed = "; ".join(f"{_named(own)} ({_years(own)})" for own in near)
        what = "several series are called so" if found else "no series of this name in the store"
        raise UnknownId(name, what, f"there are {listed}" if listed else "it holds no two plans of one series")
    return [(str(row["follows"]), str(row["notice"])) for row in found[0] if row["follows"]]


def _names(own: list[Row]) -> set[str]:
    first = own[0]
    return {
        key(str(one)) for one in (first["series"], _named(own), first["series_id"], *(row["notice"] for row in own))
    }


def _holds(own: list[Row], wanted: str) -> bool:
    return wanted in key(_named(own)) or any(key(str(row["notice"])).endswith(wanted) for row in own)


def _named(own: list[Row]) -> str:
    return f"{own[0]['place'] or ''}{own[0]['series']}"


def _years(own: list[Row]) -> str:
    return ", ".join(str(row["year"] or row["notice"]) for row in own)
