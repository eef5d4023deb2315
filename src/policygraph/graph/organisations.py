"""Organisation nodes, and what is known of how bodies stand to each other.

Two notices that name 佳木斯市水务局 contribute one node, ``230800:water_affairs``. What it is called, and what is said
of it, follows from all the notices that name it and no order of theirs: the fullest name written, and of those the
commonest (each store asks its mentions). Predecessors and successors come from the registry, each with its date, grade
and source.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from policygraph import registry
from policygraph.graph.schema import Label, Node
from policygraph.resolve.setting import called

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from policygraph.graph.schema import Properties
    from policygraph.models import Mention
    from policygraph.registry import Succession

FORMS = {"full": 0, "statutory": 1, "colloquial": 2, None: 3}
"""How full the name of a mention is: the lowest names the body."""
_LEVELS = ("自治区", "自治州", "自治县")
_MOST_STEPS = 4


def mentioned(mention: Mention) -> Node | None:
    """Return the node of a mention, or ``None`` if it can mean several bodies."""
    if mention.organisation is None:
        return None
    return _node(mention.organisation, mention.full, mention.place, mention.kind, mention.sort)


def known(identifier: str) -> Node:
    """Return the node of a body that no mention gives, named as the registry does: 桦南县人民政府."""
    code, _, key = identifier.partition(":")
    kind, where = registry.kind(key), registry.place(code)
    place = _place_name(code)
    centre = registry.central_body(key) if code == "CN" else None
    name = _of_level(kind.full, where.level if where else "prefecture") if kind else key
    name = centre.name if centre else name
    full = name if name.startswith(place) else place + name
    return _node(identifier, full, code, kind.key if kind else None, "body")


def standing(identifier: str, mentions: Iterable[Mapping[str, Any]]) -> Properties:
    """Return what is said of a body by all its mentions, each with ``times``, in whatever order they come.

    A mention has what the schema gives ``MENTIONS``. Without one the body is named as the registry does.
    """
    every = list(mentions)
    if not every:
        return known(identifier).properties
    times: Counter[str] = Counter()
    fullest: dict[str, int] = {}
    for one in every:
        times[one["full"]] += one["times"]
        fullest[one["full"]] = min(one["form"], fullest.get(one["full"], one["form"]))
    full = min(times, key=lambda name: (fullest[name], -times[name], name))
    place, kind, sort = (
        min((one[key] for one in every if one[key]), default=None) for key in ("place", "kind", "sort")
    )
    return _properties(full, place, kind, sort or "unknown")


def names(full: str, place: str | None) -> Properties:
    """Return the names of a body by its full one: ``local`` with its level (市水务局), ``bare`` without (水务局)."""
    where = _place_name(place)
    rest = full.removeprefix(where)
    if not where or rest == full or not rest:
        return {"name": full, "local": full, "bare": full}
    level = next((one for one in _LEVELS if where.endswith(one)), where[-1])
    return {"name": full, "local": level + rest, "bare": rest}


@lru_cache(maxsize=4096)
def successions(identifier: str) -> tuple[Succession, ...]:
    """Return the edges of the registry that lead from or to a body, over a few steps."""
    found: dict[tuple[str, str, str, str], Succession] = {}
    for steps, ends in ((registry.successors, "successor"), (registry.predecessors, "predecessor")):
        reached = [identifier]
        for _ in range(_MOST_STEPS):
            edges = [edge for one in reached for edge in steps(one)]
            found |= {(edge.predecessor, edge.successor, edge.on, edge.kind): edge for edge in edges}
            reached = [getattr(edge, ends) for edge in edges if edge.kind != "duty moved"]
    return tuple(found[key] for key in sorted(found))


def ends(edge: Succession) -> Iterator[Node]:
    """Yield the nodes that a succession joins."""
    yield from map(known, (edge.predecessor, edge.successor))


def _node(identifier: str, full: str, place: str | None, kind: str | None, sort: str) -> Node:
    return Node(identifier, Label.ORGANISATION, None, _properties(full, place, kind, sort))


def _properties(full: str, place: str | None, kind: str | None, sort: str) -> Properties:
    where = {"place": place, "jurisdiction": _place_name(place) or None}
    return {**names(full, place), **where, "kind": kind, "sort": sort}


def _place_name(code: str | None) -> str:
    where = registry.place(code) if code else None
    return "" if code in (None, "CN") else called(where) if where else str(code)


def _of_level(full: tuple[str, ...], level: str) -> str:
    """Return the full name that a kind has at a level: 水利厅 is a province's."""
    provincial = level == "province"
    return next((one for one in full if one.endswith("厅") == provincial or "办公厅" in one), full[0])
