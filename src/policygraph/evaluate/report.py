"""Scores as numbers, as a table and as JSON, and what changed since an earlier report."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policygraph.evaluate.match import KINDS, Tally

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Scored:
    """One notice's tallies by kind, and the error if it could not be parsed."""

    id: str
    tallies: dict[str, Tally]
    error: str | None


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 of one kind; each is 1 where there is nothing to find and nothing was found."""

    right: int
    spurious: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of findings that are right."""
        return self.right / (self.right + self.spurious) if self.right + self.spurious else 1.0

    @property
    def recall(self) -> float:
        """The share of gold that was found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        items = 2 * self.right + self.spurious + self.missed
        return 2 * self.right / items if items else 1.0


@dataclass(frozen=True, slots=True)
class Report:
    """The scores of several notices."""

    notices: list[Scored]

    def total(self, kind: str) -> Score:
        """Return the score of one kind over all notices."""
        return _score([notice.tallies[kind] for notice in self.notices])

    def as_json(self) -> dict[str, Any]:
        """Return the report as JSON values, as ``--baseline`` reads it."""
        return {
            "total": {kind: _numbers(self.total(kind)) for kind in KINDS},
            "notices": {
                notice.id: {
                    "error": notice.error,
                    **{
                        kind: _numbers(_score([tally])) | {"missing": tally.missed, "extra": tally.spurious}
                        for kind, tally in notice.tallies.items()
                    },
                }
                for notice in self.notices
            },
        }

    def lines(self, *, show: bool = False) -> Iterator[str]:
        """Yield the report as lines to read; with ``show``, every miss and spurious item with its words."""
        yield f"{'':<14}{'kind':<13}{'right':>6}{'spurious':>9}{'missed':>7}{'P':>8}{'R':>7}{'F1':>7}"
        for notice in self.notices:
            if notice.error:
                yield f"{notice.id:<14}not parsed: {notice.error}"
            for kind in KINDS:
                tally = notice.tallies[kind]
                yield _line(notice.id, kind, _score([tally]))
                if show:
                    yield from (f"{'':<16}missed    {words}" for words in tally.missed)
                    yield from (f"{'':<16}spurious  {words}" for words in tally.spurious)
        for kind in KINDS:
            yield _line("total", kind, self.total(kind))

    def changes(self, baseline: dict[str, Any]) -> Iterator[str]:
        """Yield what was gained and lost, item by item, since an earlier report of the same gold."""
        for notice in self.notices:
            before = baseline.get("notices", {}).get(notice.id)
            if before is None:
                yield f"new       {notice.id}"
                continue
            for kind, tally in notice.tallies.items():
                for field, items in (("missing", tally.missed), ("extra", tally.spurious)):
                    earlier, now = Counter(before[kind][field]), Counter(items)
                    yield from (f"lost      {notice.id} {kind}: {field} {w}" for w in (now - earlier).elements())
                    yield from (
                        f"gained    {notice.id} {kind}: no longer {field} {w}" for w in (earlier - now).elements()
                    )


def _score(tallies: list[Tally]) -> Score:
    return Score(
        sum(tally.right for tally in tallies),
        sum(len(tally.spurious) for tally in tallies),
        sum(len(tally.missed) for tally in tallies),
    )


def _numbers(score: Score) -> dict[str, Any]:
    counts = {"right": score.right, "spurious": score.spurious, "missed": score.missed}
    return counts | {"precision": round(score.precision, 4), "recall": round(score.recall, 4), "f1": round(score.f1, 4)}


def _line(name: str, kind: str, score: Score) -> str:
    return (
        f"{name:<14}{kind:<13}{score.right:>6}{score.spurious:>9}{score.missed:>7}"
        f"{score.precision:>8.3f}{score.recall:>7.3f}{score.f1:>7.3f}"
    )
