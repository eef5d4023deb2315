"""Marks on a text as HTML whose text content is the text, character by character.

Marks may overlap and cross (a time inside a target, a duty inside its statement), which elements cannot. The text is
therefore cut into runs at every start and end of a mark, and each run says which marks cover it. A line of the text is
a paragraph that ends with its own line break, so that what is copied from the page is what was published.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_CONTROLS = re.compile(
    "([\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb])"
)
_LINE_END = re.compile(r"\n")


@dataclass(frozen=True, slots=True)
class Mark:
    """A half-open span of the text with its kind (``duty``), the name of its fact on the page, and words that explain.

    ``linked`` marks lead to their fact. Others (a statement, what is cited) show where they are, and ``name`` may name
    several facts.
    """

    start: int
    end: int
    kind: str
    name: str
    title: str = ""
    linked: bool = True


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the text that is covered by the same marks throughout, outermost first."""

    start: int
    end: int
    marks: tuple[Mark, ...]


def runs(start: int, end: int, marks: Iterable[Mark], anchors: Iterable[int] = ()) -> Iterator[Run]:
    """Yield the runs that make up a stretch of the text, in order and without gaps; anchors begin runs too.

    Marks are cut to the stretch; an empty mark, or one outside, covers nothing.
    """
    inside = [mark for mark in marks if max(mark.start, start) < min(mark.end, end)]
    opening: dict[int, list[Mark]] = {}
    for mark in inside:
        opening.setdefault(max(mark.start, start), []).append(mark)
    cuts = {start, end, *opening, *(min(mark.end, end) for mark in inside)}
    cuts |= {anchor for anchor in anchors if start < anchor < end}
    places = sorted(cuts)
    covering: list[Mark] = []
    for left, right in pairwise(places):
        covering = [mark for mark in covering if mark.end > left] + opening.get(left, [])
        covering.sort(key=_outermost)
        yield Run(left, right, tuple(covering))


def _outermost(mark: Mark) -> tuple[int, int, str, str]:
    return mark.start, -mark.end, mark.kind, mark.name


def paragraphs(
    text: str, stretch: tuple[int, int], marks: Iterable[Mark], headings: Mapping[int, int], anchors: Iterable[int] = ()
) -> Markup:
    """Return a stretch of the text as paragraphs.

    ``headings`` gives the level of the clause that begins at an offset. A run that begins a mark, a clause or an anchor
    has the id ``m`` with its offset, by which it can be cited.
    """
    every = sorted(marks, key=_outermost)
    places = sorted({*headings, *anchors})
    lines = list(_lines(text, *stretch))
    at: list[list[Mark]] = [[] for _ in lines]
    starts = [left for left, _ in lines]
    for mark in every:
        for index in _touched(starts, lines, mark):
            at[index].append(mark)
    pieces = [
        _paragraph(text, line, own, headings, places[bisect_left(places, line[0]) : bisect_left(places, line[1])])
        for line, own in zip(lines, at, strict=True)
    ]
    return Markup("").join(pieces)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the lines of a stretch, each with its line break."""
    left = start
    for found in _LINE_END.finditer(text, start, end):
        yield left, found.end()
        left = found.end()
    if left < end:
        yield left, end


def _touched(starts: Sequence[int], lines: Sequence[tuple[int, int]], mark: Mark) -> Iterator[int]:
    index = max(0, bisect_right(starts, mark.start) - 1)
    while index < len(lines) and lines[index][0] < mark.end:
        if lines[index][1] > mark.start:
            yield index
        index += 1


def _paragraph(
    text: str, line: tuple[int, int], marks: Sequence[Mark], headings: Mapping[int, int], anchors: Sequence[int]
) -> Markup:
    start, end = line
    words = text[start:end]
    first = start + len(words) - len(words.lstrip(" \t\u3000"))
    level = headings.get(first, headings.get(start))
    inner = Markup("").join(_run(text, run, anchors) for run in runs(start, end, marks, anchors))
    classes = ["line"]
    classes += [f"level-{min(level, 6)}"] if level else []
    classes += ["blank"] if not words.strip() else []
    classes += ["row"] if "\t" in words else []
    return Markup('<p class="{}">{}</p>').format(" ".join(classes), inner)


def _run(text: str, run: Run, anchors: Sequence[int]) -> Markup:
    words = characters(text[run.start : run.end])
    begins = any(mark.start == run.start for mark in run.marks) or run.start in anchors
    identifier = Markup(' id="m{}"').format(run.start) if begins else Markup("")
    if not run.marks:
        return Markup("<span{}>{}</span>").format(identifier, words) if begins else words
    linked = [mark for mark in run.marks if mark.linked]
    classes = " ".join(dict.fromkeys(f"is-{mark.kind}" for mark in run.marks))
    names = " ".join(dict.fromkeys(mark.name for mark in linked or run.marks if mark.name))
    if not linked:
        return Markup('<span{} class="mark {}" data-facts="{}">{}</span>').format(identifier, classes, names, words)
    innermost = linked[-1]
    titles = "; ".join(dict.fromkeys(mark.title for mark in linked if mark.title))
    return Markup('<a{} class="mark {}" data-facts="{}" href="#{}" title="{}"{}>{}</a>').format(
        identifier,
        classes,
        names,
        innermost.name,
        titles,
        Markup("") if any(mark.start == run.start for mark in linked) else Markup(' tabindex="-1"'),
        words,
    )


def characters(words: str) -> Markup:
    """Return words as HTML; characters that nobody sees, or that turn the order of others, are named and apart."""
    pieces = _CONTROLS.split(words)
    return Markup("").join(_control(piece) if index % 2 else escape(piece) for index, piece in enumerate(pieces))


def _control(character: str) -> Markup:
    """Return a character that is not seen in a box of its own, which ends what it begins."""
    code = f"U+{ord(character):04X}"
    inside = Markup("&#13;") if character == "\r" else character
    return Markup('<bdi class="control" data-code="{}">{}</bdi>').format(code, inside)


def visible(words: str) -> str:
    """Return words with such characters replaced by their names, for titles, cells and attributes.

    >>> visible("a\\u202eb")
    'a⟨U+202E⟩b'
    """
    return _CONTROLS.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", words)
