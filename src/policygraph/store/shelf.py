"""The series of a SQLite store, as :mod:`policygraph.store.series` asks for them and writes them.

What two notices contribute is deleted by the ``notice`` of the later one, which an index finds.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from policygraph.compare.series import Facts
from policygraph.graph.schema import OF_TWO, Label, Relation
from policygraph.ids import series_id
from policygraph.store.series import Judged, Member

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Sequence

    from policygraph.graph.schema import Graph
    from policygraph.models import Notice
    from policygraph.store.contract import Row
    from policygraph.store.series import Pair

    Run = Callable[[str, dict[str, object]], list[Row]]

_FACTS = """
SELECT n.id AS notice, json_extract(n.properties, '$.title') AS title,
       json_extract(n.properties, '$.issuers') AS issuers,
       (SELECT json_group_array(e.target) FROM edges e WHERE e.source = n.id AND e.relation = 'ISSUED_BY') AS bodies,
       json_extract(n.properties, '$.document_number') AS number,
       json_extract(n.properties, '$.issued_on') AS issued_on,
       json_extract(n.properties, '$.plan_year') AS plan_year, json_extract(n.properties, '$.jurisdiction') AS place
FROM nodes n WHERE n.label = 'Notice' AND
"""
_THESE = "n.id IN (SELECT value FROM json_each(:notices))"
_HERE = "json_extract(n.properties, '$.jurisdiction') IS :place"
_MEMBERS = """
SELECT DISTINCT e.source AS notice, substr(e.target, 8) AS series, json_extract(e.properties, '$.evidence') AS evidence
FROM json_each(:notices) j CROSS JOIN edges own ON own.source = j.value AND own.relation = 'IN_SERIES'
     CROSS JOIN edges e ON e.target = own.target AND e.relation = 'IN_SERIES'
"""
_PAIRS = """
SELECT e.source, e.target FROM json_each(:notices) j CROSS JOIN edges e ON e.source = j.value
WHERE e.relation = 'FOLLOWS' AND e.notice = e.source
UNION
SELECT e.source, e.target FROM json_each(:notices) j CROSS JOIN edges e ON e.target = j.value
WHERE e.relation = 'FOLLOWS' AND e.notice = e.source
"""
_EMPTY = "DELETE FROM nodes WHERE id = ? AND NOT EXISTS (SELECT 1 FROM edges WHERE target = ?)"
_NODE = "REPLACE INTO nodes VALUES (?, ?, ?, ?)"
_EDGE = "REPLACE INTO edges VALUES (?, ?, ?, ?, ?, ?)"


class SQLiteShelf:
    """The series of one SQLite file; the caller has a transaction open."""

    def __init__(self, run: Run, db: sqlite3.Connection, notice: Callable[[str], Notice]) -> None:
        """``notice`` returns a notice by its id."""
        self._run, self._db, self.notice = run, db, notice

    def hold(self, places: Iterable[str | None]) -> None:
        """Do nothing: a file has one writer at a time."""

    def judged(self) -> Judged:
        """Return what people judged."""
        rows = self._db.execute("SELECT together, subject, object FROM series_judged").fetchall()
        kept = {bit: frozenset((one, other) for said, one, other in rows if said == bit) for bit in (1, 0)}
        return Judged(kept[1], kept[0])

    def keep(self, judged: Judged) -> None:
        """Remember what people judged in place of what they judged before."""
        self._db.execute("DELETE FROM series_judged")
        rows = [(*pair, 1) for pair in judged.together] + [(*pair, 0) for pair in judged.apart]
        self._db.executemany("INSERT INTO series_judged VALUES (?, ?, ?)", rows)

    def facts(self, notices: Iterable[str]) -> list[Facts]:
        """Return the facts of those of some notices that the store holds."""
        return [_facts(row) for row in self._run(_FACTS + _THESE, {"notices": json.dumps(list(notices))})]

    def of_place(self, place: str | None) -> list[Facts]:
        """Return the facts of all notices of a place."""
        return [_facts(row) for row in self._run(_FACTS + _HERE, {"place": place})]

    def members(self, notices: Iterable[str]) -> list[Member]:
        """Return all members of the series that some notices are in."""
        rows = self._run(_MEMBERS, {"notices": json.dumps(list(notices))})
        return [Member(**cast("dict[str, Any]", row)) for row in rows]

    def pairs(self, notices: Iterable[str]) -> set[Pair]:
        """Return each notice with the one it follows, where one of them is among some notices."""
        return set(self._db.execute(_PAIRS, {"notices": json.dumps(list(notices))}).fetchall())

    def part(self, later: Iterable[str]) -> None:
        """Delete what notices contribute by following others."""
        notices = [(one,) for one in later]
        kinds = ", ".join(f"'{relation}'" for relation in sorted(OF_TWO))
        self._db.executemany(f"DELETE FROM edges WHERE notice = ? AND relation IN ({kinds})", notices)  # noqa: S608
        self._db.executemany(f"DELETE FROM nodes WHERE notice = ? AND label = '{Label.CHANGE}'", notices)  # noqa: S608

    def follow(self, old: str, new: str, graph: Graph) -> None:
        """Write what a notice contributes by following another."""
        del old, new
        rows = [(node.id, node.label.value, node.notice, _json(node.properties)) for node in graph.nodes]
        self._db.executemany(_NODE, rows)
        edges = [(e.source, e.relation.value, e.target, e.key, e.notice, _json(e.properties)) for e in graph.edges]
        self._db.executemany(_EDGE, edges)

    def leave(self, notices: Iterable[str]) -> None:
        """Take notices out of their series, and delete a series that nothing is in any more."""
        for notice in notices:
            query = "DELETE FROM edges WHERE source = ? AND relation = 'IN_SERIES' RETURNING target"
            for (left,) in self._db.execute(query, (notice,)).fetchall():
                self._db.execute(_EMPTY, (left, left))

    def enter(self, members: Sequence[Member], name: str, place: str | None) -> None:
        """Put notices into a series, which gets a name and a place."""
        own = series_id(members[0].series)
        self._db.execute(_NODE, (own, Label.SERIES.value, None, _json({"name": name, "jurisdiction": place})))
        self._db.executemany(
            _EDGE,
            [
                (one.notice, Relation.IN_SERIES.value, own, "", one.notice, _json({"evidence": one.evidence}))
                for one in members
            ],
        )


def _facts(row: Row) -> Facts:
    told = cast("dict[str, Any]", row)
    issuers, bodies = json.loads(told["issuers"]), json.loads(told["bodies"])
    return Facts(**{**told, "title": told["title"] or "", "issuers": tuple(issuers), "bodies": tuple(bodies)})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
