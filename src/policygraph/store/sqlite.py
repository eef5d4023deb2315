"""The default store: one SQLite file in WAL mode, two tables for the graph and what the questions need.

One transaction per source: a build that is killed at any moment leaves whole notices only. Task texts are
indexed by trigram (FTS5), so that 黑臭水体 is found without word segmentation.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self, cast

from policygraph.errors import StoreError, UnknownId
from policygraph.graph import organisations
from policygraph.graph.build import build
from policygraph.graph.schema import Label, Node, Relation
from policygraph.ids import source_id
from policygraph.store import asking, bodies, called, judgements, lookup, record, series
from policygraph.store.allowance import Allowance
from policygraph.store.connection import NO_STORE, connect, limited, refusing
from policygraph.store.contract import Removed, SourceRecord, Summary
from policygraph.store.shelf import SQLiteShelf
from policygraph.store.standing import STANDING
from policygraph.store.tables import APPLICATION, END, JUDGE, MENTIONS, SHORTS, TABLES, VERSION, VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from policygraph.compare.series import Facts
    from policygraph.graph.schema import Edge, Graph
    from policygraph.judge.bodies import Body
    from policygraph.judge.judgements import Entry
    from policygraph.models import Notice
    from policygraph.store.contract import Row
    from policygraph.store.judgements import Written
    from policygraph.store.lookup import Bilingual
    from policygraph.store.series import Judged


class SQLiteStore:
    """A graph store in one SQLite file."""

    def __init__(self, path: str, *, create: bool = True) -> None:
        self._path = path
        self._allowance: Allowance | None = None
        self._db = connect(path, create=create)
        self._shelf = SQLiteShelf(self.rows, self._db, self.notice)
        self._touched: set[str] = set()
        try:
            self._prepare(create=create)
        except BaseException:
            self._db.close()
            raise

    def _prepare(self, *, create: bool) -> None:
        """Make the tables of a new store, or check that the file is a store of this version."""
        application, version, tables = (
            self._db.execute(query).fetchone()[0]
            for query in ("PRAGMA application_id", "PRAGMA user_version", "SELECT count(*) FROM sqlite_master")
        )
        if tables == 0 and create:
            self._make()
        elif application != APPLICATION:
            raise StoreError(self._path, *NO_STORE)
        elif version != VERSION:
            remedy = "build it again from its sources"
            raise StoreError(self._path, f"store of version {version}, this is version {VERSION}", remedy)
        self._db.execute("PRAGMA temp_store = MEMORY")
        self._db.create_function("fold", 1, _fold, deterministic=True)
        for view in (*VIEWS, *STANDING):
            self._db.execute(view)

    def _make(self) -> None:
        with refusing(self._path):
            self._db.execute("PRAGMA journal_mode = WAL")
        with self._transaction():
            for statement in TABLES:
                self._db.execute(statement)
            self._db.execute(f"PRAGMA application_id = {APPLICATION}")
            self._db.execute(f"PRAGMA user_version = {VERSION}")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """``BEGIN IMMEDIATE`` … ``COMMIT``, or ``ROLLBACK`` if the block fails; series follow what was changed."""
        with refusing(self._path):
            self._db.execute("BEGIN IMMEDIATE")
            self._touched.clear()
            try:
                yield
                series.settle(self._shelf, self._touched)
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    @property
    def address(self) -> str:
        """The path of the file."""
        return self._path

    def source(self, path: str) -> SourceRecord | None:
        """Return what is remembered of a source, or ``None``."""
        query = "SELECT path, sha256, pipeline FROM sources WHERE path = ? AND pipeline IS NOT NULL"
        row = self._db.execute(query, (path,)).fetchone()
        return SourceRecord(*row) if row else None

    def check_writable(self) -> None:
        """Raise if nothing can be written."""
        with self._transaction():
            self._db.execute("DELETE FROM sources WHERE 0")  # BEGIN IMMEDIATE alone passes on a read-only file

    def load(self, source: SourceRecord, notices: Sequence[Notice]) -> None:
        """Replace, in one transaction, what a source contributes."""
        with self._transaction():
            media_type = notices[0].page.media_type if notices else ""
            self._db.execute(
                "REPLACE INTO sources VALUES (?, ?, ?, ?)", (source.path, source.sha256, source.pipeline, media_type)
            )
            before = self._column("SELECT notice FROM published WHERE path = ?", source.path)
            self._db.execute("DELETE FROM published WHERE path = ?", (source.path,))
            for notice in notices:
                self._db.execute("REPLACE INTO published VALUES (?, ?)", (source.path, notice.id))
                if self._prefers(notice):
                    self._delete(notice.id)
                    self._insert(notice)
                self._publish(notice.id)
            for gone in sorted(set(before) - {notice.id for notice in notices}):
                self._retire(gone)
            self._db.execute(JUDGE, {"all": False})

    def _prefers(self, notice: Notice) -> bool:
        """Tell whether a notice's text replaces the stored one: its own source's again, or a fuller copy."""
        stored = self._properties(notice.id)
        rank = (len(notice.page.text), notice.page.source)
        return not stored or stored["path"] == notice.page.source or rank > (stored["chars"], stored["path"])

    def _retire(self, notice: str) -> None:
        """Drop a notice that its source no longer gives; another source of it is read again at the next build."""
        self._db.execute(
            "UPDATE sources SET pipeline = 0 WHERE pipeline IS NOT NULL "
            "AND path IN (SELECT path FROM published WHERE notice = ?)",
            (notice,),
        )
        self._db.execute("DELETE FROM published WHERE notice = ?", (notice,))
        self._delete(notice)

    def _insert(self, notice: Notice) -> None:
        graph: Graph = build(notice)
        self._touched.add(notice.id)
        self._add_nodes(graph.nodes)
        self._add_edges(graph.edges)
        self._name(node.id for node in graph.nodes if node.label is Label.ORGANISATION)
        self._db.execute("INSERT INTO texts VALUES (?, ?, ?)", (notice.id, notice.page.text, record.pack(notice)))
        for node in graph.nodes:
            if node.label is Label.TASK:
                told = self._db.execute("INSERT INTO told (task, notice) VALUES (?, ?)", (node.id, notice.id))
                words = f"{node.properties['text']}{END}"
                self._db.execute("INSERT INTO task_texts (rowid, text) VALUES (?, ?)", (told.lastrowid, words))

    def _add_nodes(self, nodes: Iterable[Node]) -> None:
        """Write nodes anew; a reference to a notice that the store holds is that notice."""
        self._db.executemany(
            "INSERT INTO nodes VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE "
            "SET label = excluded.label, notice = excluded.notice, properties = excluded.properties "
            "WHERE NOT (nodes.label = 'Notice' AND excluded.label = 'Reference')",
            [(node.id, node.label.value, node.notice, _json(node.properties)) for node in nodes],
        )

    def _add_edges(self, edges: Iterable[Edge]) -> None:
        self._db.executemany(
            "REPLACE INTO edges VALUES (?, ?, ?, ?, ?, ?)",
            [(e.source, e.relation.value, e.target, e.key, e.notice, _json(e.properties)) for e in edges],
        )

    def _name(self, named: Iterable[str]) -> None:
        """Say of bodies what follows from all the mentions there are, and keep the keys by which they are found."""
        for body in named:
            if not self._db.execute("SELECT 1 FROM nodes WHERE id = ? AND label = 'Organisation'", (body,)).fetchone():
                continue
            mentions = self.rows(MENTIONS, {"body": body})
            own = organisations.standing(body, mentions)
            self._db.execute("UPDATE nodes SET properties = ? WHERE id = ?", (_json(own), body))
            wholes, parts = called.keys(body, own, mentions, self._column(SHORTS, body))
            self._db.execute("DELETE FROM called WHERE id = ?", (body,))
            rows = [(key, body, 1) for key in wholes] + [(key, body, 0) for key in parts]
            self._db.executemany("INSERT INTO called VALUES (?, ?, ?)", rows)

    def _publish(self, notice: str) -> None:
        """Write the source nodes of a notice anew from what is remembered of its sources."""
        rows = self._db.execute(
            "SELECT s.path, s.sha256, s.media_type FROM sources s JOIN published p USING (path) "
            "WHERE p.notice = ? ORDER BY s.path",
            (notice,),
        ).fetchall()
        for path, sha256, media_type in rows:
            identifier = source_id(path)
            properties = {"path": path, "sha256": sha256, "media_type": media_type}
            self._add_nodes([Node(identifier, Label.SOURCE, None, properties)])
            self._db.execute(
                "REPLACE INTO edges VALUES (?, ?, ?, '', ?, '{}')",
                (identifier, Relation.PUBLISHES.value, notice, notice),
            )

    def _delete(self, notice: str) -> None:
        """Delete what a notice contributed, then the shared nodes that nothing points from or to any more."""
        self._touched |= series.release(self._shelf, [notice])
        ends = "SELECT source FROM edges WHERE notice = :n UNION SELECT target FROM edges WHERE notice = :n"
        shared = self._column(f"SELECT id FROM nodes WHERE notice IS NULL AND id IN ({ends})", {"n": notice})  # noqa: S608
        numbers = "SELECT number FROM told WHERE notice = ?"
        self._db.execute(f"DELETE FROM task_texts WHERE rowid IN ({numbers})", (notice,))  # noqa: S608 - the line above
        for table in ("edges", "nodes", "texts", "told"):
            self._db.execute(f"DELETE FROM {table} WHERE notice = ?", (notice,))  # noqa: S608 - four fixed names
        self._db.executemany(
            "DELETE FROM nodes WHERE id = :id AND NOT EXISTS (SELECT 1 FROM edges WHERE source = :id) "
            "AND NOT EXISTS (SELECT 1 FROM edges WHERE target = :id)",
            [{"id": one} for one in shared],
        )
        self._name(shared)
        if self._db.execute("SELECT 1 FROM edges WHERE target = ? AND relation = 'CITES'", (notice,)).fetchone():
            self._add_nodes([Node(notice, Label.REFERENCE, None, {"document_number": notice, "title": None})])

    def judge(self, same: Iterable[Sequence[str]]) -> None:
        """Count the duties of ids that are one body as its first one's in the graph; what was judged before is gone."""
        rows = [(one, body[0], rank) for body in same for rank, one in enumerate(body)]
        with self._transaction():
            self._db.execute("DELETE FROM same")
            self._db.executemany("INSERT INTO same VALUES (?, ?, ?)", rows)
            self._db.execute(JUDGE, {"all": True})

    @property
    def judgements(self) -> str:
        """The path of the file of judgements beside the store."""
        return str(judgements.beside(self._path))

    def judged(self) -> Written:
        """Return what the file of judgements says."""
        return judgements.read(judgements.beside(self._path))

    def keep(self, entries: Iterable[Entry]) -> None:
        """Add judgements to the file."""
        judgements.add(judgements.beside(self._path), entries)

    def judge_series(self, judged: Judged) -> None:
        """Let what people judged of series hold."""
        with self._transaction():
            series.judge(self._shelf, judged)

    def facts(self, notices: Sequence[str]) -> list[Facts]:
        """Return what tells of notices which series they are in."""
        return self._shelf.facts(notices)

    def bodies(self) -> list[Body]:
        """Return the bodies that notices name, as judged so far, by id."""
        return bodies.bodies(self.run)

    def example(self, body: str) -> Row | None:
        """Return characters that name a body, with some before and after."""
        return bodies.example(body, self.run)

    def publications(self) -> list[tuple[str, str]]:
        """Return the path of each source with each notice that it gives, in order."""
        return self._db.execute("SELECT path, notice FROM published ORDER BY path, notice").fetchall()

    def remove(self, name: str) -> list[Removed]:
        """Delete what a notice or a source contributed; a build of its source brings it back."""
        what, identifier = lookup.source_or_notice(name, self.run)
        with self._transaction():
            removed = self._remove_source(identifier) if what == "source" else [self._remove_notice(identifier)]
            self._db.execute(JUDGE, {"all": False})
            return removed

    def _remove_notice(self, notice: str) -> Removed:
        removed = Removed(notice, self._properties(notice)["title"], kept=False)
        paths = self._column("SELECT path FROM published WHERE notice = ?", notice)
        self._db.execute("DELETE FROM published WHERE notice = ?", (notice,))
        for path in paths:
            self._db.execute("UPDATE sources SET pipeline = NULL WHERE path = ?", (path,))
            idle = "DELETE FROM sources WHERE path = :path AND NOT EXISTS (SELECT 1 FROM published WHERE path = :path)"
            self._db.execute(idle, {"path": path})
        self._delete(notice)
        return removed

    def _remove_source(self, path: str) -> list[Removed]:
        """Forget a source; a notice whose text is another source's stays."""
        notices = self._column("SELECT notice FROM published WHERE path = ? ORDER BY notice", path)
        self._db.execute("DELETE FROM sources WHERE path = ?", (path,))
        self._db.execute("DELETE FROM published WHERE path = ?", (path,))
        removed = []
        for notice in notices:
            others = self._column("SELECT path FROM published WHERE notice = ? ORDER BY path", notice)
            properties = self._properties(notice)
            kept = bool(others) and properties["path"] != path
            if kept:
                self._unpublish(path, notice)
            else:
                self._retire(notice)
            removed.append(Removed(notice, properties["title"], kept, tuple(others)))
        return removed

    def _unpublish(self, path: str, notice: str) -> None:
        """Delete the edge from a source to a notice, and the source's node with its last edge."""
        identifier = source_id(path)
        self._db.execute("DELETE FROM edges WHERE source = ? AND target = ?", (identifier, notice))
        query = "DELETE FROM nodes WHERE id = :id AND NOT EXISTS (SELECT 1 FROM edges WHERE source = :id)"
        self._db.execute(query, {"id": identifier})

    def _properties(self, notice: str) -> dict[str, Any]:
        """Return the properties of a notice, or none if the store does not hold it."""
        query = "SELECT properties FROM nodes WHERE id = ? AND label = 'Notice'"
        row = self._db.execute(query, (notice,)).fetchone()
        return json.loads(row[0]) if row else {}

    def ask(self, question: str, /, **parameters: object) -> list[Row]:
        """Return the rows that answer a question."""
        asked, bound = asking.prepare(question, parameters, self.run)
        return self.run(asked, bound)

    def run(self, query: Bilingual, parameters: dict[str, object]) -> list[Row]:
        """Return the rows of a query that is told in both languages; SQL takes a list as JSON."""
        bound = {name: _json(value) if isinstance(value, list) else value for name, value in parameters.items()}
        return self.rows(query.sql, bound)

    def rows(self, sql: str, parameters: dict[str, object]) -> list[Row]:
        """Return the rows of a query, each by its column names."""
        allowance = self._allowance
        with refusing(self._path):
            cursor = self._db.execute(sql, cast("dict[str, str | int | None]", parameters))
            columns = [column[0] for column in cursor.description]
            found = cursor.fetchall() if allowance is None else cursor.fetchmany(allowance.rows + 1)
        if allowance:
            allowance.check(self._path, found)
        return [dict(zip(columns, row, strict=True)) for row in found]

    @contextmanager
    def reading(self, *, seconds: float, rows: int) -> Iterator[None]:
        """Let nothing be written in a block, and its answers take no more than is allowed."""
        self._allowance = Allowance(seconds, rows)
        try:
            with limited(self._db, self._allowance):
                yield
        finally:
            self._allowance = None

    def locate(self, task: str) -> Row:
        """Return a task's clause, span and notice."""
        return self.rows("SELECT * FROM tasks WHERE task = :task", {"task": lookup.task(task, self.run)})[0]

    def text_of(self, notice: str) -> Row:
        """Return a notice's properties and its published text."""
        query = "SELECT n.properties, t.text FROM nodes n JOIN texts t ON t.notice = n.id WHERE n.id = :notice"
        rows = self.rows(query, {"notice": notice})
        if not rows:
            raise UnknownId(notice, "no notice of this id in the store", "`policygraph ask notices` lists them")
        return {**json.loads(str(rows[0]["properties"])), "text": rows[0]["text"]}

    def notice(self, identifier: str) -> Notice:
        """Return a notice with all that was found in it."""
        row = self._db.execute("SELECT record, text FROM texts WHERE notice = ?", (identifier,)).fetchone()
        if row is None:
            raise UnknownId(identifier, "no notice of this id in the store", "`policygraph ask notices` lists them")
        return record.unpack(*row)

    def summary(self) -> Summary:
        """Count what the store holds."""
        counts = dict(self._db.execute("SELECT label, count(*) FROM nodes GROUP BY label").fetchall())
        duties = self._db.execute("SELECT count(*) FROM duties").fetchone()[0]
        notices, tasks, targets, times, issues = (
            counts.get(label, 0) for label in (Label.NOTICE, Label.TASK, Label.TARGET, Label.TIME, Label.ISSUE)
        )
        return Summary(notices, tasks, duties, targets, times, issues)

    def dump(self) -> Iterator[str]:
        """Yield the graph as JSON lines in a canonical order."""
        for row in self._db.execute("SELECT id, label, notice, properties FROM nodes ORDER BY id"):
            yield _json({"node": row[0], "label": row[1], "notice": row[2], "properties": json.loads(row[3])})
        query = "SELECT source, relation, target, key, notice, properties FROM edges ORDER BY 1, 2, 3, 4"
        for row in self._db.execute(query):
            yield _json({"edge": list(row[:4]), "notice": row[4], "properties": json.loads(row[5])})

    def _column(self, query: str, *parameters: str | dict[str, str]) -> list[str]:
        bound = parameters[0] if parameters and isinstance(parameters[0], dict) else parameters
        return [row[0] for row in self._db.execute(query, cast("tuple[str, ...]", bound))]

    def close(self) -> None:
        """Release the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def _fold(text: str | None) -> str | None:
    """Return a text in lower case, as Cypher has it; SQLite's own ``lower`` knows ASCII only."""
    return None if text is None else text.lower()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
