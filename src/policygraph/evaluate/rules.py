"""The rules in ``data/`` and how often each is seen at work on a corpus, so that dead rules show.

A rule is a word or pattern of a table. It is counted in the words of what it helps to find: a role word in
responsibility statements, a unit in targets, an outline style in headings. A rule that keeps something from being
found (excludes, furniture) shows in no finding; it is counted in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policygraph.data import table
from policygraph.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policygraph.models import Notice, Span

_AROUND_CHARS = 8
_EVIDENCE = {
    "aside": "statements", "label": "statements", "modifier": "statements", "word": "statements", "kind": "bodies",
    "style": "headings", "closes": "headings", "stock": "headings", "descriptive": "headings", "goals": "headings",
    "column": "cells", "comparator": "targets", "suffix": "targets", "commits": "targets", "units": "targets",
    "qualitative": "qualitative", "adverb": "times", "governor": "times", "round": "times", "ongoing": "times",
    "vague": "times", "grade": "strength", "title_ends": "titles", "signs": "issuers", "labels": "text",
    "opens": "text", "does": "targets", "shared": "targets",
    "excludes": "text", "leads": "text", "furniture": "text",
}  # fmt: skip
_TABLES = ("roles", "bodies", "outline", "heads", "columns", "quantities", "times", "strength", "context", "elements")


@dataclass(frozen=True, slots=True)
class Rule:
    """One word or pattern of a list in ``data/``: what it means, where it was first seen, how often it fired.

    ``fired`` is ``None`` where there were no notices to count on.
    """

    rule: str
    words: str
    means: str | None
    seen: str | None
    evidence: str
    fired: int | None


def fired(notices: Iterable[Notice]) -> list[Rule]:
    """Return every rule in the order of the tables, with how often it shows in what was found in the notices."""
    evidence = _gathered(notices)
    found: list[Rule] = []
    for name in _TABLES:
        for key, entry, words in _entries(name):
            where = _EVIDENCE.get(key)
            if where:
                count = _count(words, evidence[where], pattern=key == "style")
                found.append(Rule(f"{name}.{key}", words, _means(entry), entry.get("seen"), where, count))
    return found


def _entries(name: str) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield each word of a table with its list and its entry."""
    for key, value in table(name).items():
        entries = value if isinstance(value, list) else [value]
        for entry in entries:
            if isinstance(entry, str):
                yield key, {}, entry
            elif isinstance(entry, dict):
                words = [entry[field] for field in ("word", "pattern") if field in entry]
                lists = [entry[field] for field in ("words", "heads", "ends") if field in entry]
                lists += [part for part in entry.values() if isinstance(part, list)] if not words and not lists else []
                yield from ((key, entry, word) for word in [*words, *(word for part in lists for word in part)])


def _means(entry: dict[str, Any]) -> str | None:
    shown = (entry.get(field) for field in ("role", "sign", "change", "holds", "grade", "name", "weight"))
    return next((str(value) for value in shown if value is not None), None)


def _count(words: str, evidence: list[str], *, pattern: bool) -> int:
    if pattern:
        return sum(re.match(words, text) is not None for text in evidence)
    plain = re.sub(r"\(\?.*?\)|[\^$]", "", words)
    return sum(plain in text for text in evidence)


def _gathered(notices: Iterable[Notice]) -> dict[str, list[str]]:
    """Return the words of every finding by its kind, normalised as the finders read them."""
    found: dict[str, list[str]] = {where: [] for where in _EVIDENCE.values()}
    for notice in notices:
        text = normalise(notice.page.text)

        def words(span: Span, around: int = 0, text: str = text) -> str:
            return "".join(text[max(0, span[0] - around) : span[1] + around].split())

        found["text"].append("".join(text.split()))
        found["statements"] += [words(one.span) for one in notice.statements]
        found["bodies"] += [duty.name for duty in notice.duties]
        found["headings"] += [words(one.span)[: _AROUND_CHARS * 8] for one in notice.clauses if one.label]
        found["cells"] += [words(cell.span) for one in notice.page.tables for cell in one.cells]
        found["targets"] += [words(one.span, _AROUND_CHARS) for one in notice.targets]
        found["qualitative"] += [one.words for one in notice.qualitative]
        found["times"] += [words(one.span, _AROUND_CHARS) for one in notice.times]
        found["strength"] += [one.strength.word for one in notice.tasks if one.strength]
        found["titles"] += [notice.elements.title or ""]
        found["issuers"] += list(notice.elements.issuers)
    return found


def dead(rules: Iterable[Rule]) -> Counter[str]:
    """Count the rules of each list that never fired."""
    return Counter(rule.rule for rule in rules if rule.fired == 0)
