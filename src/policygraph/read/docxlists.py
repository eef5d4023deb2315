"""Which list and level a DOCX paragraph counts in: numbering.xml and the styles, read once per document.

``<w:numPr>`` names a list (``numId``) and a level (``ilvl``), in the paragraph or in its style; the list names an
abstract definition whose levels count (``chineseCounting``, ``%1、``). ECMA-376 part 1, 17.9. What a style says of
hidden text and tables of contents is asked here too, since it is inherited the same way.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policygraph.read.numbering import Counters, Level

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_STYLE_STEPS = 20


def named(element: Element, *path: str) -> Element | None:
    """Return the first descendant along a path of local names, whatever namespace the writer used."""
    found: Element | None = element
    for name in path:
        found = None if found is None else found.find("{*}" + name)
    return found


def value(element: Element | None, name: str = "val") -> str | None:
    """Return an attribute by its local name."""
    if element is None:
        return None
    return next((str(text) for key, text in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


def whole(text: str | None) -> int | None:
    """Return a whole number, or ``None`` where none is written."""
    try:
        return int(text) if text is not None else None
    except ValueError:
        return None


def on(element: Element | None) -> bool:
    """Tell whether a switch such as ``<w:vanish/>`` is there and not turned off."""
    return element is not None and value(element) not in ("0", "false", "off")


class Styles:
    """The styles of a document by id."""

    def __init__(self, root: Element | None) -> None:
        found = root.iterfind("{*}style") if root is not None else ()
        self._styles = {value(style, "styleId"): style for style in found}

    def name(self, style_id: str | None) -> str:
        """Return the name of a style (``toc 1``, ``heading 2``), or ``""``."""
        style = self._styles.get(style_id)
        return (value(named(style, "name")) or "").lower() if style is not None else ""

    def chain(self, style_id: str | None) -> list[tuple[str, Element]]:
        """Return a style and those it is based on, nearest first."""
        found: list[tuple[str, Element]] = []
        while style_id and len(found) < _STYLE_STEPS and (style := self._styles.get(style_id)) is not None:
            found.append((style_id, style))
            style_id = value(named(style, "basedOn"))
        return found


class Lists:
    """The lists of a document and how far they have counted."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._counters = Counters()
        self._abstract: dict[str | None, Element] = {}
        self._numbers: dict[str | None, Element] = {}
        self._levels: dict[str, tuple[str, dict[int, Level], set[int]]] = {}
        if root is not None:
            self._abstract = {value(one, "abstractNumId"): one for one in root.iterfind("{*}abstractNum")}
            self._numbers = {value(one, "numId"): one for one in root.iterfind("{*}num")}

    def label(self, properties: Element | None) -> str:
        """Count a paragraph by its properties and return its label, ``""`` if it has none."""
        place = self._place(properties)
        if place is None:
            return ""
        number_id, at = place
        if number_id not in self._levels:
            self._levels[number_id] = self._read(number_id)
        definition, levels, anew = self._levels[number_id]
        return self._counters.label(definition, number_id, levels, at, anew=at in anew) if levels else ""

    def _place(self, properties: Element | None) -> tuple[str, int] | None:
        """Return the list and level of a paragraph, its own or its style's."""
        if properties is None:
            return None
        own = named(properties, "numPr")
        number_id = value(named(own, "numId")) if own is not None else None
        at = whole(value(named(own, "ilvl"))) if own is not None else None
        for style_id, style in self._styles.chain(value(named(properties, "pStyle"))):
            given = named(style, "pPr", "numPr")
            if given is None:
                continue
            number_id = number_id or value(named(given, "numId"))
            if at is None:
                at = whole(value(named(given, "ilvl")))
            if at is None and number_id:
                at = self._level_of_style(number_id, style_id)
            break
        return (number_id, at or 0) if number_id and number_id != "0" else None

    def _level_of_style(self, number_id: str, style_id: str) -> int | None:
        abstract = self._definition(number_id)
        for level in abstract.iterfind("{*}lvl") if abstract is not None else ():
            if value(named(level, "pStyle")) == style_id:
                return whole(value(level, "ilvl"))
        return None

    def _definition(self, number_id: str | None) -> Element | None:
        """Return the abstract definition of a list, through the list style it may link to."""
        for _ in range(_STYLE_STEPS):
            number = self._numbers.get(number_id)
            abstract = self._abstract.get(value(named(number, "abstractNumId"))) if number is not None else None
            link = value(named(abstract, "numStyleLink")) if abstract is not None else None
            if link is None:
                return abstract
            number_id = next(
                (
                    value(found)
                    for _, style in self._styles.chain(link)
                    if (found := named(style, "pPr", "numPr", "numId")) is not None
                ),
                None,
            )
        return None

    def _read(self, number_id: str) -> tuple[str, dict[int, Level], set[int]]:
        """Return the definition's name, its levels as the list overrides them, and the levels it starts anew."""
        abstract = self._definition(number_id)
        if abstract is None:
            return "", {}, set()
        levels = {whole(value(level, "ilvl")) or 0: _level(level) for level in abstract.iterfind("{*}lvl")}
        anew: set[int] = set()
        for override in self._numbers[number_id].iterfind("{*}lvlOverride"):
            at = whole(value(override, "ilvl")) or 0
            if (own := named(override, "lvl")) is not None:
                levels[at] = _level(own)
            if (start := whole(value(named(override, "startOverride")))) is not None:
                levels[at] = replace(levels.get(at, Level()), start=start)
                anew.add(at)
        return value(abstract, "abstractNumId") or "", levels, anew


def _level(element: Element) -> Level:
    start = whole(value(named(element, "start")))
    form = value(named(element, "numFmt"))
    alternative = named(element, "AlternateContent", "Choice", "numFmt")
    if form is None and alternative is not None:
        form = value(alternative)
    text = value(named(element, "lvlText"))
    return Level(
        form=form or "decimal",
        text=text if text is not None else "",
        start=1 if start is None else start,
        restart=whole(value(named(element, "lvlRestart"))),
        gap=value(named(element, "suff")) != "nothing",
        legal=on(named(element, "isLgl")),
    )
