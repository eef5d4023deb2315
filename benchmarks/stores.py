"""How fast both stores take a graph and answer: a SQLite file, and a server loaded from it.

``uv run --all-extras python benchmarks/stores.py bolt://127.0.0.1:7687 1000000 [FOLDER]`` (edges; the password from
POLICYGRAPH_NEO4J_PASSWORD). The database must be empty or a store, and is emptied. Generated notices are read once and
repeated under other numbers, titles and places, at the level of extracted notices. The loader is the command
``policygraph load`` in a process of its own, and is compared with a bare loop of ``UNWIND … MERGE`` on the same server
in the same run, which writes the first ``BARE_EDGES`` of the same edges.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import TYPE_CHECKING

from msgspec import json
from msgspec.structs import replace

from policygraph.evaluate.generate import corpus
from policygraph.graph.build import build
from policygraph.models import Notice
from policygraph.pipeline import parse
from policygraph.store import open_store
from policygraph.store.contract import SourceRecord
from policygraph.store.neo4j import layout
from policygraph.store.questions import QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.graph.schema import Label
    from policygraph.store.neo4j.store import Neo4jStore
    from policygraph.store.sqlite import SQLiteStore

BATCH = 5000
BASES = 60
SEED = 7
BARE_EDGES = 100_000
CODES = [f"{number}00" for number in range(1101, 1401)]
_ASKED = 20
_OF_ALL = 2
_SLOW_SECONDS = 1.0


def notices(edges: int) -> Iterator[Notice]:
    """Yield notices of at least so many edges together, each a generated one that was moved."""
    bases = [notice for written in corpus(BASES, SEED) for notice in parse(written.text.encode(), name="a.txt")]
    sizes = [len(build(notice).edges) for notice in bases]
    written = 0
    for number, (base, size) in enumerate(cycle(zip(bases, sizes, strict=True))):
        if written >= edges:
            return
        written += size
        yield _moved(base, number)


def _moved(notice: Notice, number: int) -> Notice:
    """Return a notice under another number and title and, for the bodies of its own place, in another place."""
    own, code = f"样政办发〔{2015 + number % 8}〕{number}号", CODES[number % len(CODES)]
    places = Counter(one.place for one in notice.organisations if one.place and one.place != "CN")
    home = places.most_common(1)[0][0] if places else "-"
    told = json.encode(notice).decode().replace(notice.id, own)
    told = told.replace(f'"{home}:', f'"{code}:').replace(f'"place":"{home}"', f'"place":"{code}"')
    moved = json.decode(told, type=Notice)
    title = f"{notice.elements.title}{chr(0x4E00 + number % 5000)}{chr(0x5000 + number // 5000)}"  # in no series
    elements = replace(moved.elements, title=title, document_number=own)
    return replace(moved, elements=elements, page=replace(moved.page, source=f"{own}.txt"))


def fill(store: SQLiteStore, edges: int) -> int:
    """Load notices into a file and return how many nodes and edges they have, shared ones each time."""
    size = 0
    for notice in notices(edges):
        graph = build(notice)
        size += len(graph.nodes) + len(graph.edges)
        store.load(SourceRecord(notice.page.source, notice.id, 1), [notice])
    return size


def bare(store: Neo4jStore, edges: int) -> float:
    """Return elements per second of a loop that only writes: the nodes of each label, then the edges of each type."""
    nodes: dict[Label, dict[str, dict]] = {}
    links: dict[tuple, list[dict]] = {}
    for graph in map(build, notices(edges)):
        labels = {node.id: node.label for node in graph.nodes}
        for node in graph.nodes:
            row = {"id": node.id, "properties": {"id": node.id, "notice": node.notice, **node.properties}}
            nodes.setdefault(node.label, {})[node.id] = row
        for e in graph.edges:
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


def load(file: str, url: str) -> tuple[float, float]:
    """Return the seconds that the command takes, and the most memory that it held, in MiB."""
    started = perf_counter()
    command = [sys.executable, "-m", "policygraph", "load", file, "--to", url]
    process = os.posix_spawn(sys.executable, command, os.environ)
    _, status, used = os.wait4(process, 0)
    if status:
        sys.exit("the load failed")
    return perf_counter() - started, used.ru_maxrss / 1024


def empty(store: Neo4jStore) -> None:
    """Delete everything, some at a time."""
    query = "MATCH (n) WHERE NOT n:Policygraph WITH n LIMIT 5000 DETACH DELETE n RETURN count(*) AS gone"
    while store._server.rows(query, write=True)[0]["gone"]:
        pass


def parameters(store: SQLiteStore) -> dict[str, object]:
    """Return what questions are asked about: two bodies that share tasks, a notice, a task of it, and words."""
    ranked = store.rows(
        "SELECT source AS id, count(*) AS duties FROM edges WHERE relation = 'LEADS' GROUP BY source ORDER BY 2, 1", {}
    )
    body = str(ranked[len(ranked) * 9 // 10]["id"])
    partners = store.ask("partners", organisation=body)
    task = str(store.ask("leads", organisation=body)[0]["task"])
    other = str(partners[len(partners) // 2]["partner_id"])
    notice = task.rpartition(":")[0].rpartition(":")[0]
    return {
        "organisation": body, "other": other, "document": notice, "task": task, "text": "排查整治", "notice": notice,
    }  # fmt: skip


def ask(stores: dict[str, SQLiteStore | Neo4jStore], asked: dict[str, object]) -> None:
    """Put every question on one body (or notice, or on all) some times and print how long it takes, names looked up."""
    print(f"asked about {asked}")
    for question in QUESTIONS:
        needed = {p.name: asked[p.name] for p in question.parameters if p.required}
        ways = {"": needed}
        for name in ("organisation", "notice"):
            if name not in needed and any(p.name == name for p in question.parameters) and not needed:
                ways[f" --{name}"] = {name: asked[name]}
        for way, given in ways.items():
            told = []
            for name, store in stores.items():
                rows, times = _times(store, question.name, given)
                told.append(f"{name} p50 {median(times):7.1f} p95 {quantiles(times, n=20)[-1]:7.1f} ms")
            print(f"  {question.name + way:<24} {'   '.join(told)}   {rows} rows", flush=True)


def _times(store: SQLiteStore | Neo4jStore, question: str, given: dict[str, object]) -> tuple[int, list[float]]:
    started = perf_counter()
    rows = len(store.ask(question, **given))  # plans it
    times = _ASKED if perf_counter() - started < _SLOW_SECONDS else _OF_ALL  # of all there is
    found = []
    for _ in range(times):
        started = perf_counter()
        store.ask(question, **given)
        found.append(1000 * (perf_counter() - started))
    return rows, found


def removals(store: SQLiteStore | Neo4jStore) -> float:
    """Return the milliseconds that the removal of one notice takes, the median of several."""
    found = []
    for number in range(31, 38):
        notice = f"样政办发〔{2015 + number % 8}〕{number}号"
        started = perf_counter()
        store.remove(notice)
        found.append(1000 * (perf_counter() - started))
    return median(found)


def main() -> None:
    """Measure and print."""
    url, edges = sys.argv[1], int(sys.argv[2])
    folder = Path(sys.argv[3]) if len(sys.argv) > 3 else Path(tempfile.mkdtemp())  # noqa: PLR2004 - the third is free
    file = folder / "stores.db"
    with open_store(file) as one, open_store(url) as other:
        started = perf_counter()
        size = fill(one, edges)
        seconds = perf_counter() - started
        print(
            f"SQLite     {size:8} elements, {size / seconds:8.0f}/s, {file.stat().st_size / 2**20:.0f} MiB", flush=True
        )
        empty(other)
        raw = bare(other, min(edges, BARE_EDGES))
        empty(other)
        first, memory = load(str(file), url)
        print(f"bare loop  {raw:8.0f} elements/s")
        print(f"load       {size / first:8.0f} elements/s, {size / first / raw:.2f} of it, in {first:.0f} s")
        second, again = load(str(file), url)
        print(f"again      {second / first:.2f} of the first time; memory {memory:.0f} and {again:.0f} MiB", flush=True)
        ask({"SQLite": one, "Neo4j": other}, parameters(one))
        for name, store in (("SQLite", one), ("Neo4j", other)):
            print(f"removing one notice takes {removals(store):.0f} ms in {name}", flush=True)


if __name__ == "__main__":
    main()
