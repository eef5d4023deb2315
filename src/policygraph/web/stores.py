"""A few threads that each hold the store open, so that a page never opens it anew nor blocks the server.

A store may only be used by the thread that opened it (SQLite). All that a page asks is under an allowance of seconds
and rows, and nothing can be written meanwhile.
"""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from policygraph.errors import LimitExceeded, StoreError
from policygraph.store import open_store
from policygraph.store.allowance import NARROW, TOO_LONG

if TYPE_CHECKING:
    from collections.abc import Callable

    from policygraph.store.contract import Store
    from policygraph.web.settings import Settings

T = TypeVar("T")
_WORKERS = 4
_GRACE_SECONDS = 5  # for what a page does with its rows


class Stores:
    """The opened stores of a server."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._threads = ThreadPoolExecutor(_WORKERS, thread_name_prefix="store")
        self._own = threading.local()
        self._gate = threading.Barrier(_WORKERS)

    async def read(self, work: Callable[[Store], T]) -> T:
        """Return what some work on the store comes to.

        Raises:
            PolicygraphError: what the store refuses.
            LimitExceeded: it took too long.

        """
        return await self._do(lambda: self._reading(work))

    async def write(self, work: Callable[[Store], T]) -> T:
        """Return what some work comes to that may write; who calls this has checked who asks."""
        return await self._do(lambda: work(self._store()))

    async def _do(self, work: Callable[[], T]) -> T:
        running = asyncio.get_running_loop().run_in_executor(self._threads, work)
        try:
            return await asyncio.wait_for(running, self._settings.seconds + _GRACE_SECONDS)
        except TimeoutError:
            raise LimitExceeded(str(self._settings.store), TOO_LONG, NARROW) from None

    def _reading(self, work: Callable[[Store], T]) -> T:
        store = self._store()
        try:
            with store.reading(seconds=self._settings.seconds, rows=self._settings.rows):
                return work(store)
        except LimitExceeded:
            raise
        except StoreError:
            self._close()  # opened anew for the next page: a server may have been started again
            raise

    def _store(self) -> Store:
        """Return the thread's own store, opened anew where its file was replaced."""
        mark = self._mark()
        if getattr(self._own, "store", None) is not None and self._own.mark != mark:
            self._close()
        if getattr(self._own, "store", None) is None:
            self._own.store, self._own.mark = open_store(self._settings.store, create=False), mark
        found: Store = self._own.store
        return found

    def _mark(self) -> int | None:
        """Return what tells a file from another of the same name, ``None`` for a store on a server."""
        try:
            return Path(self._settings.store).stat().st_ino
        except OSError:
            return None

    def _close(self) -> None:
        store, self._own.store = getattr(self._own, "store", None), None
        if store is not None:
            store.close()

    def _closing(self) -> None:
        self._gate.wait()  # one for each thread, as none goes on before all have begun
        self._close()

    def close(self) -> None:
        """Close the store of each thread, then end the threads."""
        for done in [self._threads.submit(self._closing) for _ in range(_WORKERS)]:
            done.result()
        self._threads.shutdown()
