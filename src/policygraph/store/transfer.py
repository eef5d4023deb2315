"""From a SQLite file to a server: ``policygraph load policygraph.db --to bolt://127.0.0.1:7687``.

Notices go over in groups of some thousand nodes and edges, each group in one transaction, so that the server
holds whole notices at any moment and the loader never more than a group. What is there already, just so, is skipped: a
load that was interrupted goes on where it was, and a second one is quick. Notices that only the server has stay there;
of two copies of one notice the fuller is kept, as in a build. Sources are remembered as read at the end, when all their
notices are there, and then the judgements in the file beside it come too and hold.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from policygraph.errors import StoreError
from policygraph.graph.schema import OF_TWO, Edge, Graph, Label, Node, Relation
from policygraph.store import judgements, open_store
from policygraph.store.sqlite import SQLiteStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from policygraph.errors import JudgementError
    from policygraph.judge.outcome import Conflict
    from policygraph.store.contract import Row, Summary
    from policygraph.store.neo4j.store import Neo4jStore
    from policygraph.store.neo4j.writing import Contribution

_GROUP = 6_000
_NOTICES = "SELECT id FROM nodes WHERE label = 'Notice' ORDER BY id"
_DERIVED = ", ".join(f"'{relation}'" for relation in sorted({Relation.PUBLISHES, Relation.IN_SERIES, *OF_TWO}))
"""Relations that are not one notice's own: the server makes them anew, by all the notices that it holds."""
_NODES = """
SELECT id, label, notice, properties FROM nodes WHERE notice = :notice AND label != 'Change' ORDER BY id
"""
_SHARED = f"""
SELECT id, label, notice, properties FROM nodes WHERE id IN (
    SELECT source FROM edges WHERE notice = :notice AND relation NOT IN ({_DERIVED})
    UNION SELECT target FROM edges WHERE notice = :notice AND relation NOT IN ({_DERIVED})
) AND notice IS NOT :notice ORDER BY id
"""  # noqa: S608 - relations of the schema
_EDGES = f"""
SELECT source, relation, target, key, notice, properties FROM edges
WHERE notice = :notice AND relation NOT IN ({_DERIVED}) ORDER BY source, relation, target, key
"""  # noqa: S608
_TEXT = "SELECT text, record FROM texts WHERE notice = :notice"
_PUBLISHED = """
SELECT s.path, s.sha256, s.media_type, p.notice FROM published p JOIN sources s USING (path)
WHERE p.notice = :notice ORDER BY s.path
"""
_SOURCES = "SELECT path, sha256, pipeline, media_type FROM sources WHERE pipeline IS NOT NULL ORDER BY path"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: how many notices went over, and how many were there already.

    ``judged`` counts the judgements that the server kept from it, ``unjudged`` holds those that cannot be read, and
    ``conflicts`` those that contradict each other there.
    """

    loaded: int
    unchanged: int
    judged: int
    unjudged: tuple[JudgementError, ...]
    conflicts: tuple[Conflict, ...]
    summary: Summary


def load(source: str, target: str, *, progress: Callable[[int, int], None] | None = None) -> Loaded:
    """Load all that a SQLite file holds into a store on a server; ``progress`` gets the notices done and all.

    Raises:
        StoreError: one of them cannot be opened, or the target is no server.

    """
    with open_store(source, create=False) as one, open_store(target) as other:
        if not isinstance(one, SQLiteStore):
            raise StoreError(source, "is no SQLite file", "give the policygraph.db that a build made")
        if isinstance(other, SQLiteStore):
            raise StoreError(target, "is no server", "give --to bolt://HOST:7687; a SQLite file is moved as a file")
        other.check_writable()
        return _load(one, cast("Neo4jStore", other), progress or (lambda _done, _all: None))


def _load(source: SQLiteStore, target: Neo4jStore, progress: Callable[[int, int], None]) -> Loaded:
    notices = [str(row["id"]) for row in source.rows(_NOTICES, {})]
    done = loaded = 0
    for group in _groups(source, notices):
        published = [row for one in group for row in source.rows(_PUBLISHED, {"notice": one.notice})]
        loaded += target.put(group, published)
        done += len(group)
        progress(done, len(notices))
    target.remember(source.rows(_SOURCES, {}))
    written = source.judged()
    target.keep(written.entries)
    outcome, broken = judgements.replay(target)
    unjudged = (*written.broken, *broken)
    return Loaded(loaded, done - loaded, len(set(written.entries)), unjudged, outcome.conflicts, target.summary())


def _groups(source: SQLiteStore, notices: list[str]) -> Iterator[list[Contribution]]:
    """Yield contributions in lists of at least so many nodes and edges, but for the last."""
    group: list[Contribution] = []
    size = 0
    for notice in notices:
        group.append(_contribution(source, notice))
        size += len(group[-1].graph.nodes) + len(group[-1].graph.edges)
        if size >= _GROUP:
            yield group
            group, size = [], 0
    if group:
        yield group


def _contribution(source: SQLiteStore, notice: str) -> Contribution:
    from policygraph.store.neo4j.writing import Contribution  # noqa: PLC0415 - needs the driver

    given: dict[str, object] = {"notice": notice}
    own = [_node(row) for row in source.rows(_NODES, given)]
    shared = [_shared(_node(row)) for row in source.rows(_SHARED, given)]
    edges = [_edge(row) for row in source.rows(_EDGES, given)]
    (text,) = source.rows(_TEXT, given)
    return Contribution(notice, Graph((*own, *shared), tuple(edges)), str(text["text"]), cast("bytes", text["record"]))


def _node(row: Row) -> Node:
    read = cast("dict[str, Any]", row)
    return Node(read["id"], Label(read["label"]), read["notice"], json.loads(read["properties"]))


def _shared(node: Node) -> Node:
    """Return a shared node; a notice that is cited is a reference for the one that cites it."""
    if node.label is not Label.NOTICE:
        return node
    return Node(node.id, Label.REFERENCE, None, {"document_number": node.id, "title": None})


def _edge(row: Row) -> Edge:
    read = cast("dict[str, Any]", row)
    ends = (read["source"], Relation(read["relation"]), read["target"])
    return Edge(*ends, read["key"], read["notice"], json.loads(read["properties"]))
