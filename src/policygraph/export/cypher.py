"""A script that makes the graph on an empty Neo4j server, for ``cypher-shell -f graph.cypher`` or Browser.

One statement stands on each line: constraints and indexes first, then nodes and edges in groups. What it makes is a
store that ``policygraph --store bolt://…`` opens.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, TextIO

from policygraph.export import neo4jform
from policygraph.export.elements import Counted, Counts, kind
from policygraph.graph.schema import Edge, Label, Node, Relation

if TYPE_CHECKING:
    from policygraph.graph.schema import Properties, Scalar
    from policygraph.store.contract import Store

_GROUP_ROWS = 200
_ESCAPED = re.compile("[\\\\'\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ud800-\\udfff]")
_SHORT = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def write(store: Store, out: TextIO) -> Counts:
    """Write the script."""
    for statement in neo4jform.SCHEMA:
        out.write(f"{statement};\n")
    out.write("CALL db.awaitIndexes(300);\n")
    elements = Counted(store)
    waiting: dict[Label | Relation, list[str]] = defaultdict(list)
    nodes = True
    for one in elements:
        if nodes and isinstance(one, Edge):
            nodes = False
            _flush(waiting, out)  # edges find their nodes there
        rows = waiting[kind(one)]
        rows.append(_row(one, store))
        if len(rows) == _GROUP_ROWS:
            _flush({kind(one): rows}, out)
    _flush(waiting, out)
    out.write(f"CREATE (:{neo4jform.MARK} {{id: 'store', version: {neo4jform.VERSION}}});\n")
    return elements.counts


def _flush(waiting: dict[Label | Relation, list[str]], out: TextIO) -> None:
    """Write a statement for each kind that has rows, in the order of the schema."""
    for one in (*Label, *Relation):
        if rows := waiting.get(one):
            out.write(f"UNWIND [{','.join(rows)}] AS row {_statement(one)};\n")
            rows.clear()


def _statement(one: Label | Relation) -> str:
    if isinstance(one, Label):
        return f"CREATE (n:{':'.join(neo4jform.labels(one))}) SET n = row[1], n.id = row[0]"
    source, target = neo4jform.ends(one)
    return (
        f"MATCH (a:{source} {{id: row[0]}}) MATCH (b:{target} {{id: row[1]}}) "
        f"CREATE (a)-[r:{one.value}]->(b) SET r = row[2]"
    )


def _row(one: Node | Edge, store: Store) -> str:
    if isinstance(one, Node):
        return f"[{literal(one.id)},{_map(neo4jform.node(one, store))}]"
    return f"[{literal(one.source)},{literal(one.target)},{_map(neo4jform.edge(one))}]"


def _map(properties: Properties) -> str:
    """Return a map in Cypher, without what has no value: Neo4j keeps no nulls."""
    told = (f"{name}:{literal(value)}" for name, value in properties.items() if value is not None)
    return "{" + ",".join(told) + "}"


def literal(value: Scalar) -> str:
    """Return a value as Cypher writes it, on one line.

    >>> print(literal("a'b"), literal(17))
    'a\\'b' 17
    """
    return str(value) if isinstance(value, int | float) else "'" + _ESCAPED.sub(_escape, str(value)) + "'"


def _escape(found: re.Match[str]) -> str:
    return _SHORT.get(found[0]) or f"\\u{ord(found[0]):04x}"
