"""What a source lists into the state: every link noted once, before anything of it is fetched.

A list is walked page by page until a page holds nothing unseen. Where a walk stands is written down with the links of
each page, so that one that was killed, or was cut at the most pages of a run, goes on from there next time: what is
behind a page of known links is not missed. A backfill walks on to the end, whatever is known.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policygraph.errors import FetchError
from policygraph.watch import alarms, feeds, listing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policygraph.watch.config import Source
    from policygraph.watch.fetch import Answer, Fetcher
    from policygraph.watch.links import Link
    from policygraph.watch.listing import Listing
    from policygraph.watch.state import State

    Progress = Callable[[int, int, str], None]

_FIRST_LINKS = 100
_MOST_SITEMAPS = 50
_NOT_THERE = "answered 404"


@dataclass(slots=True)
class Walk:
    """A look at one source; ``fresh`` counts the links it had not seen, ``notes`` say what was left for later."""

    source: Source
    state: State
    fetcher: Fetcher
    since: str | None = None
    backfill: bool = False
    progress: Progress | None = None
    fresh: int = 0
    notes: list[str] = field(default_factory=list)

    def look(self) -> int | None:
        """Note what the source lists; return how many links its first page holds, ``None`` if it is as it was.

        Raises:
            FetchError: the source cannot be fetched.
            SourceError: it cannot be read.

        """
        if self.backfill:
            self._wake()
        return self._list() if self.source.kind == "list" else self._feed()

    def _wake(self) -> None:
        """Let links that were too old before be taken now."""
        self.state.write(
            "UPDATE links SET status = 'found' WHERE source = ? AND status = 'old' AND (day IS NULL OR day >= ?)",
            *(self.source.name, self.since or ""),
        )

    def _list(self) -> int | None:
        first = not self.state.value("SELECT 1 FROM links WHERE source = ?", self.source.name)
        pending = self.state.rows("SELECT * FROM walks WHERE source = ? ORDER BY id", self.source.name)
        answer = self._ask(self.source.place, anew=self.backfill)
        found: int | None = None
        if answer.data is not None:
            page = listing.read(answer.data, answer.address, self.source)
            found = len(page.links)
            self._judge(page)
            with self.state.step():
                self._remember(self.source.place, answer)
                fresh = self._note(page.links)
                walk = self._begin(self.source.place)
            self._onward(walk, page, fresh, first=first)
        for one in pending:
            self._resume(one["id"], one["address"], whole=bool(one["whole"]))
        return found

    def _begin(self, address: str) -> int:
        self.state.write(
            "INSERT INTO walks (source, address, whole) VALUES (?, ?, ?)", self.source.name, address, int(self.backfill)
        )
        return int(self.state.value("SELECT max(id) FROM walks"))

    def _resume(self, walk: int, address: str, *, whole: bool) -> None:
        """Go on from the last page that a walk had noted."""
        page = self._page(address)
        fresh = self._note(page.links)
        self._onward(walk, page, max(1, fresh), whole=whole)

    def _onward(self, walk: int, page: Listing, fresh: int, *, first: bool = False, whole: bool = False) -> None:
        """Walk from a page that is noted to the end, or as far as there is something unseen."""
        whole = whole or self.backfill
        most = self.source.most if whole else self.source.lists
        seen = {self.source.place}
        for number in range(1, most + 1):
            after = page.next
            if not after or after in seen or not (whole or fresh) or self._old(page):
                break
            if number == most:
                self._cut(walk, most, first=first, whole=whole)
                return
            if self.progress:
                self.progress(number, most, after)
            seen.add(after)
            try:
                before, page = page, self._page(after)
            except FetchError as error:
                if self.source.pages and error.what == _NOT_THERE:
                    break  # by numbers there is always a next page, and the one after the last is not there
                raise
            if not page.links or {one.address for one in page.links} == {one.address for one in before.links}:
                break
            with self.state.step():
                fresh = self._note(page.links)
                self.state.write("UPDATE walks SET address = ? WHERE id = ?", after, walk)
        with self.state.step():
            self.state.write("DELETE FROM walks WHERE id = ?", walk)
            alarms.clear(self.state, self.source.name, "behind", *(["endless"] if whole else []))

    def _cut(self, walk: int, most: int, *, first: bool, whole: bool) -> None:
        """End a walk that has gone as far as it may, and say so."""
        name = self.source.name
        with self.state.step():
            if whole:
                message = f"the list goes on after {most} pages (raise 'most', or give --since)"
                alarms.stand(self.state, name, "endless", message)
            elif first:
                self.notes.append(
                    f"{name}: {most} pages were taken; `policygraph watch run --backfill` takes older ones"
                )
            else:
                message = f"more new links than {most} pages hold; the next run goes on (or raise 'lists')"
                alarms.stand(self.state, name, "behind", message)
            if whole or first:
                self.state.write("DELETE FROM walks WHERE id = ?", walk)

    def _old(self, page: Listing) -> bool:
        """Tell whether all of a page is older than what is wanted."""
        days = [one.day for one in page.links]
        return bool(self.since and days and all(day and day < self.since for day in days))

    def _page(self, address: str) -> Listing:
        answer = self.fetcher.get(address, self.source)
        return listing.read(answer.data or b"", answer.address, self.source)

    def _judge(self, page: Listing) -> None:
        """Compare where on the page the links stand with where they stood."""
        key = f"shape:{self.source.name}"
        known = self.state.told(key)
        changed = f"the links stand elsewhere on the page: {page.shape}, before {known}"
        with self.state.step():
            if page.shape and known is None:
                self.state.note(key, page.shape)
            if page.shape:
                alarms.weigh(
                    self.state, self.source.name, "shape", changed if known not in (None, page.shape) else None
                )

    def _feed(self) -> int | None:
        """Note the links of a feed, or of a sitemap and those that it lists."""
        first = not self.state.value("SELECT 1 FROM links WHERE source = ?", self.source.name)
        waiting = [self.source.place]
        asked: list[tuple[str, Answer]] = []
        found: list[Link] = []
        whole = True
        for address in waiting:
            if self.progress and len(waiting) > 1:
                self.progress(len(asked), len(waiting), address)
            answer = self._ask(address, anew=self.backfill)
            asked.append((address, answer))
            whole = whole and answer.data is not None
            if answer.data is not None:
                links, inner = feeds.read(answer.data, answer.address)
                found += links
                waiting += [one for one in inner if one not in waiting]
            elif address == self.source.place and self.source.kind == "sitemap":
                waiting += self._inner()
            if len(waiting) > _MOST_SITEMAPS:
                alarms.stand(self.state, self.source.name, "endless", f"more than {_MOST_SITEMAPS} sitemaps")
                del waiting[_MOST_SITEMAPS:]
        with self.state.step():
            for address, answer in asked:
                self._remember(address, answer)
            self._note(found, newest=_FIRST_LINKS if first and not self.backfill else None)
        return len(found) if whole else None

    def _inner(self) -> list[str]:
        """Return the sitemaps that an unchanged index listed."""
        query = "SELECT address FROM lists WHERE source = ? AND address != ? ORDER BY address"
        return [row["address"] for row in self.state.rows(query, self.source.name, self.source.place)]

    def _ask(self, address: str, *, anew: bool) -> Answer:
        """Fetch a list, unless it is as it was."""
        query = "SELECT etag, modified FROM lists WHERE source = ? AND address = ?"
        known = (None if anew else self.state.row(query, self.source.name, address)) or {}
        return self.fetcher.get(address, self.source, etag=known.get("etag"), modified=known.get("modified"))

    def _remember(self, address: str, answer: Answer) -> None:
        if answer.data is not None:
            self.state.write(
                "REPLACE INTO lists VALUES (?, ?, ?, ?)", self.source.name, address, answer.etag, answer.modified
            )

    def _note(self, links: Sequence[Link], *, newest: int | None = None) -> int:
        """Note links; return how many had not been seen. Of more than ``newest`` the older ones are left for later."""
        order = sorted(links, key=lambda one: one.day or "", reverse=True)
        wanted = [one for one in order if self.source.takes(one.address, one.title)]
        late = {one.address for one in wanted[newest:]} if newest is not None else set()
        if late:
            self.notes.append(f"{self.source.name}: {len(late)} older links are left; --backfill takes them")
        fresh = 0
        with self.state.step():
            for one in order:
                old = one.address in late or bool(self.since and one.day and one.day < self.since)
                status = "left" if one not in wanted else "old" if old else "found"
                fresh += self.state.write(
                    "INSERT OR IGNORE INTO links (address, source, title, day, status) VALUES (?, ?, ?, ?, ?)",
                    *(one.address, self.source.name, one.title, one.day, status),
                )
                self.state.write(
                    "UPDATE links SET day = ?, checked = NULL WHERE address = ? AND day < ?",
                    one.day,
                    one.address,
                    one.day,
                )
        self.fresh += fresh
        return fresh
