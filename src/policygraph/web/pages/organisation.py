"""A body: its names, what it followed, what it leads and supports, by year, its partners and its calendar.

A name that several bodies bear (市水务局) gives a choice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policygraph.store.explain import explain
from policygraph.web.views import PAGE, Field, Shown, Table, View

if TYPE_CHECKING:
    from policygraph.store.contract import Row, Store
    from policygraph.web.views import Asked

_NAME = ("name", "form", "rule", "notice", "notice_title", "task", "surface", "start", "end")
_MOST_PARTNERS = 40


def show(store: Store, asked: Asked) -> Shown:
    """Show a body by its id or any of its names."""
    bodies = explain(asked.what, store)
    choice = [{key: one[key] for key in ("organisation", "jurisdiction", "sort", "organisation_id")} for one in bodies]
    if len(bodies) != 1:
        empty = tuple(Table.of(name, []) for name in VIEW.tables if name != "bodies")
        return Shown(asked.what, (*empty, Table.of("bodies", choice)), {"body": None})
    (body,) = bodies
    own = str(body["organisation_id"])
    duties = store.ask("duties", organisation=own, with_predecessors=asked.values.get("with_predecessors"))
    tables = (
        Table.paged("duties", duties, asked.page),
        Table.of("load", store.ask("load", organisation=own)),
        Table.of("partners", store.ask("partners", organisation=own)[:_MOST_PARTNERS]),
        Table.of("calendar", store.ask("due", organisation=own)),
        Table.of("targets", store.ask("targets", organisation=own)),
        Table.of("names", _names(body), _NAME),
        Table.of("history", [_flat(one) for one in body["history"]]),
        Table.of("belongs", body["belongs"]),
        Table.of("bodies", choice),
    )
    return Shown(str(body["organisation"]), tables, {"body": body, "by_role": _by_role(duties)})


def _names(body: dict[str, Any]) -> list[Row]:
    return [
        {**{key: one[key] for key in _NAME[:3]}, **{key: place[key] for key in _NAME[3:]}}
        for one in body["names"]
        for place in one["places"]
    ]


def _flat(step: dict[str, Any]) -> Row:
    source = step["source"] or {}
    return {key: value for key, value in step.items() if key != "source"} | {
        "source_title": source.get("title"),
        "source_date": source.get("date"),
    }


def _by_role(duties: list[Row]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for row in duties:
        for role in str(row["role"]).split("; "):
            counted[role] = counted.get(role, 0) + 1
    return counted


VIEW = View(
    "organisation", "/organisations/{what}", "A body: names, history, duties, partners, calendar", show,
    (Field("with_predecessors", "flag", "also the tasks of bodies that it followed"), PAGE),
    ("duties", "load", "partners", "calendar", "targets", "names", "history", "belongs", "bodies"),
)  # fmt: skip
