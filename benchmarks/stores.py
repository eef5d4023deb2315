"""How fast a server takes a graph, against a bare loop of ``UNWIND … MERGE`` on the same server in the same run.

``uv run --extra neo4j python benchmarks/stores.py bolt://127.0.0.1:7687 100000`` (edges; the password from
POLICYGRAPH_NEO4J_PASSWORD). The database must be empty or a store, and is emptied. The notice in corpus/ is repeated
under other numbers and places, at the level of what a notice contributes.
"""

from __future__ import annotations

import sys
import tracemalloc
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import TYPE_CHECKING

from policygraph.graph.build import build
from policygraph.graph.schema import Edge, Graph, Label, Node
from policygraph.pipeline import parse
from policygraph.store import open_store
from policygraph.store.neo4j import layout
from policygraph.store.neo4j.writing import Contribution
from policygraph.store.questions import QUESTIONS
from policygraph.store.transfer import _GROUP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.store.neo4j.store import Neo4jStore

CORPUS = Path(__file__).parent.parent / "corpus" / "jiamusi-2018-water.txt"
BATCH = 5000
_ASKED = 20
CODES = [f"{number}00" for number in range(1101, 1401)]


def contributions(edges: int) -> Iterator[Contribution]:
    """Yield contributions of about so many edges together."""
    (notice,) = parse(CORPUS)
    graph = build(notice)
    for number in range(edges // len(graph.edges) + 1):
        yield _moved(notice.id, graph, notice.page.text, number)


def _moved(notice: str, graph: Graph, text: str, number: int) -> Contribution:
    """Return a contribution under another number and, for its bodies, another place."""
    own, code = f"样政办发〔2018〕{number}号", CODES[number % len(CODES)]

    def moved(identifier: str) -> str:
        return identifier.replace(notice, own).replace("230800:", f"{code}:")

    nodes = tuple(
        Node(
            moved(n.id), n.label, n.notice and own, n.properties | ({"place": code} if "place" in n.properties else {})
        )
        for n in graph.nodes
    )
    edges = tuple(
        Edge(moved(e.source), e.relation, moved(e.target), moved(e.key), own, e.properties) for e in graph.edges
    )
    return Contribution(own, Graph(nodes, edges), text)


def bare(store: Neo4jStore, edges: int) -> float:
    """Return elements per second of a loop that only writes: the nodes of each label, then the edges of each type."""
    nodes: dict[Label, dict[str, dict]] = {}
    links: dict[tuple, list[dict]] = {}
    for one in contributions(edges):
        labels = {node.id: node.label for node in one.graph.nodes}
        for node in one.graph.nodes:
            row = {"id": node.id, "properties": {"id": node.id, "notice": node.notice, **node.properties}}
            nodes.setdefault(node.label, {})[node.id] = row
        for e in one.graph.edges:
            row = {"source": e.source, "target": e.target, "key": e.key}
            row["properties"] = {**e.properties, "key": e.key, "notice": e.notice}
            links.setdefault((e.relation, labels[e.source], labels[e.target]), []).append(row)
    batches = [
        (layout.MERGE_NODES[label], [rows[key] for key in sorted(rows)]) for label, rows in sorted(nodes.items())
    ]
    batches += [(layout.merge_edges(*ends), rows) for ends, rows in sorted(links.items())]
    started, written = perf_counter(), 0
    for cypher, rows in batches:
        for at in range(0, len(rows), BATCH):
            store._server.rows(cypher, {"rows": rows[at : at + BATCH]}, write=True)
            written += len(rows[at : at + BATCH])
    return written / (perf_counter() - started)


def load(store: Neo4jStore, edges: int) -> tuple[float, float]:
    """Return elements per second of the loader, and its seconds; making the contributions is not counted."""
    written, seconds = 0, 0.0
    for group in groups(edges):
        started = perf_counter()
        store.put(group, [])
        seconds += perf_counter() - started
        written += sum(len(one.graph.nodes) + len(one.graph.edges) for one in group)
    return written / seconds, seconds


def groups(edges: int) -> Iterator[list[Contribution]]:
    """Yield contributions in groups of the size that a transfer has."""
    group: list[Contribution] = []
    for one in contributions(edges):
        group.append(one)
        if sum(len(one.graph.nodes) + len(one.graph.edges) for one in group) >= _GROUP:
            yield group
            group = []
    yield group


def empty(store: Neo4jStore) -> None:
    """Delete everything, some at a time."""
    while _some(store):
        pass


def _some(store: Neo4jStore) -> int:
    query = "MATCH (n) WHERE NOT n:Policygraph WITH n LIMIT 5000 DETACH DELETE n RETURN count(*) AS gone"
    return int(str(store._server.rows(query, write=True)[0]["gone"]))


def ask(store: Neo4jStore) -> None:
    """Put every question some times and print how long it takes."""
    asked = {"organisation": "水务局", "text": "黑臭水体", "task": "样政办发〔2018〕5号:二/一/1:1"}
    body = store.rows("MATCH (o:Organisation)-[:LEADS]->() RETURN o.id AS id ORDER BY id LIMIT 1", {})[0]["id"]
    for question in QUESTIONS:
        given = {p.name: asked[p.kind] if p.required else None for p in question.parameters}
        given |= {"organisation": [body]} if given.get("organisation") else {}
        times = []
        store.rows(question.cypher, given)  # plans it
        for _ in range(_ASKED):
            started = perf_counter()
            store.rows(question.cypher, given)
            times.append(1000 * (perf_counter() - started))
        print(f"  {question.name:<11} p50 {median(times):7.1f} ms   p95 {quantiles(times, n=20)[-1]:7.1f} ms")


def main() -> None:
    """Measure and print."""
    url, edges = sys.argv[1], int(sys.argv[2])
    with open_store(url) as store:
        empty(store)
        raw = bare(store, edges)
        empty(store)
        speed, first = load(store, edges)
        _, second = load(store, edges)
        print(f"bare loop  {raw:8.0f} elements/s\nloader     {speed:8.0f} elements/s, {speed / raw:.2f} of it")
        print(f"again      {second / first:.2f} of the first time")
        ask(store)
        for number in (7, 8, 9):
            started = perf_counter()
            store.remove(f"样政办发〔2018〕{number}号")
            seconds = perf_counter() - started
        print(f"removing one notice takes {1000 * seconds:.0f} ms")
        tracemalloc.start()
        load(store, min(edges, 50_000))
        print(f"memory of the loader: {tracemalloc.get_traced_memory()[1] / 2**20:.0f} MiB at most")


if __name__ == "__main__":
    main()
