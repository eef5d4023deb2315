"""The edges of a network as rows, for tables, CSV and programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policygraph.network.build import COUNTS
from policygraph.network.files import told

if TYPE_CHECKING:
    import networkx as nx

_ENDS = {"cooperation": ("organisation", "partner"), "leads": ("organisation", "led")}
_LISTS = ("years", "places", "task_ids", "notice_ids")


def edges(graph: nx.Graph) -> list[dict[str, Any]]:
    """Return a row for each edge, those that count most first; lists are words joined by ``; ``.

    All rows have the same columns; roles that an edge does not have are 0.
    """
    if graph.graph["kind"] == "citations":
        return [_citation(graph, one, other, own) for one, other, own in graph.edges(data=True)]
    first, second = _ENDS[graph.graph["kind"]]
    there = {name for _, _, own in graph.edges(data=True) for name in own}
    counts = [name for name in COUNTS if name in there]
    found: list[dict[str, Any]] = []
    for one, other, own in graph.edges(data=True):
        plain = told(own)
        row = {first: graph.nodes[one]["name"], second: graph.nodes[other]["name"], "weight": own["weight"]}
        row |= {name: own.get(name, 0) for name in counts} | {name: plain[name] for name in _LISTS if name in plain}
        found.append({**row, f"{first}_id": one, f"{second}_id": other})
    return sorted(found, key=lambda row: (-row["weight"], row[f"{first}_id"], row[f"{second}_id"]))


def _citation(graph: nx.Graph, one: str, other: str, own: dict[str, Any]) -> dict[str, Any]:
    names = {"notice": one, "cites": other, "cited_title": graph.nodes[other]["name"]}
    return {**names, "weight": own["weight"], "places": told(own)["places"]}
