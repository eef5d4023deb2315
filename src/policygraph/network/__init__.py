"""Networks of bodies and notices as networkx graphs: who works with whom, who leads whom, which notice cites which.

::

    with pg.open_store("policygraph.db") as store:
        graph = pg.network(store, kind="cooperation", year=2018)
        for row in pg.measures(graph):
            print(row["organisation"], row["partners"], row["community"])

networkx is loaded here and nowhere before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

from policygraph import registry
from policygraph.errors import BadParameter
from policygraph.models import Role
from policygraph.network import rows
from policygraph.network.centrality import communities, measures, modularity
from policygraph.store import asking, lookup

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx

    from policygraph.store.contract import Store

Kind = Literal["cooperation", "leads", "citations"]
KINDS: tuple[Kind, ...] = get_args(Kind)

__all__ = ["KINDS", "Kind", "communities", "measures", "modularity", "network"]


def network(  # noqa: PLR0913 - each filter by its name
    store: Store,
    *,
    kind: Kind = "cooperation",
    year: int | str | None = None,
    role: Role | Iterable[Role] | None = None,
    place: str | None = None,
    notice: str | None = None,
) -> nx.Graph:
    """Return a network of what a store holds, nodes known by their ids, in an order that is always the same.

    ``cooperation`` (undirected): bodies that have a role in the same task. ``leads`` (directed): from the body that
    leads a task to the others in it. ``citations`` (directed): from notice to notice. Nodes have a ``name``; bodies
    also ``place``, ``jurisdiction``, ``kind``, ``sort`` and how many ``tasks`` they have, in all and in each role.
    An edge has its ``weight``, the ``task_ids`` (or the ``places`` in the text of the notice) and ``notice_ids`` that
    it counts, their ``years``, in how many of the tasks one end is for a default rule alone (``inherited``), and
    counts of roles.

    Args:
        store: an open store.
        kind: which network.
        year: only tasks of the plans of this year, or issued in it; notices likewise.
        role: only duties in this role or these, on both sides of a cooperation; of those led.
        place: only bodies of this place and of those below it, by its name or code; notices of that place's issuers.
        notice: only what this notice says, by its id or an end of it.

    Raises:
        BadParameter: the kind, a role, the year or the place is none.
        UnknownId: there is no such notice.

    """
    from policygraph.network import build  # noqa: PLC0415 - networkx is heavy

    if kind not in KINDS:
        raise BadParameter("network", f"no kind '{kind}'", f"known: {', '.join(KINDS)}")
    roles = _roles(kind, role)
    when = asking.year("network", str(year)) if year not in (None, "") else None
    where = lookup.notice(notice, store.run) if notice else None
    if kind == "citations":
        found = rows.citations(store, year=when, notice=where)
        return build.citations(_of_place(found, place, "jurisdiction"))
    led = roles and sorted({*roles, "lead"}) if kind == "leads" else roles
    found = rows.roles(store, year=when, roles=led, notice=where)
    made = {"cooperation": build.cooperation, "leads": build.leads}[kind]
    return made(_of_place(found, place, "place"))


def _roles(kind: Kind, role: Role | Iterable[Role] | None) -> list[str] | None:
    wanted = [role] if isinstance(role, str) else list(role or ())
    known = get_args(Role)
    if wanted and kind == "citations":
        raise BadParameter("network", "citations have no role", "leave the role out")
    for one in wanted:
        if one not in known:
            raise BadParameter("network", f"no role '{one}'", f"known: {', '.join(known)}")
    return sorted(set(wanted)) or None


def _of_place(found: list[dict[str, Any]], place: str | None, column: str) -> list[dict[str, Any]]:
    """Return the rows whose ``column``, a place's code or name, is a place or lies below it."""
    if not place:
        return found
    there = {row[column] for row in found} - {None}
    wanted = {one for one in there if one == place or registry.lies_in(one, place)}
    kept = [row for row in found if row[column] in wanted]
    if not kept and not registry.places_meant(place):
        raise BadParameter("network", f"nothing is of a place '{place}'", "write it as 佳木斯市 or 230800")
    return kept
