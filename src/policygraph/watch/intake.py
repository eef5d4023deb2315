"""Files into the store, and what each gave into the state: which notices, how many tasks, or why none.

The store's own ingest reads them; this module stands where it parses. A notice that comes again under another address
with another id, because a redesign dropped the number or the date from the page, is told by its tasks and not stored
twice. A number, date or plan year that differs makes another notice: next year's plan is never a copy.
"""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import TYPE_CHECKING

from policygraph import pipeline
from policygraph.errors import PolicygraphError

if TYPE_CHECKING:
    from collections.abc import Callable

    from policygraph.models import Notice
    from policygraph.read.limits import Limits
    from policygraph.store.contract import Store
    from policygraph.watch.state import Row, State

_SPACE = re.compile(r"\s+")


def know(store: Store, state: State) -> None:
    """Note, once, which notices the store held before anything was watched, so that no digest calls them new."""
    if state.told("known"):
        return
    held = [str(row["notice"]) for row in store.ask("notices")]
    with state.step():
        for notice in held:
            state.write("INSERT OR IGNORE INTO notices (id, told) VALUES (?, 0)", notice)
        state.note("known", "yes")


def facts(notice: Notice) -> str | None:
    """Return a hash of what the tasks of a notice say, whatever page it stands on; ``None`` if it has none."""
    text = notice.page.text
    tasks = [_SPACE.sub("", text[slice(*task.span)]) for task in notice.tasks]
    return sha256("\x1f".join(tasks).encode()).hexdigest()[:24] if tasks else None


class Reading:
    """The parsing of one run, with what came of it written down before the store is changed."""

    def __init__(self, store: Store, state: State, origin: Callable[[str], str]) -> None:
        """``origin`` tells for the name of a file which watched source it comes from."""
        self._store, self._state, self._origin = store, state, origin

    def parse(
        self, data: bytes, *, name: str, limits: Limits, failed: Callable[[PolicygraphError], None]
    ) -> list[Notice]:
        """Return the notices of a file that are not in the store under another name and id."""
        try:
            notices = pipeline.parse(data, name=name, limits=limits, failed=failed)
        except PolicygraphError as error:
            with self._state.step():
                self._outcome(name, [], 0, str(error))
            raise
        with self._state.step():
            digest = sha256(data).hexdigest()
            kept = [notice for notice in notices if self._note(notice, name, digest)]
            self._outcome(name, [one.id for one in kept], sum(len(one.tasks) for one in notices), None)
        return kept

    def _outcome(self, name: str, notices: list[str], tasks: int, error: str | None) -> None:
        """Note what a file gave; ``before`` keeps the most tasks that it ever gave."""
        before = self._state.value("SELECT max(before, tasks) FROM outcomes WHERE name = ?", name) or 0
        self._state.write(
            "REPLACE INTO outcomes VALUES (?, ?, ?, ?, ?, ?, ?)",
            *(name, self._origin(name), self._state.run, notices, tasks, error, before),
        )

    def _note(self, notice: Notice, name: str, digest: str) -> bool:
        """Note a notice as new, revised or known; return whether it is to be stored.

        It is revised if its tasks are others because its bytes are, not because a later version reads them otherwise.
        """
        state, said = self._state, facts(notice)
        own = _identity(notice)
        known = state.row("SELECT * FROM notices WHERE id = ?", notice.id)
        if known is None:
            earlier = self._same(said, own)
            copied = earlier["id"] if earlier and self._elsewhere(earlier["id"], name) else None
            state.write(
                "INSERT INTO notices (id, identity, facts, name, sha256, copy, told) VALUES (?, ?, ?, ?, ?, ?, ?)",
                *(notice.id, own, said, name, digest, copied, earlier["told"] if earlier else None),
            )
            return copied is None
        if known["copy"] and self._elsewhere(known["copy"], name):
            return False
        other = known["name"] == name and known["sha256"] not in (None, digest)
        revised = known["revised"] or (other and known["facts"] not in (None, said))
        state.write(
            "UPDATE notices SET identity = ?, facts = ?, name = coalesce(name, ?), sha256 = ?, copy = NULL, "
            "revised = ? WHERE id = ?",
            *(own, said, name, digest if known["name"] in (None, name) else known["sha256"], int(revised), notice.id),
        )
        return True

    def _elsewhere(self, notice: str, name: str) -> bool:
        """Tell whether the store holds a notice from another source than this."""
        return any(path != name and one == notice for path, one in self._store.publications())

    def _same(self, said: str | None, own: list[str | None]) -> Row | None:
        """Return the known notice with the same tasks whose number, date and year say nothing else."""
        if said is None:
            return None
        for row in self._state.rows("SELECT * FROM notices WHERE facts = ? AND copy IS NULL ORDER BY id", said):
            theirs = json.loads(row["identity"] or "[]")
            if all(mine is None or other is None or mine == other for mine, other in zip(own, theirs, strict=False)):
                return row
        return None


def _identity(notice: Notice) -> list[str | None]:
    """Return what tells notices apart whose tasks are the same: number, date of issue, plan year, who signed."""
    own = notice.elements
    year = str(own.plan_year) if own.plan_year else None
    return [own.document_number or own.listed_number, own.issued_on, year, "、".join(own.issuers) or None]
