"""The labels, relations and values of the graph, said once for every store.

``(佳木斯市水务局)-[:LEADS {basis, surface, start, end}]->(佳政办发〔2018〕17号:二/一/1:1)``. A node has one id; what a
notice contributes carries its id in ``notice``, so that deleting the notice deletes just that. Shared nodes
(organisations, references, sources) have none and go when their last edge goes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policygraph.models import Role

Scalar = str | int | None
Properties = dict[str, Scalar]


class Label(StrEnum):
    """What a node is."""

    NOTICE = "Notice"
    CLAUSE = "Clause"
    TASK = "Task"
    TARGET = "Target"
    TIME = "Time"
    ORGANISATION = "Organisation"
    REFERENCE = "Reference"
    SOURCE = "Source"
    ISSUE = "Issue"


class Relation(StrEnum):
    """How one node stands to another, read from source to target."""

    ISSUED_BY = "ISSUED_BY"
    CITES = "CITES"
    HAS_CLAUSE = "HAS_CLAUSE"
    PART_OF = "PART_OF"
    HAS_TASK = "HAS_TASK"
    LEADS = "LEADS"
    SUPPORTS = "SUPPORTS"
    RESPONSIBLE_FOR = "RESPONSIBLE_FOR"
    IMPLEMENTS = "IMPLEMENTS"
    SUPERVISES = "SUPERVISES"
    HAS_TARGET = "HAS_TARGET"
    DUE = "DUE"
    NAMES = "NAMES"
    HOSTED_BY = "HOSTED_BY"
    MENTIONS = "MENTIONS"
    MEMBER_OF = "MEMBER_OF"
    WITHIN = "WITHIN"
    SUCCEEDED_BY = "SUCCEEDED_BY"
    PUBLISHES = "PUBLISHES"
    HAS_ISSUE = "HAS_ISSUE"


RELATION_OF: dict[Role, Relation] = {
    "lead": Relation.LEADS,
    "support": Relation.SUPPORTS,
    "responsible": Relation.RESPONSIBLE_FOR,
    "implement": Relation.IMPLEMENTS,
    "supervise": Relation.SUPERVISES,
}
"""The relation that states a role."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node; ``notice`` is the notice that contributes it, or ``None`` for a shared one."""

    id: str
    label: Label
    notice: str | None
    properties: Properties


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge; ``key`` tells apart edges of one relation between the same two nodes."""

    source: str
    relation: Relation
    target: str
    key: str
    notice: str
    properties: Properties


@dataclass(frozen=True, slots=True)
class Graph:
    """What one notice contributes."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
