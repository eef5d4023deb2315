"""The graph on a Neo4j server: what :mod:`policygraph.store.sqlite` does in a file, for a team.

One transaction per source, or per group of notices in a transfer: a loader or a server that is killed at any moment
leaves whole notices only, and a rerun goes on from there.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Self, cast

from policygraph.errors import JudgementError, StoreError, UnknownId
from policygraph.graph.build import build
from policygraph.graph.schema import PROPERTIES, Label, Relation
from policygraph.ids import source_id
from policygraph.judge import judgements as judge
from policygraph.store import asking, bodies, lookup, record, series
from policygraph.store.allowance import Allowance
from policygraph.store.contract import Removed, SourceRecord, Summary
from policygraph.store.judgements import Written
from policygraph.store.neo4j import batches, layout, writing
from policygraph.store.neo4j.batches import run
from policygraph.store.neo4j.server import Server
from policygraph.store.neo4j.shelf import Neo4jShelf
from policygraph.store.neo4j.writing import Contribution

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from neo4j import ManagedTransaction

    from policygraph.compare.series import Facts
    from policygraph.judge.bodies import Body
    from policygraph.judge.judgements import Entry
    from policygraph.models import Notice
    from policygraph.store.address import Address
    from policygraph.store.contract import Row
    from policygraph.store.lookup import Bilingual
    from policygraph.store.series import Judged


class Neo4jStore:
    """A graph store in one database of a Neo4j server."""

    def __init__(self, address: Address, *, create: bool = True) -> None:
        self._server = Server(address)
        try:
            self._prepare(create=create)
        except BaseException:
            self._server.close()
            raise

    def _prepare(self, *, create: bool) -> None:
        """Lay out an empty database, or check that it holds a store of this version."""
        found = self._server.rows("MATCH (p:Policygraph {id: 'store'}) RETURN p.version AS version")
        if not found:
            if not create:
                remedy = "make one with `policygraph build FOLDER --store URL`"
                raise StoreError(self.address, "no policygraph store in this database", remedy)
            self._make()
        elif found[0]["version"] in layout.MIGRATIONS:
            self._migrate(int(str(found[0]["version"])))
        elif found[0]["version"] != layout.VERSION:
            what = f"store of version {found[0]['version']}, this is version {layout.VERSION}"
            remedy = "use the policygraph that made it, or empty the database and build or load it again"
            raise StoreError(self.address, what, remedy)

    def _migrate(self, version: int) -> None:
        """Bring a store of an older version to this one, step by step; an interrupted migration is done again."""
        for step in range(version, layout.VERSION):
            for statement in layout.SCHEMA:
                self._server.rows(statement, write=True)
            self._server.rows("CALL db.awaitIndexes(300)")
            for statement in layout.MIGRATIONS[step]:
                while self._server.rows(statement, {"most": batches.BATCH_ROWS}, write=True)[0]["done"]:
                    pass
        while bodies := [str(row["id"]) for row in self._server.rows(layout.UNNAMED, {"most": batches.BATCH_ROWS})]:
            self._server.write(partial(writing.name, bodies=bodies))
        self._server.rows("MATCH (p:Policygraph) SET p.version = $version", {"version": layout.VERSION}, write=True)

    def _make(self) -> None:
        if self._server.rows("MATCH (n) RETURN 1 AS one LIMIT 1"):
            remedy = "give a database of its own with --database, or empty it"
            raise StoreError(self.address, "the database holds something else", remedy)
        for statement in layout.SCHEMA:
            self._server.rows(statement, write=True)
        self._server.rows("CALL db.awaitIndexes(300)")
        self._server.rows(
            "MERGE (p:Policygraph {id: 'store'}) SET p.version = $version", {"version": layout.VERSION}, write=True
        )

    @property
    def address(self) -> Address:
        """The URL of the server, which shows no credentials."""
        return self._server.address

    def check_writable(self) -> None:
        """Raise if nothing can be written."""
        self._server.rows("MATCH (p:Policygraph) SET p.version = p.version", write=True)

    def source(self, path: str) -> SourceRecord | None:
        """Return what is remembered of a source, or ``None``."""
        rows = cast("list[dict[str, Any]]", self._server.rows(layout.SOURCE, {"id": source_id(path)}))
        return SourceRecord(**rows[0]) if rows else None

    def load(self, source: SourceRecord, notices: Sequence[Notice]) -> None:
        """Replace, in one transaction, what a source contributes."""
        media_type = notices[0].page.media_type if notices else ""
        given = [Contribution(notice.id, build(notice), notice.page.text, record.pack(notice)) for notice in notices]
        self._server.write(lambda tx: _load(tx, source, media_type, given))

    def put(self, contributions: Sequence[Contribution], published: Sequence[Row]) -> int:
        """Add notices of another store in one transaction; return how many were not there already, just so.

        ``published`` are rows of ``path``, ``sha256``, ``media_type`` and ``notice``.
        """
        return self._server.write(lambda tx: _put(tx, contributions, published))

    def remember(self, records: Sequence[Row]) -> None:
        """Remember sources, rows of ``path``, ``sha256``, ``pipeline`` and ``media_type``, as read."""
        rows = [_source_row(one) for one in records]
        self._server.write(lambda tx: batches.write(tx, layout.MERGE_SOURCES, rows))

    def judge(self, same: Iterable[Sequence[str]]) -> None:
        """Count the duties of ids that are one body as its first one's in the graph; what was judged before is gone."""
        rows = [{"id": one, "body": body[0], "rank": rank} for body in same for rank, one in enumerate(body)]
        self._server.write(lambda tx: _judge(tx, rows))

    @property
    def judgements(self) -> str:
        """The URL of the server, which keeps them in the graph."""
        return str(self.address)

    def judged(self) -> Written:
        """Return the judgements that the graph keeps, the oldest first."""
        entries: list[Entry] = []
        broken: list[JudgementError] = []
        for number, row in enumerate(self._server.rows(layout.KEPT), 1):
            try:
                entries.append(judge.read(str(row["line"]), source=self.judgements, number=number))
            except JudgementError as error:
                broken.append(error)
        return Written(tuple(entries), tuple(broken))

    def keep(self, entries: Iterable[Entry]) -> None:
        """Add judgements to those in the graph; one that is there already is not added."""
        lines = {judge.line(entry): entry.on for entry in entries}
        rows: list[Row] = [
            {"id": sha256(line.encode()).hexdigest(), "line": line, "on": on} for line, on in sorted(lines.items())
        ]
        self._server.write(lambda tx: batches.write(tx, layout.KEEP, rows))

    def judge_series(self, judged: Judged) -> None:
        """Let what people judged of series hold."""
        self._server.write(lambda tx: series.judge(Neo4jShelf(tx), judged))

    def facts(self, notices: Sequence[str]) -> list[Facts]:
        """Return what tells of notices which series they are in."""
        return self._server.write(lambda tx: Neo4jShelf(tx).facts(notices))

    def bodies(self) -> list[Body]:
        """Return the bodies that notices name, as judged so far, by id."""
        return bodies.bodies(self.run)

    def example(self, body: str) -> Row | None:
        """Return characters that name a body, with some before and after."""
        return bodies.example(body, self.run)

    def publications(self) -> list[tuple[str, str]]:
        """Return the path of each source with each notice that it gives, in order."""
        return [(str(row["path"]), str(row["notice"])) for row in self._server.rows(layout.PUBLICATIONS)]

    def remove(self, name: str) -> list[Removed]:
        """Delete what a notice or a source contributed; a build of its source brings it back."""
        what, identifier = lookup.source_or_notice(name, self.run)
        if what == "source":
            return self._server.write(lambda tx: _remove_source(tx, identifier))
        return self._server.write(lambda tx: [_remove_notice(tx, identifier)])

    @contextmanager
    def reading(self, *, seconds: float, rows: int) -> Iterator[None]:
        """Let the answers in a block take no more than is allowed; what does not write is sent as such."""
        self._server.allowance = Allowance(seconds, rows)
        try:
            yield
        finally:
            self._server.allowance = None

    def ask(self, question: str, /, **parameters: object) -> list[Row]:
        """Return the rows that answer a question."""
        asked, bound = asking.prepare(question, parameters, self.run)
        return self.run(asked, bound)

    def run(self, query: Bilingual, parameters: dict[str, object]) -> list[Row]:
        """Return the rows of a query that is told in both languages."""
        return self._server.rows(query.cypher, parameters)

    def rows(self, cypher: str, parameters: dict[str, object]) -> list[Row]:
        """Return the rows of a Cypher query that reads."""
        return self._server.rows(cypher, parameters)

    def locate(self, task: str) -> Row:
        """Return a task's clause, span and notice."""
        (row,) = self._server.rows(layout.LOCATE, {"task": lookup.task(task, self.run)})
        by, due = dict.fromkeys(cast("list[str]", row["by"])), cast("list[str]", row["due"])
        return {**row, "by": "、".join(by) or None, "due": "; ".join(due) or None}

    def text_of(self, notice: str) -> Row:
        """Return a notice's properties and its published text."""
        rows = cast("list[dict[str, Any]]", self._server.rows(layout.TEXT_OF, {"notice": notice}))
        if not rows:
            raise UnknownId(notice, "no notice of this id in the store", "`policygraph ask notices` lists them")
        own = rows[0]["properties"]
        return {**_told(Label.NOTICE, own), "text": own["text"]}

    def notice(self, identifier: str) -> Notice:
        """Return a notice with all that was found in it."""
        rows = cast("list[dict[str, Any]]", self._server.rows(layout.RECORD, {"notice": identifier}))
        if not rows:
            raise UnknownId(identifier, "no notice of this id in the store", "`policygraph ask notices` lists them")
        return record.unpack(rows[0]["record"], rows[0]["text"])

    def summary(self) -> Summary:
        """Count what the store holds."""
        counts = {
            label: cast("int", self._server.rows(layout.COUNTS.format(label))[0]["count"])
            for label in (Label.NOTICE, Label.TASK, Label.TARGET, Label.TIME, Label.ISSUE)
        }
        duties = cast("int", self._server.rows(layout.DUTIES)[0]["count"])
        return Summary(
            counts[Label.NOTICE],
            counts[Label.TASK],
            duties,
            counts[Label.TARGET],
            counts[Label.TIME],
            counts[Label.ISSUE],
        )

    def dump(self) -> Iterator[str]:
        """Yield the graph as JSON lines in a canonical order."""
        for row in cast("Iterator[dict[str, Any]]", self._server.stream(layout.DUMP_NODES)):
            own, label = row["properties"], Label(row["label"])
            yield _json(
                {"node": row["id"], "label": label, "notice": own.get("notice"), "properties": _told(label, own)}
            )
        for row in cast("Iterator[dict[str, Any]]", self._server.stream(layout.DUMP_EDGES)):
            own, relation = row["properties"], Relation(row["relation"])
            ends = [row["source"], relation, row["target"], row["key"]]
            yield _json({"edge": ends, "notice": own["notice"], "properties": _told(relation, own)})

    def close(self) -> None:
        """Release the connections."""
        self._server.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def _load(tx: ManagedTransaction, source: SourceRecord, media_type: str, given: Sequence[Contribution]) -> None:
    own = _source_row(
        {"path": source.path, "sha256": source.sha256, "pipeline": source.pipeline, "media_type": media_type}
    )
    identifier = str(own["id"])
    batches.write(tx, layout.MERGE_SOURCES, [own])
    before = {str(row["notice"]) for row in run(tx, layout.GIVEN_BY, id=identifier)}
    now = {one.notice for one in given}
    stored = writing.lock(tx, before | now)
    _replace(tx, given, stored)
    batches.write(tx, layout.PUBLISH, [{"source": identifier, "notice": one} for one in sorted(now)])
    if gone := sorted(before - now):
        _retire(tx, gone)


