"""Networks from rows, one function for each kind; every edge names the tasks and notices that it comes from.

Two bodies in ``(市水务局牵头,市农委配合)`` cooperate in one task; the first leads the second there.
"""

from __future__ import annotations

from itertools import combinations, combinations_with_replacement, groupby
from typing import TYPE_CHECKING, Any, get_args

import networkx as nx

from policygraph.models import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Row = dict[str, Any]

_BODY = ("place", "jurisdiction", "kind", "sort")
_ROLES: tuple[Role, ...] = get_args(Role)
COUNTS = ("inherited", *_ROLES, *(f"{one}_{other}" for one, other in combinations_with_replacement(_ROLES, 2)))
"""What an edge can count beside its weight, in order."""


def cooperation(rows: Iterable[Row]) -> nx.Graph:
    """Return who shares tasks with whom.

    ``lead_support`` of an edge counts the tasks in which one of the two leads and the other supports, and so on for
    each pair of roles that occurs, in the order of the roles.
    """
    graph = nx.Graph(kind="cooperation")
    for task in _tasks(graph, rows):
        for one, other in combinations(task.bodies, 2):
            edge = _edge(graph, one, other, task)
            pairs = {_pair(a, b) for a in task.bodies[one] for b in task.bodies[other]}
            for name in sorted(pairs):
                edge[name] = edge.get(name, 0) + 1
    return graph


def leads(rows: Iterable[Row]) -> nx.DiGraph:
    """Return who leads whom: an edge from the body that leads a task to each that has another role in it.

    ``support`` of an edge counts the tasks in which its second body supports, and so on for each role that occurs.
    """
    graph = nx.DiGraph(kind="leads")
    for task in _tasks(graph, rows):
        leading = [body for body, roles in task.bodies.items() if "lead" in roles]
        for one in leading:
            for other, roles in task.bodies.items():
                if other not in leading:
                    edge = _edge(graph, one, other, task)
                    for role in roles:
                        edge[role] = edge.get(role, 0) + 1
    return graph


def citations(rows: Iterable[Row]) -> nx.DiGraph:
    """Return which notice cites which; ``places`` of an edge are spans in the text of the notice that cites."""
    graph = nx.DiGraph(kind="citations")
    for row in rows:
        own = {"name": row["title"] or row["notice"], "type": "Notice", "year": row["year"]}
        graph.add_node(row["notice"], **own, jurisdiction=row["jurisdiction"])
        if row["cited"] is None:
            continue
        if row["cited"] not in graph:
            name = row["cited_title"] or row["cited"]
            graph.add_node(row["cited"], name=name, type=row["cited_label"], year=None, jurisdiction=None)
        if not graph.has_edge(row["notice"], row["cited"]):
            graph.add_edge(row["notice"], row["cited"], weight=0, places=[], notice_ids=[row["notice"]])
        edge = graph.edges[row["notice"], row["cited"]]
        edge["weight"] += 1
        edge["places"].append((row["start"], row["end"]))
    return graph


class _Task:
    """A task with the roles of each body in it, and the bodies that have only what a default rule gave them."""

    def __init__(self, task: str, rows: list[Row]) -> None:
        self.id = task
        self.notice: str = rows[0]["notice"]
        self.year: int | None = rows[0]["year"]
        found: dict[str, set[Role]] = {}
        for row in rows:
            found.setdefault(row["organisation_id"], set()).add(row["role"])
        self.bodies = {body: [role for role in _ROLES if role in roles] for body, roles in found.items()}
        stated = {row["organisation_id"] for row in rows if row["basis"] != "inherited"}
        self.inherited = found.keys() - stated


def _tasks(graph: nx.Graph, rows: Iterable[Row]) -> Iterator[_Task]:
    """Yield the tasks of rows, and add and count their bodies on the way."""
    for identifier, group in groupby(rows, key=lambda row: row["task"]):
        own = list(group)
        task = _Task(identifier, own)
        for row in own:
            if row["organisation_id"] not in graph:
                known = {name: row[name] for name in _BODY}
                graph.add_node(row["organisation_id"], name=row["organisation"], **known, tasks=0)
        for body, roles in task.bodies.items():
            node = graph.nodes[body]
            node["tasks"] += 1
            for role in roles:
                node[role] = node.get(role, 0) + 1
        yield task


def _edge(graph: nx.Graph, one: str, other: str, task: _Task) -> dict[str, Any]:
    """Return the attributes of an edge with one more task."""
    if not graph.has_edge(one, other):
        graph.add_edge(one, other, weight=0, inherited=0, task_ids=[], notice_ids=[], years=[])
    edge: dict[str, Any] = graph.edges[one, other]
    edge["weight"] += 1
    edge["inherited"] += bool(task.inherited & {one, other})
    edge["task_ids"].append(task.id)
    for name, value in (("notice_ids", task.notice), ("years", task.year)):
        if value is not None and value not in edge[name]:
            edge[name].append(value)
    return edge


def _pair(one: Role, other: Role) -> str:
    first, second = sorted((one, other), key=_ROLES.index)
    return f"{first}_{second}"
