"""Gold files: what two readers agreed a notice says, each item with the words that say it.

The format is described in gold/README.md: ``{"quote": "(市水务局牵头,市农委配合)", "roles": [...]}``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args

from policygraph.errors import GoldError
from policygraph.evaluate.place import Place
from policygraph.models import Comparator, Role, TimeKind

Item = dict[str, Any]

_LISTS = {
    "cites": {"quote", "nth", "title", "doc_number"},
    "headings": {"quote", "nth", "label", "level", "title", "path"},
    "duties": {"quote", "nth", "scope_start", "scope_end", "roles", "inherited"},
    "rules": {"quote", "nth", "effect", "name", "role", "except"},
    "targets": {"quote", "nth", "indicator", "comparator", "value", "value_max", "unit", "due", "baseline", "change"}
    | {"due_disputed"},
    "times": {"quote", "nth", "kind", "start", "end", "every", "days", "duration"},
    "qualitative": {"quote", "nth"},
    "prose": {"quote", "nth", "name", "role"},
}
_CLOSED = {"comparator": get_args(Comparator), "kind": get_args(TimeKind), "role": get_args(Role)} | {
    "effect": ("add", "first_is_lead"),
    "change": ("increase", "decrease", None),
}
_LINE_CHARS = 20
_DATES = ("start", "end", "due")


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated notice; the lists hold the items as they stand in the file."""

    id: str
    path: Path
    source: str | None
    notice: Item
    lists: dict[str, list[Item]]


def read(path: Path) -> Gold:
    """Read a gold file.

    Raises:
        GoldError: it is no JSON object with a notice.

    """
    try:
        value = json.loads(path.read_text("utf-8"))
        return Gold(path.stem, path, value.get("source"), value["notice"], {k: value.get(k) or [] for k in _LISTS})
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise GoldError(str(path), f"no gold file: {error}", "write it by gold/README.md") from None


def source(item: Gold, notices: Path, annotated: str | None) -> Path:
    """Return the file that holds the notice in its original form.

    It is the file that the gold names, else the one that is called by its id, else the text that holds most of
    the annotated one's lines.

    Raises:
        GoldError: none is there.

    """
    named = [notices / item.source] if item.source else []
    called = [p for p in sorted(notices.glob(f"{item.id}*")) if p.stem == item.id or p.name[len(item.id)] in "._"]
    for path in [*named, *called]:
        if path.is_file():
            return path
    lines = [line for line in (annotated or "").split("\n") if len(line.strip()) > _LINE_CHARS]
    texts = {path: path.read_text("utf-8", errors="replace") for path in sorted(notices.glob("*.txt"))}
    held = {path: sum(line in text for line in lines) for path, text in texts.items()}
    best = max(held, key=lambda path: held[path], default=None)
    if best is None or not lines or held[best] * 2 < len(lines):
        raise GoldError(item.id, f"its notice is not in {notices}", "give the folder of the original notices")
    return best


def text_path(item: Gold) -> Path:
    """Return where the annotated text lies beside its gold."""
    return item.path.parent / "text" / f"{item.id}.txt"


def text(item: Gold) -> str | None:
    """Return the annotated text, or ``None`` if it is the notice itself as it was published."""
    path = text_path(item)
    return path.read_text("utf-8") if path.is_file() else None


def check(item: Gold, annotated: str) -> Iterator[str]:
    """Yield what is wrong with a gold file: quotes that are not found, fields and values the guide does not know."""
    place = Place(annotated)
    for name, fields in _LISTS.items():
        for number, entry in enumerate(item.lists[name], 1):
            where = f"{item.id}: {name} {number}"
            for unknown in sorted(entry.keys() - fields):
                yield f"{where}: unknown field '{unknown}'"
            if place.locate(entry.get("quote", ""), entry.get("nth"), place) is None:
                yield f"{where}: quote not found: {entry.get('quote', '')[:40]}"
            yield from (f"{where}: {problem}" for problem in _values(entry))


def _values(entry: Item) -> Iterator[str]:
    for part in [entry, *entry.get("roles", []), *(entry.get("inherited") or [])]:
        for field, known in _CLOSED.items():
            if field in part and part[field] not in known:
                yield f"{field} '{part[field]}' is none of {', '.join(map(str, known))}"
    for field in _DATES:
        if entry.get(field) is not None:
            try:
                date.fromisoformat(entry[field])
            except ValueError:
                yield f"{field} '{entry[field]}' is no date"
