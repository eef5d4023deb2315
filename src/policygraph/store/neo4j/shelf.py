"""The series on a Neo4j server, as :mod:`policygraph.store.series` asks for them and writes them.

The series of a place are locked before they are read, so that two loaders of two years of one plan follow each other:
a node ``(:Policygraph {id: 'place:安和市'})`` is there for nothing else.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, cast

from policygraph.compare.series import Facts
from policygraph.graph.schema import Label, Relation
from policygraph.ids import series_id
from policygraph.store import record
from policygraph.store.neo4j import layout
from policygraph.store.neo4j.batches import run, there, write
from policygraph.store.series import Judged, Member

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from neo4j import ManagedTransaction

    from policygraph.graph.schema import Graph
    from policygraph.models import Notice
    from policygraph.store.contract import Row
    from policygraph.store.series import Pair

_FACTS = """
RETURN n.id AS notice, n.title AS title, n.issuers AS issuers,
       COLLECT { MATCH (n)-[:ISSUED_BY]->(o) RETURN o.id } AS bodies,
       n.document_number AS number, n.issued_on AS issued_on, n.plan_year AS plan_year, n.jurisdiction AS place
"""
_WHOLE = "n.record IS NOT NULL "
_THESE = f"UNWIND $notices AS id MATCH (n:Notice {{id: id}}) WHERE {_WHOLE} WITH DISTINCT n " + _FACTS
_HERE = f"MATCH (n:Notice) WHERE n.jurisdiction = $place AND {_WHOLE}" + _FACTS
_NOWHERE = f"MATCH (n:Notice) WHERE n.jurisdiction IS NULL AND {_WHOLE}" + _FACTS
_MEMBERS = """
UNWIND $notices AS id MATCH (:Notice {id: id})-[:IN_SERIES]->(s:Series) WITH DISTINCT s
MATCH (n:Notice)-[r:IN_SERIES]->(s) RETURN n.id AS notice, substring(s.id, 7) AS series, r.evidence AS evidence
"""
_PAIRS = """
UNWIND $notices AS id MATCH (:Document {id: id})-[:FOLLOWS]-(other:Document)
MATCH (a:Document)-[:FOLLOWS]->(b:Document) WHERE (a.id = id AND b = other) OR (b.id = id AND a = other)
RETURN DISTINCT a.id AS new, b.id AS old
"""
_PART = (
    "UNWIND $ids AS id MATCH (c:Change {notice: id}) DETACH DELETE c RETURN count(*) AS done",
    "UNWIND $ids AS id MATCH (t:Task {notice: id})-[r:FOLLOWS]->() DELETE r RETURN count(*) AS done",
    "UNWIND $ids AS id MATCH (:Document {id: id})-[r:FOLLOWS]->() DELETE r RETURN count(*) AS done",
)
_LEAVE = """
UNWIND $ids AS id MATCH (:Document {id: id})-[r:IN_SERIES]->(s:Series) DELETE r
WITH DISTINCT s WHERE NOT EXISTS { ()-[:IN_SERIES]->(s) } DELETE s RETURN count(*) AS done
"""
_HOLD = "UNWIND $ids AS id MERGE (p:Policygraph {id: id}) SET p.locked = true REMOVE p.locked"
_JUDGED = "MATCH (p:Policygraph {id: 'store'}) RETURN p.series_judged AS judged"
_KEEP = "MATCH (p:Policygraph {id: 'store'}) SET p.series_judged = $judged"


class Neo4jShelf:
    """The series of one database, inside a transaction."""

    def __init__(self, tx: ManagedTransaction) -> None:
        self._tx = tx

    def hold(self, places: Iterable[str | None]) -> None:
        """Lock a node for each of some places, in their order."""
        run(self._tx, _HOLD, ids=sorted(f"place:{place or ''}" for place in places))

    def judged(self) -> Judged:
        """Return what people judged."""
        (row,) = run(self._tx, _JUDGED)
        kept = json.loads(cast("str | None", row["judged"]) or "[[], []]")
        return Judged(*(frozenset((one, other) for one, other in pairs) for pairs in kept))

    def keep(self, judged: Judged) -> None:
        """Remember what people judged in place of what they judged before."""
        run(self._tx, _KEEP, judged=json.dumps([sorted(pairs) for pairs in judged], ensure_ascii=False))

    def facts(self, notices: Iterable[str]) -> list[Facts]:
        """Return the facts of those of some notices that the store holds."""
        return [_facts(row) for row in run(self._tx, _THESE, notices=list(notices))]

    def of_place(self, place: str | None) -> list[Facts]:
        """Return the facts of all notices of a place."""
        return [_facts(row) for row in run(self._tx, _NOWHERE if place is None else _HERE, place=place)]

    def members(self, notices: Iterable[str]) -> list[Member]:
        """Return all members of the series that some notices are in."""
        rows = run(self._tx, _MEMBERS, notices=list(notices))
        return [Member(**cast("dict[str, Any]", row)) for row in rows]

    def pairs(self, notices: Iterable[str]) -> set[Pair]:
        """Return each notice with the one it follows, where one of them is among some notices."""
        return {(str(row["new"]), str(row["old"])) for row in run(self._tx, _PAIRS, notices=list(notices))}

    def notice(self, identifier: str) -> Notice:
        """Return a notice with all that was found in it."""
        (row,) = run(self._tx, layout.RECORD, notice=identifier)
        return record.unpack(cast("bytes", row["record"]), str(row["text"]))

    def part(self, later: Iterable[str]) -> None:
        """Delete what notices contribute by following others."""
        if ids := sorted(later):
            for statement in _PART:
                run(self._tx, statement, ids=ids)

    def follow(self, old: str, new: str, graph: Graph) -> None:
        """Write what a notice contributes by following another."""
        nodes = [_row(node.id, {"id": node.id, "notice": node.notice, **node.properties}) for node in graph.nodes]
        write(self._tx, layout.MERGE_NODES[Label.CHANGE], nodes)
        labels = {node.id: node.label for node in graph.nodes} | {old: Label.NOTICE, new: Label.NOTICE}
        found: dict[tuple[Relation, Label, Label], list[Row]] = defaultdict(list)
        for edge in graph.edges:
            ends = edge.relation, labels.get(edge.source, Label.TASK), labels.get(edge.target, Label.TASK)
            own = there({**edge.properties, "key": edge.key, "notice": edge.notice})
            found[ends].append({"source": edge.source, "target": edge.target, "key": edge.key, "properties": own})
        for ends in sorted(found):
            write(self._tx, layout.merge_edges(*ends), found[ends])

    def leave(self, notices: Iterable[str]) -> None:
        """Take notices out of their series, and delete a series that nothing is in any more."""
        run(self._tx, _LEAVE, ids=sorted(notices))

    def enter(self, members: Sequence[Member], name: str, place: str | None) -> None:
        """Put notices into a series, which gets a name and a place."""
        own = series_id(members[0].series)
        node = _row(own, {"id": own, "name": name, "jurisdiction": place})
        write(self._tx, layout.MERGE_NODES[Label.SERIES], [node])
        rows: list[Row] = [
            {
                "source": one.notice,
                "target": own,
                "key": "",
                "properties": {"key": "", "notice": one.notice, "evidence": one.evidence},
            }
            for one in members
        ]
        write(self._tx, layout.merge_edges(Relation.IN_SERIES, Label.NOTICE, Label.SERIES), rows)


def _row(identifier: str, properties: dict[str, Any]) -> Row:
    return {"id": identifier, "properties": there(properties)}


def _facts(row: Row) -> Facts:
    told = cast("dict[str, Any]", row)
    return Facts(
        **{
            **told,
            "title": told["title"] or "",
            "issuers": tuple(json.loads(told["issuers"])),
            "bodies": tuple(told["bodies"]),
        }
    )
