"""Organisation nodes, whose properties follow from their id alone.

Two notices that name 佳木斯市水务局 contribute the same node with the same properties, whichever comes first. A body
that its notice does not identify (各县(市)区政府) is told apart by the place that speaks of it:
``佳木斯市:各县(市)区政府``.
"""

from __future__ import annotations

from policygraph.extract import names
from policygraph.graph.schema import Label, Node
from policygraph.segment.signature import jurisdiction


def node_id(organisation: str | None, name: str, scope: str) -> str:
    """Return the node's id: the body's own, or its name within the place or notice that uses it."""
    return organisation or f"{scope}:{name}"


def node(identifier: str) -> Node:
    """Return the node of an organisation.

    ``name`` is the full name, ``local`` the name with its level prefix (市水务局), ``bare`` without (水务局).
    """
    scope, separator, name = identifier.rpartition(":")
    if separator:
        bare = name[len(names.level(name)) :]
        return Node(
            identifier, Label.ORGANISATION, None, _properties(name, name, bare, scope, names.kind(name) or "unknown")
        )
    place = jurisdiction((identifier,))
    if place is None:
        return Node(
            identifier,
            Label.ORGANISATION,
            None,
            _properties(identifier, identifier, identifier, None, _kind(identifier)),
        )
    rest = identifier[len(place) :]
    level = next((one for one in ("自治区", "自治州", "自治县") if place.endswith(one)), place[-1])
    return Node(
        identifier, Label.ORGANISATION, None, _properties(identifier, level + rest, rest, place, _kind(level + rest))
    )


def _kind(name: str) -> str:
    return names.kind(name) or "unknown"


def _properties(name: str, local: str, bare: str, place: str | None, kind: str) -> dict[str, str | int | None]:
    return {"name": name, "local": local, "bare": bare, "jurisdiction": place, "kind": kind}
