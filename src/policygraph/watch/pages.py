"""Links that were found to files: each page fetched once, its attachments after it, all under names of our own.

A file is called by a hash of its address and by what its bytes are, so that nothing from the net becomes a path. It is
written whole before the state says that it is there. What fails is tried again in later runs, ever more seldom; what
has failed for good is counted by an alarm.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from policygraph.errors import FetchError, PolicygraphError
from policygraph.read import pages as read_pages
from policygraph.read import sniff
from policygraph.store.sources import called
from policygraph.version import PIPELINE
from policygraph.watch import alarms
from policygraph.watch.fetch import Unreachable
from policygraph.watch.links import canonical

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from policygraph.store.contract import Store
    from policygraph.watch.config import Source
    from policygraph.watch.fetch import Answer, Fetcher
    from policygraph.watch.state import Row, State

_MOST_ATTACHMENTS = 20
_TRIES = 3
_PASSING_TRIES = 8
_HOURS = 1
_MOST_HOURS = 72
_BATCH = 50
_ANEW = "UPDATE links SET status = 'found', etag = NULL, modified = NULL, sha256 = NULL WHERE address = ?"
_TARGET = re.compile(r"<([^<>]+)>$", re.MULTILINE)


@dataclass(slots=True)
class Pages:
    """The pages of one source; ``errors`` says what could not be fetched in this run."""

    source: Source
    state: State
    fetcher: Fetcher
    folder: Path
    progress: Callable[[int, int, str], None] | None = None
    errors: list[PolicygraphError] = field(default_factory=list)

    def batch(self) -> bool:
        """Fetch some of what is wanted; tell whether there was any."""
        wanted = self._wanted()
        for done, row in enumerate(wanted):
            if self.progress:
                self.progress(done, len(wanted), row["title"] or row["address"])
            self._fetch(row)
        return bool(wanted)

    def missing(self, store: Store) -> None:
        """Ask again for what the state calls read and neither a file nor the store has any more."""
        held = {path for path, _ in store.publications()}
        query = "SELECT address, file, status FROM links WHERE source = ? AND status IN ('read', 'nothing', 'fetched')"
        with self.state.step():
            for row in self.state.rows(query, self.source.name):
                if not (self.folder / str(row["file"])).is_file():
                    self.state.write(_ANEW, row["address"])
                elif row["status"] == "read" and row["address"] not in held:
                    self.state.write("UPDATE links SET status = 'fetched' WHERE address = ?", row["address"])

    def files(self) -> dict[str, tuple[Path, str]]:
        """Return what is fetched and not read by this version: the names of files with their paths and addresses."""
        rows = self.state.rows(
            "SELECT address, file FROM links WHERE source = ? AND (status = 'fetched' OR "
            "(status IN ('read', 'nothing') AND pipeline != ?)) ORDER BY address",
            *(self.source.name, PIPELINE),
        )
        paths = {row["address"]: self.folder / row["file"] for row in rows}
        return {called(path): (path, address) for address, path in paths.items()}

    def taken(self, addresses: list[str]) -> None:
        """Note that files have been read, and whether they gave a notice."""
        with self.state.step():
            for address in addresses:
                given = self.state.value("SELECT notices != '[]' FROM outcomes WHERE name = ?", address)
                status = "read" if given else "nothing"
                self.state.write(
                    "UPDATE links SET status = ?, pipeline = ? WHERE address = ?", status, PIPELINE, address
                )

    def judge(self) -> None:
        """Raise the alarm on pages that cannot be had."""
        rows = self.state.rows(
            "SELECT address, error FROM links WHERE source = ? AND status = 'failed' ORDER BY address", self.source.name
        )
        message = f"{len(rows)} addresses could not be fetched, first {rows[0]['error']}" if rows else None
        alarms.weigh(self.state, self.source.name, "failed", message)

    def _wanted(self) -> list[Row]:
        """Return the next links to fetch: those found, newest first, then those to be asked for again."""
        before = datetime.fromisoformat(self.state.now) - timedelta(days=self.source.recheck)
        return self.state.rows(
            "SELECT * FROM links WHERE source = ? AND (status = 'found' AND (again IS NULL OR again <= ?) OR "
            "status IN ('read', 'nothing') AND ? AND (checked IS NULL OR checked <= ?)) "
            "ORDER BY status != 'found', day DESC, address LIMIT ?",
            *(self.source.name, self.state.now, self.source.recheck > 0, before.isoformat(timespec="seconds"), _BATCH),
        )

    def _fetch(self, row: Row) -> None:
        address = row["address"]
        try:
            answer = self.fetcher.get(address, self.source, etag=row["etag"], modified=row["modified"])
        except FetchError as error:
            self._failed(row, error)
            return
        digest = sha256(answer.data).hexdigest() if answer.data is not None else row["sha256"]
        if answer.data is None or digest == row["sha256"]:
            self.state.write("UPDATE links SET checked = ?, again = NULL WHERE address = ?", self.state.now, address)
            return
        name = self._kept(address, answer.data)
        with self.state.step():
            self.state.write(
                "UPDATE links SET status = 'fetched', attempts = 0, again = NULL, error = NULL, etag = ?, "
                "modified = ?, sha256 = ?, file = ?, checked = ? WHERE address = ?",
                *(answer.etag, answer.modified, digest, name, self.state.now, address),
            )
            if self.source.attachments and row["parent"] is None:
                self._attachments(address, answer)

    def _kept(self, address: str, data: bytes) -> str:
        """Write bytes to a file of our own naming and return its name."""
        kind = sniff.kind(data, urlsplit(address).path)
        name = sha256(address.encode()).hexdigest()[:32] + (f".{kind}" if re.fullmatch(r"[a-z0-9]{1,8}", kind) else "")
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = self.folder / f"{name}.part"
        draft.write_bytes(data)
        draft.replace(self.folder / name)
        return name

    def _attachments(self, address: str, answer: Answer) -> None:
        """Note the files that a page links to."""
        try:
            told = [page.metadata.get("附件", "") for page in read_pages(answer.data or b"", name=address)]
        except PolicygraphError:
            return  # the intake says what is wrong with the page
        targets = [canonical(one, answer.address) for text in told for one in _TARGET.findall(text)]
        for target in list(dict.fromkeys(one for one in targets if one))[:_MOST_ATTACHMENTS]:
            self.state.write(
                "INSERT OR IGNORE INTO links (address, source, parent, status) VALUES (?, ?, ?, 'found')",
                *(target, self.source.name, address),
            )

    def _failed(self, row: Row, error: FetchError) -> None:
        """Note a failure, and when to try again."""
        if row["status"] != "found":
            query = "UPDATE links SET checked = ?, error = ? WHERE address = ?"  # what was read stays
            self.state.write(query, self.state.now, str(error), row["address"])
            return
        self.errors.append(error)
        attempts = row["attempts"] + 1
        final = attempts >= (_PASSING_TRIES if isinstance(error, Unreachable) else _TRIES)
        again = datetime.fromisoformat(self.state.now) + timedelta(hours=min(_MOST_HOURS, _HOURS * 2**attempts))
        self.state.write(
            "UPDATE links SET attempts = ?, again = ?, error = ?, status = ? WHERE address = ?",
            *(
                attempts,
                again.isoformat(timespec="seconds"),
                str(error),
                "failed" if final else "found",
                row["address"],
            ),
        )
