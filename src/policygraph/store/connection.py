"""A connection to the SQLite file of a store: to write where that is allowed, else to read.

A store in WAL mode needs its folder to be writable even to be read; where it is not (a mounted archive, a colleague's
folder), the file is opened as immutable, which is right as long as no journal (``policygraph.db-wal``) lies beside it.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph.errors import LimitExceeded, StoreError
from policygraph.store.allowance import NARROW, TOO_LONG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.store.allowance import Allowance

_STEPS = 10_000  # of SQLite's machine between two looks at the clock
_READ_ONLY = ("read-only, or its folder is", "copy it to a folder that you can write, or give another --store path")
NO_STORE = ("not a policygraph store", "give another --store path")
_REFUSALS = {
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_NOTADB: NO_STORE,
    sqlite3.SQLITE_BUSY: ("another build is writing to it", "try again when that has ended"),
    sqlite3.SQLITE_LOCKED: ("another build is writing to it", "try again when that has ended"),
    sqlite3.SQLITE_FULL: ("the disk is full", "make room and build again; what was read is kept"),
    sqlite3.SQLITE_INTERRUPT: (TOO_LONG, NARROW),
    sqlite3.SQLITE_IOERR: ("cannot be read or written", "check the disk"),
    sqlite3.SQLITE_CORRUPT: ("damaged", "delete it and build it again from its sources"),
}


def connect(path: str, *, create: bool) -> sqlite3.Connection:
    """Open a store's file; with ``create``, make it where there is none.

    Raises:
        StoreError: it is not there, or cannot be opened even to be read.

    """
    file = Path(path)
    if wrong := _obstacle(file, create=create):
        raise StoreError(path, *wrong)
    with refusing(path):
        return _opened(file) if file.exists() else _answering(sqlite3.connect(path, isolation_level=None))


def _obstacle(file: Path, *, create: bool) -> tuple[str, str] | None:
    """Return what stands in the way of opening a file, and what to do, as far as can be seen without opening it."""
    folder = file.absolute().parent
    if file.is_dir():
        return "is a folder", "give the path of a file, such as policygraph.db"
    if file.exists():
        return None if os.access(file, os.R_OK) else ("cannot be read", "check its permissions")
    if not create:
        return "no such store", "make one with `policygraph build FOLDER --store PATH`"
    if not folder.is_dir():
        return "its folder does not exist", "make the folder first, or give another --store path"
    if not os.access(folder, os.W_OK):
        return "its folder is read-only", "give --store PATH in a folder that you can write"
    return None


@contextmanager
def refusing(path: str) -> Iterator[None]:
    """Turn what SQLite refuses for a reason that people can mend into a ``StoreError``."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        reason = _REFUSALS.get(_kind(error))
        if reason is None:
            raise
        refused = LimitExceeded if reason[0] == TOO_LONG else StoreError
        raise refused(path, *reason) from error


@contextmanager
def limited(db: sqlite3.Connection, allowance: Allowance) -> Iterator[None]:
    """Let a connection write nothing, and stop it in the middle of a query when the time is over."""
    db.set_progress_handler(lambda: allowance.spent, _STEPS)
    db.execute("PRAGMA query_only = ON")
    try:
        yield
    finally:
        db.set_progress_handler(None, 0)
        db.execute("PRAGMA query_only = OFF")


def _opened(file: Path) -> sqlite3.Connection:
    """Open an existing file to write, else to read, else, if no journal lies beside it, as one that never changes."""
    journal = file.with_name(f"{file.name}-wal")
    unfinished = journal.exists() and journal.stat().st_size > 0
    for mode in ("mode=rw", "mode=ro", "immutable=1"):
        if mode == "immutable=1" and unfinished:
            break
        try:
            return _answering(sqlite3.connect(f"{file.absolute().as_uri()}?{mode}", isolation_level=None, uri=True))
        except sqlite3.OperationalError as error:
            if mode == "immutable=1" or _kind(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise
    what = "its folder is read-only and the journal of an unfinished build lies in it"
    raise StoreError(str(file), what, f"copy {file.name} and {journal.name} to a folder that you can write")


def _kind(error: sqlite3.Error) -> int:
    """Return the kind of an error, the low byte of SQLite's extended result code, or 0 if it has none."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _answering(db: sqlite3.Connection) -> sqlite3.Connection:
    """Return a connection that has been seen to read; opening alone does not touch the file."""
    try:
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        db.close()
        raise
    return db
