"""Training data for spaCy: a ``DocBin`` of notices, a character a token, with spans of duties, targets, times, bodies.

A store gives its notices with what was extracted from them; gold gives them with what people found there. Needs the
extra ``spacy``, and no model.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from policygraph.annotate.marks import Mark, of_store
from policygraph.errors import ExportError
from policygraph.evaluate import gold
from policygraph.read import pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policygraph.export.elements import Counts
    from policygraph.store.contract import Store

    Annotated = tuple[str, str, list[Mark]]

_LEAST_CHARS = 2


def write(
    store: Store | None, out: BinaryIO, *, gold: str | Path | None = None, notices: str | Path | None = None
) -> Counts:
    """Write the notices of a store by id, or, with ``gold``, those of a folder of gold and of their originals.

    Raises:
        ExportError: spaCy is not installed.
        GoldError: a gold file cannot be read, or its notice is not there.

    """
    try:
        import spacy  # noqa: PLC0415 - an extra, and heavy
        from spacy.tokens import DocBin  # noqa: PLC0415
    except ImportError as error:
        raise ExportError("docbin", "spaCy is not installed", "pip install 'policygraph[spacy]'") from error
    from policygraph.annotate.component import annotate  # noqa: PLC0415 - as above

    found = _of_gold(Path(gold), Path(notices or gold)) if gold else _of_store(store)
    blank = spacy.blank("zh")
    made = DocBin(attrs=["ORTH", "SPACY"], store_user_data=True)
    counts = {"docs": 0, "spans": 0}
    for name, text, marks in found:
        doc = blank.make_doc(text)
        annotate(doc, marks)
        doc.user_data["notice"] = name
        made.add(doc)
        counts["docs"] += 1
        counts["spans"] += len(marks)
    out.write(made.to_bytes())
    return counts


def _of_store(store: Store | None) -> Iterator[Annotated]:
    if store is None:
        raise ExportError("docbin", "no store and no gold", "give a store, or --gold FOLDER")
    for identifier in sorted(str(row["notice"]) for row in store.ask("notices")):
        yield identifier, str(store.text_of(identifier)["text"]), of_store(store, identifier)


def _of_gold(folder: Path, notices: Path) -> Iterator[Annotated]:
    for path in sorted(folder.glob("*.json")):
        item = gold.read(path)
        text = gold.text(item)
        if text is None:
            (page, *_) = pages(gold.source(item, notices, None))
            text = page.text
        yield item.id, text, _marks(item, text)


def _marks(item: gold.Gold, text: str) -> list[Mark]:
    """Return the marks of gold whose characters are plain: quotes, and names that stand in the quotes of duties."""
    found: list[Mark] = []
    for entry in item.lists["duties"]:
        start = _place(text, entry)
        for role in entry.get("roles") or ():
            for at, surface in _names(entry["quote"], role["name"]):
                own = {"role": role["role"], "name": role["name"], "surface": surface}
                found.append(Mark("duties", start + at, start + at + len(surface), role["role"], own))
    for entry in item.lists["targets"]:
        found.append(_quoted("targets", "target", entry, text))
    for entry in item.lists["times"]:
        found.append(_quoted("times", entry["kind"], entry, text))
    return found


def _quoted(group: Any, label: str, entry: dict[str, Any], text: str) -> Mark:  # noqa: ANN401 - one of the groups
    start = _place(text, entry)
    own = {name: value for name, value in entry.items() if name not in ("quote", "nth")}
    return Mark(group, start, start + len(entry["quote"]), label, own)


def _place(text: str, entry: dict[str, Any]) -> int:
    """Return where the ``nth`` occurrence of a quote begins."""
    at = -1
    for _ in range(entry.get("nth") or 1):
        at = text.find(entry["quote"], at + 1)
    if at < 0:
        raise ExportError(
            "docbin", f"quote not found: {entry['quote'][:20]}", "`policygraph evaluate --check` says more"
        )
    return at


def _names(quote: str, name: str) -> Iterable[tuple[int, str]]:
    """Return where a name stands in a quote, as written: whole, or without the level that the quote elides.

    >>> _names("(市国土资源局、城乡建设局负责)", "市城乡建设局")
    [(8, '城乡建设局')]
    """
    for cut in range(len(name) - _LEAST_CHARS + 1):
        at = quote.find(name[cut:])
        if at >= 0:
            return [(at, name[cut:])]
        if cut >= _LEAST_CHARS:
            break
    return []
