"""The values of an indicator over the years, each place a line; without one, the indicators that several years set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.web.chart import Chart, Point, chart
from policygraph.web.pages.notices import year_of
from policygraph.web.views import PAGE, Field, Shown, Table, View

if TYPE_CHECKING:
    from policygraph.store.contract import Row, Store
    from policygraph.web.views import Asked

_INDICATOR = ("indicator", "years", "notices", "place")


def show(store: Store, asked: Asked) -> Shown:
    """Show the values of indicators whose name holds a text, of a place or of a body's tasks."""
    text, place = asked.text("text"), asked.text("place")
    if text is None:
        found = Table.paged("indicators", _indicators(store, place), asked.page, _INDICATOR)
        return Shown("trend", (Table.of("values", []), found), {"charts": [], "text": ""}, "nav.trend")
    rows = store.ask("trend", text=text, organisation=asked.text("organisation"))
    rows = [row for row in rows if place in (None, row["place"])]
    table = Table.paged("values", rows, asked.page)
    charts = _charts(list(table.rows))
    return Shown(text, (table, Table.of("indicators", [], _INDICATOR)), {"charts": charts, "text": text}, "nav.trend")


def _indicators(store: Store, place: str | None) -> list[Row]:
    """Return the indicators of each place, those of most years first."""
    notices = {row["notice"]: row for row in store.ask("notices")}
    places = {row["notice"]: row["place"] for row in store.ask("series")}
    found: dict[tuple[str, str], set[object]] = {}
    for row in store.ask("targets"):
        here = places.get(row["notice"])
        if place in (None, here):
            found.setdefault((str(row["indicator"]), str(here or "")), set()).add(row["notice"])
    rows: list[Row] = []
    for (indicator, here), own in found.items():
        years = sorted({year for one in own if (year := year_of(notices[one]))})
        rows.append(
            {"indicator": indicator, "years": "; ".join(map(str, years)), "notices": len(own), "place": here or None}
        )
    return sorted(rows, key=lambda row: (-int(str(row["notices"])), str(row["place"] or ""), str(row["indicator"])))


def _charts(rows: list[Row]) -> list[Chart]:
    """Return a chart for each place, indicator and unit that has a value in some year.

    Values are drawn as written where all have one unit, else in the unit that they share.
    """
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        if row["year"] is not None:
            shared = str(row["base_unit"] or row["unit"] or "")
            groups.setdefault((str(row["place"] or ""), str(row["indicator"]), shared), []).append(row)
    charts = []
    for (place, indicator, shared), own in groups.items():
        units = {str(row["unit"] or "") for row in own}
        as_written = len(units) == 1
        points = [_point(row, "value" if as_written or row["base_value"] is None else "base_value") for row in own]
        charts.append(chart(place, indicator, units.pop() if as_written else shared, points))
    return charts


def _point(row: Row, value: str) -> Point:
    said = f"{row['comparator']}{row['value']}{row['unit'] or ''}"
    return Point(int(str(row["year"])), float(str(row[value])), said, row)


VIEW = View(
    "trend", "/trend", "The values of an indicator over the years", show,
    (
        Field("text", "text", "words that the indicator's name holds"),
        Field("place", "text", "only of this place"),
        Field("organisation", "text", "only targets of tasks of this body"),
        PAGE,
    ),
    ("values", "indicators"),
)  # fmt: skip
