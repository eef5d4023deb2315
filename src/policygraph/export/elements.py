"""The nodes and edges of a store, one at a time, in the canonical order of its dump: the same for the same notices."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from policygraph.graph.schema import PROPERTIES, SHARED, TYPES, Edge, Label, Node, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from policygraph.graph.schema import Scalar
    from policygraph.store.contract import Store

    Type = Literal["string", "long", "double"]

Counts = dict[str, int]
"""How many of what was written: ``{"nodes": 1200, "edges": 3400}``."""


def read(store: Store) -> Iterator[Node | Edge]:
    """Yield all nodes by id, then all edges by source, relation, target and key."""
    for line in store.dump():
        told = json.loads(line)
        if "node" in told:
            yield Node(told["node"], Label(told["label"]), told["notice"], told["properties"])
        else:
            source, relation, target, key = told["edge"]
            yield Edge(source, Relation(relation), target, key, told["notice"], told["properties"])


def columns(kind: Label | Relation) -> dict[str, Type]:
    """Return the columns of a table of nodes or edges with their types, what identifies a row first."""
    first = ("source", "target", "key", "notice")
    if isinstance(kind, Label):
        first = ("id",) if kind in SHARED else ("id", "notice")  # type: ignore[assignment]
    return {name: TYPES.get(name, "string") for name in (*first, *PROPERTIES.get(kind, ()))}


def row(one: Node | Edge) -> list[Scalar]:
    """Return the cells of a node or an edge in the order of its columns."""
    if isinstance(one, Edge):
        first: tuple[Scalar, ...] = (one.source, one.target, one.key, one.notice)
        return [*first, *(one.properties.get(name) for name in PROPERTIES.get(one.relation, ()))]
    first = (one.id,) if one.label in SHARED else (one.id, one.notice)
    return [*first, *(one.properties.get(name) for name in PROPERTIES[one.label])]


def kind(one: Node | Edge) -> Label | Relation:
    """Return the label of a node or the relation of an edge."""
    return one.label if isinstance(one, Node) else one.relation


class Counted:
    """Elements that count themselves as they pass."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.counts: Counts = {"nodes": 0, "edges": 0}

    def __iter__(self) -> Iterator[Node | Edge]:
        for one in read(self._store):
            self.counts["nodes" if isinstance(one, Node) else "edges"] += 1
            yield one
