"""The labels, relations and values of the graph, said once for every store.

``(佳木斯市水务局)-[:LEADS {basis, surface, start, end}]->(佳政办发〔2018〕17号:二/一/1:1)``. A node has one id; what a
notice contributes carries its id in ``notice``, so that deleting the notice deletes just that. Shared nodes
(organisations, references, sources) have none and go when their last edge goes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from policygraph.models import Role

Scalar = str | int | float | None
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
    SERIES = "Series"
    CHANGE = "Change"


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
    IN_SERIES = "IN_SERIES"
    FOLLOWS = "FOLLOWS"
    HAS_CHANGE = "HAS_CHANGE"
    CHANGED_FROM = "CHANGED_FROM"


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


_PLACE = ("start", "end")
_STRENGTH = ("strength", "strength_word")
_SIDE = ("task", *_PLACE, "text", "value")
_DUTY = ("role", "basis", "name", "surface", *_PLACE, "statement", "statement_start", "statement_end")
PROPERTIES: dict[Label | Relation, tuple[str, ...]] = {
    Label.NOTICE: (
        "title", "document_number", "issuers", "recipients", "issued_on", "published_on", "origin", "plan_year",
        "jurisdiction", "attachments", "path", "sha256", "chars",
    ),
    Label.CLAUSE: ("path", "label", "level", "title", *_PLACE),
    Label.TASK: ("path", "title", "text", *_PLACE, *_STRENGTH),
    Label.TARGET: (
        "indicator", "comparator", "value", "value_max", "unit", "change", "baseline", "due", "due_from", "base_value",
        "base_unit", *_STRENGTH, "words", *_PLACE,
    ),
    Label.TIME: ("kind", "since", "until", "every", "days", "words", *_PLACE),
    Label.ORGANISATION: ("name", "local", "bare", "place", "jurisdiction", "kind", "sort"),
    Label.REFERENCE: ("document_number", "title"),
    Label.SOURCE: ("path", "sha256", "media_type"),
    Label.ISSUE: ("stage", "reason", *_PLACE),
    Relation.CITES: ("title", *_PLACE),
    **dict.fromkeys(RELATION_OF.values(), _DUTY),
    Relation.NAMES: ("short", *_PLACE),
    Relation.HOSTED_BY: _PLACE,
    Relation.MENTIONS: ("name", "full", "form", "rule", "place", "kind", "sort"),
    Relation.MEMBER_OF: ("basis",),
    Relation.SUCCEEDED_BY: ("on", "kind", "grade", "evidence", "duties"),
    Label.SERIES: ("name", "jurisdiction"),
    Label.CHANGE: (
        "number", "kind", "why", "old_notice", *(f"{side}_{part}" for side in ("old", "new") for part in _SIDE),
    ),
    Relation.IN_SERIES: ("evidence",),
    Relation.FOLLOWS: ("similarity", "evidence", "kinds", "changes"),
}  # fmt: skip
"""What nodes and edges tell beyond their ids; a store without nulls (Neo4j) gives back those that are not there."""
SHARED = frozenset({Label.ORGANISATION, Label.REFERENCE, Label.SOURCE, Label.SERIES})
"""Labels whose nodes belong to no notice."""
OF_TWO = frozenset({Relation.FOLLOWS, Relation.HAS_CHANGE, Relation.CHANGED_FROM})
"""Relations that follow from two notices and not from one; the later of the two carries them, with its changes."""
TYPES: dict[str, Literal["long", "double"]] = {
    **dict.fromkeys((
        "plan_year", "chars", "level", "days", "form", "start", "end", "statement_start", "statement_end",
        "number", "old_start", "old_end", "new_start", "new_end",
    ), "long"),
    "similarity": "double",
}  # fmt: skip
"""Properties that are numbers; all others are words."""
_DUTY_ENDS = ((Label.ORGANISATION,), (Label.TASK,))
_BODIES = ((Label.ORGANISATION,), (Label.ORGANISATION,))
ENDS: dict[Relation, tuple[tuple[Label, ...], tuple[Label, ...]]] = {
    Relation.ISSUED_BY: ((Label.NOTICE,), (Label.ORGANISATION,)),
    Relation.CITES: ((Label.NOTICE,), (Label.NOTICE, Label.REFERENCE)),
    Relation.HAS_CLAUSE: ((Label.NOTICE,), (Label.CLAUSE,)),
    Relation.PART_OF: ((Label.CLAUSE,), (Label.CLAUSE,)),
    Relation.HAS_TASK: ((Label.CLAUSE,), (Label.TASK,)),
    **dict.fromkeys(RELATION_OF.values(), _DUTY_ENDS),
    Relation.HAS_TARGET: ((Label.TASK, Label.NOTICE), (Label.TARGET,)),
    Relation.DUE: ((Label.TASK, Label.NOTICE), (Label.TIME,)),
    Relation.NAMES: ((Label.NOTICE,), (Label.ORGANISATION,)),
    Relation.MENTIONS: ((Label.NOTICE,), (Label.ORGANISATION,)),
    **dict.fromkeys((Relation.HOSTED_BY, Relation.MEMBER_OF, Relation.WITHIN, Relation.SUCCEEDED_BY), _BODIES),
    Relation.PUBLISHES: ((Label.SOURCE,), (Label.NOTICE,)),
    Relation.HAS_ISSUE: ((Label.NOTICE,), (Label.ISSUE,)),
    Relation.IN_SERIES: ((Label.NOTICE,), (Label.SERIES,)),
    Relation.FOLLOWS: ((Label.NOTICE, Label.TASK), (Label.NOTICE, Label.TASK)),
    Relation.HAS_CHANGE: ((Label.NOTICE, Label.TASK), (Label.CHANGE,)),
    Relation.CHANGED_FROM: ((Label.CHANGE,), (Label.NOTICE, Label.TASK)),
}
"""The labels that a relation leads from and to."""
