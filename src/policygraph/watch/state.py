"""What a watch remembers, in one SQLite file beside what it fetched: links, notices, digests, alarms.

Every step is one transaction, so that a run that is killed anywhere is gone on with from there. A second run that
starts while one is at work is refused: the lock is SQLite's, which no killed process leaves behind.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

from policygraph.errors import WatchError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

VERSION = 1
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE links (
    address TEXT PRIMARY KEY, source TEXT NOT NULL, title TEXT NOT NULL DEFAULT '', day TEXT, parent TEXT,
    status TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, again TEXT, error TEXT, etag TEXT, modified TEXT,
    sha256 TEXT, file TEXT, checked TEXT, pipeline INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX links_by_status ON links (source, status);
CREATE TABLE lists (source TEXT, address TEXT, etag TEXT, modified TEXT, PRIMARY KEY (source, address)) WITHOUT ROWID;
CREATE TABLE walks (id INTEGER PRIMARY KEY, source TEXT NOT NULL, address TEXT NOT NULL, whole INTEGER NOT NULL);
CREATE TABLE counts (source TEXT, run INTEGER, links INTEGER NOT NULL, PRIMARY KEY (source, run));
CREATE TABLE hosts (host TEXT PRIMARY KEY, since TEXT, error TEXT, robots TEXT, asked TEXT) WITHOUT ROWID;
CREATE TABLE outcomes (
    name TEXT PRIMARY KEY, source TEXT NOT NULL, run INTEGER NOT NULL, notices TEXT NOT NULL, tasks INTEGER NOT NULL,
    error TEXT, before INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE notices (
    id TEXT PRIMARY KEY, identity TEXT, facts TEXT, name TEXT, sha256 TEXT, copy TEXT, told INTEGER,
    revised INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX notices_by_facts ON notices (facts);
CREATE TABLE digests (number INTEGER PRIMARY KEY, made TEXT NOT NULL, content TEXT NOT NULL, sent TEXT);
CREATE TABLE alarms (
    source TEXT, kind TEXT, message TEXT NOT NULL, since TEXT NOT NULL, PRIMARY KEY (source, kind)
) WITHOUT ROWID;
CREATE TABLE runs (number INTEGER PRIMARY KEY, began TEXT NOT NULL, ended TEXT);
""".strip().split(";\n")

Row = dict[str, Any]


class State:
    """The state of a watch; a context manager that closes it."""

    def __init__(self, folder: Path) -> None:
        """Open the state in a folder, which is made where there is none.

        Raises:
            WatchError: it cannot be opened, or is of another version.

        """
        self.path = folder / "state.db"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(self.path, isolation_level=None)
            self._db.row_factory = sqlite3.Row
            self._db.execute("PRAGMA journal_mode = WAL")
            self._prepare()
        except (OSError, sqlite3.Error) as error:
            raise WatchError(str(self.path), f"cannot be opened: {error}", "check the folder") from None
        self._lock: sqlite3.Connection | None = None
        self.run = 0
        self.now = ""

    def _prepare(self) -> None:
        with self.step():
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
            if version == 0:
                for statement in _TABLES:
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA user_version = {VERSION}")
            elif version != VERSION:
                raise WatchError(str(self.path), f"state of version {version}, this is {VERSION}", "use that version")

    def lock(self) -> None:
        """Keep other runs out until the state is closed.

        Raises:
            WatchError: another run is at work.

        """
        lock = sqlite3.connect(self.path.with_name("lock.db"), isolation_level=None, timeout=0)
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            lock.close()
            raise WatchError(str(self.path), "another run is at work", "wait until it has ended") from None
        self._lock = lock

    @contextmanager
    def step(self) -> Iterator[None]:
        """One transaction; a step within a step is part of it."""
        if self._db.in_transaction:
            yield
            return
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def rows(self, query: str, *values: object) -> list[Row]:
        """Return the rows of a query."""
        return [dict(row) for row in self._db.execute(query, _bound(values))]

    def row(self, query: str, *values: object) -> Row | None:
        """Return the first row of a query, or ``None``."""
        found = self.rows(query, *values)
        return found[0] if found else None

    def value(self, query: str, *values: object) -> Any:  # noqa: ANN401 - of a column
        """Return the first column of the first row, or ``None``."""
        row = self._db.execute(query, _bound(values)).fetchone()
        return row[0] if row else None

    def write(self, query: str, *values: object) -> int:
        """Change something and return how many rows it concerned."""
        return self._db.execute(query, _bound(values)).rowcount

    def told(self, key: str) -> str | None:
        """Return a single fact that was noted."""
        found: str | None = self.value("SELECT value FROM meta WHERE key = ?", key)
        return found

    def note(self, key: str, value: str) -> None:
        """Note a single fact."""
        self.write("REPLACE INTO meta VALUES (?, ?)", key, value)

    def begin(self, now: str) -> None:
        """Begin a run: it has a number from here on, and what it notes has this time."""
        self.write("INSERT INTO runs (began) VALUES (?)", now)
        self.run = int(self.value("SELECT max(number) FROM runs"))
        self.now = now

    def end(self) -> None:
        """Note that the run came to its end."""
        self.write("UPDATE runs SET ended = ? WHERE number = ?", self.now, self.run)

    def close(self) -> None:
        """Release the files."""
        if self._lock:
            self._lock.close()
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def _bound(values: Sequence[object]) -> tuple[Any, ...]:
    """Return values as SQLite takes them; lists are JSON."""
    return tuple(json.dumps(one, ensure_ascii=False) if isinstance(one, list | dict) else one for one in values)
