"""Nodes and edges as a Neo4j store holds them, so that a server that is filled from a file is a store.

A notice and a reference are a ``Document`` too, a notice has its published ``text``, an edge its ``key`` and
``notice``, and one node records the version (:mod:`policygraph.store.neo4j.layout`). What is written is the first
version of that layout, without what a store works out for itself: whoever opens it first brings it to the present one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.graph.schema import ENDS, Label, Node
from policygraph.store.neo4j.layout import SCHEMA

if TYPE_CHECKING:
    from policygraph.graph.schema import Edge, Properties, Relation
    from policygraph.store.contract import Store

__all__ = ["MARK", "SCHEMA", "VERSION", "edge", "ends", "labels", "node"]

MARK = "Policygraph"
VERSION = 1
_DOCUMENT = "Document"
_DOCUMENTS = (Label.NOTICE, Label.REFERENCE)


def labels(label: Label) -> tuple[str, ...]:
    """Return the labels of a node there."""
    return (label.value, _DOCUMENT) if label in _DOCUMENTS else (label.value,)


def node(one: Node, store: Store) -> Properties:
    """Return the properties of a node there but for its id; the text of a notice is fetched from the store."""
    own: Properties = {"notice": one.notice, **one.properties}
    if one.label is Label.NOTICE:
        own["text"] = str(store.text_of(one.id)["text"])
    return own


def edge(one: Edge) -> Properties:
    """Return the properties of an edge there."""
    return {"key": one.key, "notice": one.notice, **one.properties}


def ends(relation: Relation) -> tuple[str, str]:
    """Return the labels by which the ends of a relation are found, as Cypher writes them: ``Task|Document``."""
    one, other = ("|".join(dict.fromkeys(labels(label)[-1] for label in side)) for side in ENDS[relation])
    return one, other
