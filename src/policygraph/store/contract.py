"""What every store does: keep the graphs of notices and answer the questions.

A load is one transaction: after a killed build a store holds whole notices only, and a rerun completes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from policygraph.compare.series import Facts
    from policygraph.judge.bodies import Body
    from policygraph.judge.judgements import Entry
    from policygraph.models import Notice
    from policygraph.store.judgements import Written
    from policygraph.store.lookup import Bilingual
    from policygraph.store.series import Judged

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """What a store remembers of a source, so that unchanged bytes are not read again."""

    path: str
    sha256: str
    pipeline: int


@dataclass(frozen=True, slots=True)
class Summary:
    """How much a store holds."""

    notices: int
    tasks: int
    duties: int
    targets: int
    times: int
    issues: int


@dataclass(frozen=True, slots=True)
class Removed:
    """A notice that a removal touched.

    With ``kept`` it is still there, by the other ``sources`` that give it; else it is gone, and the next build reads it
    again from those sources, if any.
    """

    notice: str
    title: str | None
    kept: bool
    sources: tuple[str, ...] = ()


class Store(Protocol):
    """A place for graphs; also a context manager that closes it."""

    @property
    def address(self) -> str:
        """The path or URL that opens the store again."""
        ...

    def check_writable(self) -> None:
        """Do nothing, if something could be written.

        Raises:
            StoreError: the store can only be read, or another build is writing to it.

        """
        ...

    def source(self, path: str) -> SourceRecord | None:
        """Return what is remembered of a source, or ``None``."""
        ...

    def load(self, source: SourceRecord, notices: Sequence[Notice]) -> None:
        """Replace, in one transaction, what a source contributes."""
        ...

    def judge(self, same: Iterable[Sequence[str]]) -> None:
        """Answer for the ids that people judged to be one body as for one, named by the first of them in the graph.

        This replaces what was judged before; ids that the graph does not hold are remembered for when it does. The
        graph itself, as ``dump`` shows it, does not change.
        """
        ...

    @property
    def judgements(self) -> str:
        """Where the judgements on this store are kept, as people may be told."""
        ...

    def judged(self) -> Written:
        """Return the judgements kept with the store, and an error for each that cannot be read.

        Raises:
            JudgementError: they cannot be read at all.

        """
        ...

    def keep(self, entries: Iterable[Entry]) -> None:
        """Add judgements to those that are kept; :func:`policygraph.store.judgements.replay` lets them hold.

        Raises:
            JudgementError: they cannot be written.

        """
        ...

    def judge_series(self, judged: Judged) -> None:
        """Let what people judged of series hold, in place of what they judged before.

        This changes the graph: who is in a series, what follows what, and with which changes.
        """
        ...

    def facts(self, notices: Sequence[str]) -> list[Facts]:
        """Return what tells of those of some notices that the store holds which series they are in."""
        ...

    def bodies(self) -> list[Body]:
        """Return the bodies that notices name, as judged so far, by id."""
        ...

    def example(self, body: str) -> Row | None:
        """Return ``words`` that name a body, with those ``before`` and ``after``, their notice, ``start`` and ``end``.

        ``None`` is for a body that no notice names in its text.
        """
        ...

    def publications(self) -> list[tuple[str, str]]:
        """Return the path of each source with each notice that it gives, in order."""
        ...

    def remove(self, name: str) -> list[Removed]:
        """Delete what a notice, or a source, contributed, and no more.

        ``name`` is a notice's id or an end of it that no other shares, or the path of a source. A notice is forgotten
        with all its sources; a source with the notices that no other source gives.

        Raises:
            UnknownId: the store holds no such notice or source.

        """
        ...

    def reading(self, *, seconds: float, rows: int) -> AbstractContextManager[None]:
        """Let nothing be written in a block, and all its answers take at most so many seconds, each so many rows.

        Within the block what goes beyond raises :class:`~policygraph.errors.LimitExceeded`.
        """
        ...

    def ask(self, question: str, /, **parameters: object) -> list[Row]:
        """Return the rows that answer a question of :mod:`policygraph.store.questions`.

        Raises:
            QuestionError: the question, a parameter or an organisation is not known.

        """
        ...

    def run(self, query: Bilingual, parameters: dict[str, object]) -> list[Row]:
        """Return the rows of a query that is told in both languages."""
        ...

    def locate(self, task: str) -> Row:
        """Return a task's clause, span and notice, and the span of the statement that assigns it, if one does.

        ``task`` is its id or an end of it that no other shares.

        Raises:
            UnknownId: the store holds no such task, or several.

        """
        ...

    def text_of(self, notice: str) -> Row:
        """Return a notice's node properties and its published text under ``text``.

        Raises:
            UnknownId: the store holds no such notice.

        """
        ...

    def notice(self, identifier: str) -> Notice:
        """Return a notice with all that was found in it, as it was loaded.

        Raises:
            UnknownId: the store holds no such notice.

        """
        ...

    def summary(self) -> Summary:
        """Count what the store holds."""
        ...

    def dump(self) -> Iterator[str]:
        """Yield the graph as JSON lines in a canonical order, the same for the same notices."""
        ...

    def close(self) -> None:
        """Release the store."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *exception: object) -> None: ...
