"""Who works with whom, who leads whom, which notice cites which, as a network to look at.

Where nodes stand is computed here, near those they work with, so that a network of thousands is there at once; the
browser then only eases it. A node's community, or in a large network its place, gives its colour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast, get_args

from policygraph.models import Role
from policygraph.network import KINDS, communities, network
from policygraph.store import lookup
from policygraph.web.layout import arrange
from policygraph.web.pages.notices import year_of
from policygraph.web.rendering import address
from policygraph.web.views import Field, Shown, Table, View

if TYPE_CHECKING:
    import networkx as nx

    from policygraph.network import Kind
    from policygraph.store.contract import Row, Store
    from policygraph.web.views import Asked

_MOST_FOR_COMMUNITIES = 400
MOST_NODES = 3000
_SHOWN_ROWS = 60
_NODE = ("name", "jurisdiction", "sort", "tasks", "links", "community", "id", "x", "y", "address")
_EDGE = ("source_name", "target_name", "weight", "inherited", "source", "target")


def show(store: Store, asked: Asked) -> Shown:
    """Show a network, or what is around a body in it; the store is asked for all before anything is computed."""
    kind = cast("Kind", asked.text("kind") or "cooperation")
    role = cast("Role | None", asked.text("role") if kind != "citations" else None)
    years = sorted({year for row in store.ask("notices") if (year := year_of(row))})
    centre = lookup.organisations(asked.text("organisation") or "", store.run) if asked.text("organisation") else []
    graph = network(
        store, kind=kind, year=asked.number("year"), role=role, place=asked.text("place"), notice=asked.text("notice")
    )
    graph = _around(graph, centre) if centre else graph
    graph = _weighty(graph, asked.number("least") or 1)
    left_out = max(0, len(graph) - MOST_NODES)
    graph = _largest(graph) if left_out else graph
    groups = _groups(graph)
    places = arrange(groups, {node: graph.degree(node, weight="weight") for node in graph})
    number = {node: index for index, group in enumerate(groups, 1) for node in group}
    nodes = [_node(graph, node, number[node], places[node]) for node in graph]
    nodes.sort(key=lambda row: (-int(str(row["links"])), str(row["id"])))
    edges = [_edge(graph, one, other, own) for one, other, own in graph.edges(data=True)]
    jurisdictions = sorted({str(own["jurisdiction"]) for _, own in graph.nodes(data=True) if own.get("jurisdiction")})
    context = {
        "kind": kind, "years": years, "places": jurisdictions, "centre": centre, "left_out": left_out,
        "top": nodes[:_SHOWN_ROWS], "heaviest": sorted(edges, key=lambda row: -int(str(row["weight"])))[:_SHOWN_ROWS],
    }  # fmt: skip
    return Shown("graph", (Table.of("nodes", nodes, _NODE), Table.of("edges", edges, _EDGE)), context, "nav.graph")


def _around(graph: nx.Graph, centre: list[str]) -> nx.Graph:
    """Return a body with those it is joined to and what joins these."""
    near = {one for body in centre if body in graph for one in (body, *graph.neighbors(body))}
    if graph.is_directed():
        near |= {one for body in centre if body in graph for one in graph.predecessors(body)}
    return graph.subgraph(sorted(near)).copy()


def _weighty(graph: nx.Graph, least: int) -> nx.Graph:
    """Return the network without edges below a weight, and without nodes that have none."""
    if least > 1:
        kept = [(one, other) for one, other, own in graph.edges(data=True) if own["weight"] >= least]
        return graph.edge_subgraph(kept).copy()
    return graph.subgraph([node for node in graph if graph.degree(node)]).copy()


def _largest(graph: nx.Graph) -> nx.Graph:
    """Return the network of the nodes with most links."""
    return graph.subgraph(sorted(graph, key=lambda node: (-graph.degree(node), str(node)))[:MOST_NODES]).copy()


def _groups(graph: nx.Graph) -> list[list[str]]:
    """Return the nodes in groups, the largest first: communities, in a large or directed network places."""
    if not graph.is_directed() and 0 < len(graph) <= _MOST_FOR_COMMUNITIES:
        return communities(graph)
    found: dict[str, list[str]] = {}
    for node, own in graph.nodes(data=True):
        found.setdefault(str(own.get("jurisdiction") or ""), []).append(node)
    return sorted((sorted(one) for one in found.values()), key=lambda one: (-len(one), one))


def _node(graph: nx.Graph, node: str, group: int, place: tuple[float, float]) -> Row:
    own: dict[str, Any] = graph.nodes[node]
    is_notice = "tasks" not in own
    known = own.get("type") in (None, "Notice")
    return {
        "name": own["name"], "jurisdiction": own.get("jurisdiction"), "sort": own.get("sort") or own.get("type"),
        "tasks": own.get("tasks"), "links": graph.degree(node), "community": group, "id": node,
        "x": round(place[0], 1), "y": round(place[1], 1),
        "address": address("/notices" if is_notice else "/organisations", node) if known else None,
    }  # fmt: skip


def _edge(graph: nx.Graph, one: str, other: str, own: dict[str, Any]) -> Row:
    return {
        "source_name": graph.nodes[one]["name"], "target_name": graph.nodes[other]["name"],
        "weight": own["weight"], "inherited": own.get("inherited"), "source": one, "target": other,
    }  # fmt: skip


VIEW = View(
    "graph", "/graph", "Networks of cooperation, of who leads whom, and of citations", show,
    (
        Field("kind", "choice", "which network", KINDS),
        Field("year", "year", "only tasks of the plans of this year"),
        Field("role", "choice", "only duties in this role", get_args(Role)),
        Field("place", "text", "only bodies of this place and of those below it"),
        Field("notice", "id", "only what this notice says"),
        Field("organisation", "text", "only what is around this body, by its id or any of its names"),
        Field("least", "number", "only links that count at least so many tasks"),
    ),
    ("nodes", "edges"),
)  # fmt: skip
