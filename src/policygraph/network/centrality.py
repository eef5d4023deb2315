"""Who stands in the middle of a network of cooperation, and which bodies work closely together.

The same graph gives the same numbers on every machine: nodes are counted in the order of their ids, what is sampled is
sampled with a seed, and communities are found by greedy modularity (Clauset, Newman and Moore 2004), which draws
nothing by lot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policygraph.errors import BadParameter

if TYPE_CHECKING:
    import networkx as nx

_MOST_EXACT = 500
_DIGITS = 6


def measures(graph: nx.Graph) -> list[dict[str, Any]]:
    """Return a row for each body of a network of cooperation, those with most partners first.

    ``partners`` are the bodies that it shares tasks with, ``shared`` sums the tasks over them. ``betweenness`` (0 to 1)
    is the share of shortest ways between two others that lead over it; beyond 500 bodies it is estimated from 500 of
    them. ``community`` is the number of its community, 1 for the largest.

    Raises:
        BadParameter: the network is a directed one.

    """
    import networkx as nx  # noqa: PLC0415 - heavy

    _check(graph)
    counted, ids = _counted(graph)
    sample = _MOST_EXACT if len(ids) > _MOST_EXACT else None
    between = nx.betweenness_centrality(counted, k=sample, seed=0)
    numbers = {body: number for number, members in enumerate(communities(graph), 1) for body in members}
    found = [
        {
            "organisation": graph.nodes[body]["name"],
            "partners": counted.degree(index),
            "shared": counted.degree(index, weight="weight"),
            "betweenness": round(between[index], _DIGITS),
            "community": numbers[body],
            "organisation_id": body,
        }
        for index, body in enumerate(ids)
    ]
    return sorted(found, key=lambda row: (-row["partners"], -row["shared"], row["organisation_id"]))


def communities(graph: nx.Graph) -> list[list[str]]:
    """Return the communities of a network of cooperation, the largest first, each as ids in order.

    A body that works with nobody is a community of its own.

    Raises:
        BadParameter: the network is a directed one.

    """
    import networkx as nx  # noqa: PLC0415 - heavy

    _check(graph)
    counted, ids = _counted(graph)
    if counted.number_of_edges():
        found = nx.community.greedy_modularity_communities(counted, weight="weight")
    else:
        found = [{index} for index in counted]
    return sorted(([ids[index] for index in sorted(one)] for one in found), key=lambda one: (-len(one), one[0]))


def modularity(graph: nx.Graph) -> float | None:
    """Return how much denser the communities are within than between (-0.5 to 1), ``None`` without an edge."""
    import networkx as nx  # noqa: PLC0415 - heavy

    if not graph.number_of_edges():
        return None
    counted, ids = _counted(graph)
    index = {body: number for number, body in enumerate(ids)}
    parts = [{index[body] for body in one} for one in communities(graph)]
    return round(float(nx.community.modularity(counted, parts, weight="weight")), _DIGITS)


def _check(graph: nx.Graph) -> None:
    if graph.is_directed():
        raise BadParameter("network", "only a network of cooperation is measured", "give kind cooperation")


def _counted(graph: nx.Graph) -> tuple[nx.Graph, list[str]]:
    """Return a graph of numbers in the order of the ids, and the ids: sets of strings have no order to rely on."""
    import networkx as nx  # noqa: PLC0415 - heavy

    ids = sorted(graph)
    number = {body: index for index, body in enumerate(ids)}
    counted = nx.Graph()
    counted.add_nodes_from(range(len(ids)))
    edges = sorted((*sorted((number[a], number[b])), weight) for a, b, weight in graph.edges(data="weight"))
    counted.add_weighted_edges_from(edges)
    return counted, ids