def _judge(tx: ManagedTransaction, rows: list[Row]) -> None:
    for statement in layout.UNJUDGE:
        run(tx, statement)
    batches.write(tx, layout.JUDGE, rows)
    writing.count_as(tx, (str(row["id"]) for row in rows))


def _put(tx: ManagedTransaction, given: Sequence[Contribution], published: Sequence[Row]) -> int:
    stored = writing.lock(tx, (one.notice for one in given))
    new = [one for one in given if stored[one.notice].get("digest") != one.digest]
    _replace(tx, new, stored)
    sources = {str(row["path"]): row for row in published}
    rows = [_source_row({**sources[path], "pipeline": None}) for path in sorted(sources)]
    batches.write(tx, layout.MERGE_SOURCES, rows)
    pairs = sorted({(source_id(str(row["path"])), str(row["notice"])) for row in published})
    batches.write(tx, layout.PUBLISH, [{"source": source, "notice": notice} for source, notice in pairs])
    return len(new)


def _replace(tx: ManagedTransaction, given: Sequence[Contribution], stored: dict[str, Row]) -> None:
    """Replace stored notices by those that are preferred: their own source's again, or a fuller copy."""
    ranks = {notice: (row["chars"], row["path"]) for notice, row in stored.items() if row}
    taken: dict[str, Contribution] = {}
    for one in given:
        rank = ranks.get(one.notice)
        if rank is None or rank[1] == one.rank[1] or one.rank > rank:
            ranks[one.notice], taken[one.notice] = one.rank, one
    writing.replace(tx, list(taken.values()), [notice for notice in taken if stored[notice]])


