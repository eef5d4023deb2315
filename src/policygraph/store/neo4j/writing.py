"""What changes a graph in Neo4j, each step inside a transaction that its caller commits.

One type at a time, in sorted batches, and every batch says how many rows it wrote: a ``MATCH`` that finds no node
drops its row without a word, so the counts are compared. The notices that a transaction touches are locked first, in
the order of their ids, so that two loaders of one notice follow each other.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, cast

from policygraph.graph import organisations
from policygraph.graph.schema import Label
from policygraph.store import called, series
from policygraph.store.neo4j import layout
from policygraph.store.neo4j.batches import run, there, write
from policygraph.store.neo4j.shelf import Neo4jShelf

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from neo4j import ManagedTransaction

    from policygraph.graph.schema import Edge, Graph, Relation
    from policygraph.store.contract import Row


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a notice gives: its nodes and edges, the published text, and the record of the whole (``store/record``)."""

    notice: str
    graph: Graph
    text: str
    record: bytes

    @property
    def digest(self) -> str:
        """What two equal contributions have in common; what shared nodes are called is no matter of one notice."""
        nodes = {node.id: (node.label, node.properties) for node in self.graph.nodes if node.notice}
        edges = [[*key, edge.properties] for key, edge in sorted(_once(self.graph).items())]
        told = json.dumps([self.text, nodes, edges], ensure_ascii=False, sort_keys=True)
        return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def rank(self) -> tuple[int, str]:
        """How full a copy this is: the fullest is kept, and of those the last by its path."""
        own = next(node.properties for node in self.graph.nodes if node.id == self.notice)
        return cast("int", own["chars"]), str(own["path"])


def lock(tx: ManagedTransaction, notices: Iterable[str]) -> dict[str, Row]:
    """Lock notices in the order of their ids and return what is stored of each, ``{}`` if nothing is."""
    rows = run(tx, layout.LOCK, ids=sorted(set(notices)))
    return {str(row["id"]): row if row["stored"] else {} for row in rows}


def replace(tx: ManagedTransaction, contributions: Sequence[Contribution], stored: Iterable[str]) -> None:
    """Put contributions in place of what is stored of their notices; series follow."""
    shelf, before = Neo4jShelf(tx), sorted(stored)
    touched = series.release(shelf, before)
    shared = _delete_contributions(tx, before)
    _insert(tx, contributions)
    series.settle(shelf, {*touched, *(one.notice for one in contributions)})
    bodies = {node.id for one in contributions for node in one.graph.nodes if node.label is Label.ORGANISATION}
    _tidy(tx, shared, bodies)


def delete(tx: ManagedTransaction, notices: Sequence[str]) -> None:
    """Delete notices; one that is cited stays as a reference, and series follow."""
    shelf = Neo4jShelf(tx)
    touched = series.release(shelf, notices)
    shared = _delete_contributions(tx, notices)
    run(tx, layout.DELETE_NOTICE, ids=sorted(notices))
    series.settle(shelf, touched)
    _tidy(tx, shared, ())


def _delete_contributions(tx: ManagedTransaction, notices: Iterable[str]) -> set[str]:
    """Delete what notices contributed but for their own nodes; return the shared nodes that it concerned."""
    ids = sorted(notices)
    if not ids:
        return set()
    shared = set(cast("list[str]", run(tx, layout.SHARED_BY, ids=ids)[0]["shared"]))
    for statement in layout.DELETE_BETWEEN.values():
        shared |= set(cast("list[str]", run(tx, statement, ids=ids)[0]["shared"]))
    for statement in layout.DELETE_OWN.values():
        run(tx, statement, ids=ids)
    run(tx, layout.DELETE_FROM_NOTICE, ids=ids)
    return shared


def _insert(tx: ManagedTransaction, contributions: Sequence[Contribution]) -> None:
    nodes: dict[Label, dict[str, Row]] = defaultdict(dict)
    edges: dict[tuple[Relation, Label, Label], list[Row]] = defaultdict(list)
    for one in contributions:
        labels = {node.id: node.label for node in one.graph.nodes}
        for node in one.graph.nodes:
            own: dict[str, Any] = {"id": node.id, "notice": node.notice, **node.properties}
            if node.id == one.notice:
                own |= {"text": one.text, "digest": one.digest, "record": one.record}
            nodes[node.label][node.id] = {"id": node.id, "properties": there(own)}
        for edge in _once(one.graph).values():
            own = there({**edge.properties, "key": edge.key, "notice": edge.notice})
            row: Row = {"source": edge.source, "target": edge.target, "key": edge.key, "properties": own}
            edges[edge.relation, labels[edge.source], labels[edge.target]].append(row)
    for label, statement in layout.MERGE_NODES.items():
        write(tx, statement, [nodes[label][identifier] for identifier in sorted(nodes[label])])
    for ends in sorted(edges):
        rows = sorted(edges[ends], key=lambda row: (row["source"], row["target"], row["key"]))
        write(tx, layout.merge_edges(*ends), rows)


def _once(graph: Graph) -> dict[tuple[str, str, str, str], Edge]:
    """Return each edge once by its key; of two the last counts."""
    return {(edge.source, edge.relation.value, edge.target, edge.key): edge for edge in graph.edges}


def _tidy(tx: ManagedTransaction, shared: set[str], bodies: Iterable[str]) -> None:
    """Delete shared nodes that nothing points from or to any more, and name the bodies that stay by their mentions."""
    if shared:
        for statement in layout.DELETE_ORPHANS:
            run(tx, statement, ids=sorted(shared))
    concerned = sorted(shared.union(bodies))
    name(tx, concerned)
    count_as(tx, concerned)


def count_as(tx: ManagedTransaction, ids: Iterable[str]) -> None:
    """Let the organisations of some ids that are judged be counted as the best of their body in the graph.

    The body is locked first, so that of two loaders that bring its ids the second sees those of the first.
    """
    judged = run(tx, layout.LOCK_JUDGED, ids=sorted(ids))[0]["bodies"]
    if judged:
        run(tx, layout.COUNT_AS, bodies=judged)


def name(tx: ManagedTransaction, bodies: Iterable[str]) -> None:
    """Say of bodies what follows from all the mentions there are, and keep the keys by which they are found."""
    rows: list[Row] = []
    for row in cast("list[dict[str, Any]]", run(tx, layout.MENTIONS, ids=sorted(bodies))):
        identifier: str = row["id"]
        own = organisations.standing(identifier, row["mentions"])
        wholes, parts = called.keys(identifier, own, row["mentions"], row["shorts"])
        rows.append({"id": identifier, "properties": {**own, "wholes": wholes, "parts": parts}})
    write(tx, layout.SET_NAMES, rows)
