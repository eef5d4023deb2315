"""How right the extraction is: precision, recall and F1 per kind against notices annotated by hand.

``evaluate("gold", "corpus")`` parses the notice of each gold file in its original form and matches what was found,
kind by kind, with what two readers agreed on. docs/evaluation.md says how each kind is matched.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from policygraph import contract, pipeline
from policygraph.errors import GoldError, PolicygraphError
from policygraph.evaluate import gold, match
from policygraph.evaluate.report import Report, Scored

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygraph.evaluate.gold import Gold

__all__ = ["Report", "evaluate"]


def evaluate(
    gold_folder: str | Path, notices: str | Path | None = None, *, text: bool = False, only: Sequence[str] = ()
) -> Report:
    """Score the extraction on every gold file of a folder.

    Args:
        gold_folder: holds ``ID.json`` files, and the annotated texts as ``text/ID.txt``.
        notices: the folder of the notices in their original form.
        text: read the annotated texts instead of the originals.
        only: ids to score; all if empty.

    Raises:
        GoldError: the folder holds no gold, or a gold file cannot be read.

    """
    folder = Path(gold_folder)
    files = [path for path in sorted(folder.glob("*.json")) if not only or path.stem in only]
    if not files:
        raise GoldError(str(folder), "no gold files", "give a folder with ID.json files")
    return Report([_score(gold.read(path), notices or folder, text=text) for path in files])


def _score(item: Gold, notices: str | Path, *, text: bool) -> Scored:
    """Score one notice; one that cannot be parsed has everything missed and says why."""
    try:
        annotated = gold.text(item)
        source = gold.text_path(item) if text else gold.source(item, Path(notices), annotated)
        records: list[dict[str, Any]] = [contract.record(notice) for notice in pipeline.parse(source)]
        # A file may hold several notices; the one that fits best is the one that was annotated.
        results = [match.score(item, annotated or record["text"], record) for record in records]
        best = max(results, key=lambda result: sum(tally.right for tally in result.values()))
    except PolicygraphError as error:
        return Scored(item.id, match.nothing_found(item), str(error))
    return Scored(item.id, best, None)