def _retire(tx: ManagedTransaction, notices: list[str]) -> None:
    """Drop notices that their source no longer gives; another source of them is read again at the next build."""
    sources = [row["id"] for row in run(tx, layout.SOURCES_OF, ids=notices)]
    run(tx, layout.AGE_SOURCES, ids=sources)
    writing.delete(tx, notices)
    run(tx, layout.DELETE_IDLE_SOURCES, ids=sources)


def _remove_notice(tx: ManagedTransaction, notice: str) -> Removed:
    stored = writing.lock(tx, [notice])[notice]
    sources = [row["id"] for row in run(tx, layout.SOURCES_OF, ids=[notice])]
    run(tx, layout.FORGET_SOURCES, ids=sources)
    writing.delete(tx, [notice])
    run(tx, layout.DELETE_IDLE_SOURCES, ids=sources)
    return Removed(notice, cast("str | None", stored.get("title")), kept=False)


def _remove_source(tx: ManagedTransaction, path: str) -> list[Removed]:
    """Forget a source; a notice whose text is another source's stays."""
    identifier = source_id(path)
    notices = [str(row["notice"]) for row in run(tx, layout.GIVEN_BY, id=identifier)]
    stored = writing.lock(tx, notices)
    run(tx, layout.FORGET_SOURCES, ids=[identifier])
    run(tx, layout.UNPUBLISH, source=identifier, ids=notices)
    removed = []
    for notice in notices:
        others = tuple(str(row["path"]) for row in run(tx, layout.SOURCES_OF, ids=[notice]))
        kept = bool(others) and stored[notice]["path"] != path
        if not kept:
            _retire(tx, [notice])
        removed.append(Removed(notice, cast("str | None", stored[notice]["title"]), kept, others))
    run(tx, layout.DELETE_IDLE_SOURCES, ids=[identifier])
    return removed


def _source_row(record: Row) -> Row:
    """Return the row of a source's node; a ``pipeline`` says that the source is remembered as read."""
    names = ("path", "sha256", "media_type", "pipeline")
    own = {name: record[name] for name in names if record[name] is not None}
    identifier = source_id(str(record["path"]))
    return {"id": identifier, "properties": {"id": identifier, **own}}


def _told(what: Label | Relation, own: dict[str, Any]) -> dict[str, Any]:
    """Return the properties that the schema gives a node or an edge, with the nulls that Neo4j does not keep."""
    return {name: own.get(name) for name in PROPERTIES.get(what, ())}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
