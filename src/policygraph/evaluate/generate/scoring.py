"""The extraction measured on generated notices, with the options and forms behind every miss."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policygraph import contract, pipeline
from policygraph.errors import PolicygraphError
from policygraph.evaluate import match, report
from policygraph.evaluate.generate.writing import Written, corpus
from policygraph.evaluate.place import squash
from policygraph.evaluate.report import Scored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policygraph.evaluate.generate.options import Options

_LISTS = {"headings": "headings", "statements": "duties", "scopes": "duties", "roles": "duties", "inherited": "duties"}
_LISTS |= {
    "targets": "targets",
    "targets+due": "targets",
    "targets+ind": "targets",
    "times": "times",
    "citations": "cites",
}
_QUOTE_CHARS = 12


@dataclass(frozen=True, slots=True)
class Miss:
    """An item that was missed, or found where none is; ``forms`` are those of the gold with the same words."""

    id: str
    kind: str
    missed: bool
    words: str
    forms: tuple[str, ...]
    options: Options

    def __str__(self) -> str:
        said = "missed  " if self.missed else "spurious"
        return f"{self.id} {self.kind:<11} {said} {self.words}  [{' '.join(self.forms)}]"


@dataclass(frozen=True, slots=True)
class Report(report.Report):
    """The scores of generated notices, and how each was written."""

    written: dict[str, Written] = field(default_factory=dict)

    def misses(self) -> Iterator[Miss]:
        """Yield everything missed or spurious, with the options of its notice and its form."""
        for notice in self.notices:
            written = self.written.get(notice.id)
            if written is None:
                continue
            for kind, tally in notice.tallies.items():
                for missed, items in ((True, tally.missed), (False, tally.spurious)):
                    for words in items:
                        forms = tuple(_forms(written, kind, words))
                        yield Miss(notice.id, kind, missed, words, forms, written.options)


def score(count: int, seed: int, /, **fixed: str) -> Report:
    """Generate notices and score the extraction on them.

    Only notices with a miss are kept in the report as they were written.
    """
    return _report(corpus(count, seed, **fixed))


def _report(notices: Iterable[Written]) -> Report:
    scores: list[Scored] = []
    kept: dict[str, Written] = {}
    for written in notices:
        scored = _scored(written)
        scores.append(scored)
        if any(tally.missed or tally.spurious for tally in scored.tallies.values()):
            kept[scored.id] = written
    return Report(scores, kept)


def _scored(written: Written) -> Scored:
    gold = written.as_gold()
    try:
        notice = pipeline.parse(written.text.encode(), name=f"{gold.id}.txt")[0]
    except PolicygraphError as error:
        return Scored(gold.id, match.nothing_found(gold), str(error))
    record = contract.record(notice)
    # The record may leave out a copy that ends the page; occurrences are counted the same before it.
    return Scored(gold.id, match.score(gold, record["text"], record), None)


def _forms(written: Written, kind: str, words: str) -> Iterator[str]:
    """Yield the forms of the gold items that a miss speaks of, by the first words of their quotes."""
    first = squash(words)[:_QUOTE_CHARS]
    for form, quote in written.forms.get(_LISTS.get(kind, ""), ()):
        if squash(quote).startswith(first) or (kind == "scopes" and squash(quote)[:_QUOTE_CHARS] in squash(words)):
            yield form
            if kind in ("statements", "roles", "inherited"):
                yield from (other for other, noted in written.forms.get("note", ()) if noted and noted in quote)
