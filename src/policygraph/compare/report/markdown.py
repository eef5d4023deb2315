"""A table in markdown; gone words are struck out, new ones bold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygraph.compare.report.lines import counts, lines, short, titles

if TYPE_CHECKING:
    from policygraph.compare.report.lines import Line
    from policygraph.compare.values import Comparison

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def write(*found: Comparison) -> str:
    """Return comparisons as markdown, in their order."""
    return "\n".join(map(_one, found))


def _one(found: Comparison) -> str:
    old, new = titles(found)
    rows = [f"- old: {_plain(old)}", f"- new: {_plain(new)}", ""]
    if not found.changes:
        return "\n".join([*rows, "Nothing changed.", ""])
    rows += [f"{', '.join(f'{number} {kind}' for kind, number in counts(found))}", ""]
    rows += ["| change | old | new | why |", "| --- | --- | --- | --- |"]
    for line in lines(found):
        cells = (line.kind, _side(line, old=True), _side(line, old=False), _plain(short(line.why)))
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join([*rows, ""])


def _side(line: Line, *, old: bool) -> str:
    place, words = (line.old_place, line.old) if old else (line.new_place, line.new)
    if line.edits:
        mark = "~~" if old else "**"
        words = "".join(
            _plain(edit.words) if edit.sort == "same" else f"{mark}{_plain(edit.words)}{mark}"
            for edit in line.edits
            if edit.sort == "same" or (edit.sort == "gone") == old
        )
    else:
        words = _plain(short(words))
    return f"`{place}` {words}".strip() if place else words


def _plain(words: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(words.split()))
