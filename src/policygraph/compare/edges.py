"""A comparison as nodes and edges: ``(二/一/1:1 of 2019)-[:FOLLOWS {similarity, changes}]->(二/一/1:1 of 2018)``.

A change is a node of the newer notice with both sides, each with its words, value and characters. ``HAS_CHANGE`` leads
to it from the tasks of the new side, ``CHANGED_FROM`` from it to those of the old; what is of no task (a citation, a
default rule) hangs on the notices. So the changes of a task or a body are found without reading texts of JSON.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from policygraph import ids
from policygraph.graph.schema import Edge, Graph, Label, Node, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from policygraph.compare.values import Change, Comparison, Side
    from policygraph.graph.schema import Properties, Scalar

_OF_ALL = ("task merged", "task split", "task moved", "task reworded")
"""Kinds that concern all tasks of a pair and not only the one that their sides name."""


def contribution(found: Comparison, evidence: Sequence[str] = ()) -> Graph:
    """Return what two notices of a series contribute; ``evidence`` says why they are of one series.

    The order is that of the changes, and the same for the same comparison.
    """
    together = _together(found)
    nodes, edges = [], []
    of_pair: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for number, change in enumerate(found.changes, 1):
        identifier = ids.finding_id(found.new.id, "c", number)
        nodes.append(Node(identifier, Label.CHANGE, found.new.id, _told(change, number, found.old.id)))
        old, new = _tasks(change, together)
        for task in new or (found.new.id,):
            edges.append(_edge(task, Relation.HAS_CHANGE, identifier, found.new.id))
        for task in old or (found.old.id,):
            edges.append(_edge(identifier, Relation.CHANGED_FROM, task, found.new.id))
        for pair in _pairs(old, new, together):
            of_pair[pair][identifier] = change.kind
    for one in found.pairs:
        for new_task in one.new:
            for old_task in one.old:
                changes = of_pair[old_task, new_task]
                told = _properties(one.similarity, one.evidence, sorted(set(changes.values())), changes)
                edges.append(_edge(new_task, Relation.FOLLOWS, old_task, found.new.id, **told))
    kinds: Counter[str] = Counter(change.kind for change in found.changes)
    told = _properties(None, evidence, [f"{number} {kind}" for kind, number in sorted(kinds.items())], kinds)
    edges.append(_edge(found.new.id, Relation.FOLLOWS, found.old.id, found.new.id, **told))
    return Graph(tuple(nodes), tuple(edges))


def _together(found: Comparison) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return for each task of a pair, of either side, all old and all new tasks of it."""
    return {task: (one.old, one.new) for one in found.pairs for task in (*one.old, *one.new)}


def _tasks(
    change: Change, together: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the old and the new tasks that a change concerns."""
    named = [side.task for side in (change.old, change.new) if side and side.task]
    if change.kind in _OF_ALL and named:
        return together[named[0]]
    old, new = ((side.task,) if side and side.task else () for side in (change.old, change.new))
    return old, new


def _pairs(
    old: Sequence[str], new: Sequence[str], together: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
) -> Iterable[tuple[str, str]]:
    """Yield the pairs of tasks on whose edge a change is told; one with a single side is told of all partners."""
    left = old or (together[new[0]][0] if new and new[0] in together else ())
    right = new or (together[old[0]][1] if old and old[0] in together else ())
    return ((one, other) for one in left for other in right)


def _told(change: Change, number: int, old: str) -> Properties:
    return {
        "number": number,
        "kind": change.kind,
        "why": change.why or None,
        "old_notice": old,
        **_side("old", change.old),
        **_side("new", change.new),
    }


def _side(name: str, side: Side | None) -> Properties:
    if side is None:
        return dict.fromkeys(f"{name}_{part}" for part in ("task", "start", "end", "text", "value"))
    start, end = side.span or (None, None)
    told: Properties = {"task": side.task, "start": start, "end": end, "text": side.text, "value": side.value}
    return {f"{name}_{part}": value for part, value in told.items()}


def _properties(
    similarity: float | None, evidence: Sequence[str], kinds: Iterable[str], changes: Mapping[str, str | int]
) -> dict[str, Scalar]:
    """Return the properties of an edge: ``changes`` are the ids of changes with their kinds, or kinds with counts."""
    return {
        "similarity": similarity,
        "evidence": "; ".join(evidence) or None,
        "kinds": "; ".join(kinds) or None,
        "changes": json.dumps(changes, ensure_ascii=False, sort_keys=True),
    }


def _edge(source: str, relation: Relation, target: str, notice: str, **properties: Scalar) -> Edge:
    return Edge(source, relation, target, "", notice, properties)
