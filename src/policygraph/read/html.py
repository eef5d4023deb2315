"""A web page to the notice on it: ``<div class="TRS_Editor"><p>各县(市)区人民政府：</p>…</div>``.

The title and the body are the text; metadata tables, ``<meta>`` tags and the line with source and date become
metadata; furniture and what stands outside the article is left out and noted. The charset is told from the bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from policygraph.errors import EmptySource
from policygraph.models import Dropped, Issue, Page
from policygraph.read import article, blocks, chrome, markup, metadata
from policygraph.read.blocks import Paragraph
from policygraph.read.encoding import decode
from policygraph.read.layout import Layout

if TYPE_CHECKING:
    from policygraph.read.blocks import Block
    from policygraph.read.limits import Limits

Element = Any

_METADATA_TAGS = ("table", "ul", "ol", "dl", "div", "section", "tbody", "tr")
_METADATA_CHARS = range(8, 2_000)
_METADATA_ELEMENTS = 300
_HEAD_BLOCKS = 12
_MOST_DROPPED = 100


def read(data: bytes, source: str, limits: Limits) -> Page:
    """Read a web page, whole or saved in part.

    Raises:
        UndecodableText: the bytes are no text.
        SourceError: the page is over a limit.
        EmptySource: it shows no words.

    """
    text, issues = decode(data, source)
    page = of_markup(text, source, limits)
    return replace(
        page, sha256=sha256(data).hexdigest(), issues=(*(replace(i, span=None) for i in issues), *page.issues)
    )


def of_markup(text: str, source: str, limits: Limits) -> Page:
    """Read a page, or a part of one, that is decoded already; its ``sha256`` is left empty."""
    limits.hold(source, "text_chars", len(text))
    root = markup.parse(text, source, limits)
    found = _Gathered(metadata.of_head(root))
    found.dropped += article.prune(root)
    _take_metadata(root, found, source, limits)
    place = article.find(root, metadata.titles(found.metadata))
    _attachments(root, found)
    parts = [part for element in (*place.above, *place.body) for part in blocks.of(element, source, limits)]
    _outside(root, [*place.above, *place.body], found)
    layout = Layout()
    for part in _without_furniture(parts, found):
        if isinstance(part, Paragraph):
            layout.paragraph(part.text)
        else:
            layout.table(part)
    words = layout.text
    if not words.strip():
        raise EmptySource(source, "no text in the page", "save the page with its text, not only its frame")
    limits.hold(source, "text_chars", len(words))
    cut = re.search(r"<html\b", text, re.IGNORECASE) and not re.search(r"</(?:html|body)\s*>", text, re.IGNORECASE)
    issues = (Issue("read", "the page breaks off before its end"),) if cut else ()
    kept = tuple(found.dropped[:_MOST_DROPPED])
    return Page(source, "text/html", "", words, issues, tuple(layout.tables), found.metadata, kept)


@dataclass(slots=True)
class _Gathered:
    """What a page says of its notice and what was left out, while it is read."""

    metadata: dict[str, str]
    dropped: list[Dropped] = field(default_factory=list)

    def take(self, values: dict[str, str], reason: str, words: str) -> None:
        """Keep values that words stood for, which are no text; a label that comes again keeps its first value."""
        self.metadata.update((name, value) for name, value in values.items() if name not in self.metadata)
        self.dropped.append(chrome.dropped(reason, words))


def _take_metadata(root: Element, found: _Gathered, source: str, limits: Limits) -> None:
    """Move tables and lists of labels with their values out of the tree."""
    measures = article.Measures(root)
    sizes: dict[Element, int] = dict.fromkeys(measures.elements, 1)
    for element in reversed(measures.elements):
        if element is not root:
            sizes[element.getparent()] += sizes[element]
    gone: set[Element] = set()
    for element in measures.elements:
        if element is root or element.getparent() in gone:
            gone.add(element) if element is not root else None
            continue
        small = measures.chars[element] in _METADATA_CHARS and sizes[element] <= _METADATA_ELEMENTS
        if element.tag not in _METADATA_TAGS or not small:
            continue
        segments = _segments(element, source, limits)
        values = metadata.of_segments(segments)
        if values is not None:
            found.take(values, "metadata table", " ".join(segments))
            gone.add(element)
    for element in measures.elements:
        if element in gone and element.getparent() not in gone:
            article.remove(element)


def _segments(element: Element, source: str, limits: Limits) -> list[str]:
    """Return the cells and paragraphs of an element, in order."""
    segments: list[str] = []
    for part in blocks.of(element, source, limits):
        segments += part.text.split("\n") if isinstance(part, Paragraph) else [cell.text for cell in part]
    return segments


def _attachments(root: Element, found: _Gathered) -> None:
    """Keep the links to files, by their words."""
    links: list[str] = []
    for link in root.iter("a"):
        address = (link.get("href") or "").strip()
        words = " ".join("".join(link.itertext()).split())
        if metadata.is_file(address):
            line = f"{words or unquote(address.rsplit('/', 1)[-1])} <{address}>"
            links += [line] if line not in links else []
    if links:
        found.metadata.setdefault("附件", "\n".join(links))


def _outside(root: Element, kept: list[Element], found: _Gathered) -> None:
    """Note what stands beside the article, one note for each element."""
    inside = set(kept)
    path = {ancestor for element in kept for ancestor in element.iterancestors()}
    for parent in root.iter():
        if parent not in path:
            continue
        for child in parent:
            if isinstance(child.tag, str) and child not in inside and child not in path:
                words = "".join(child.itertext())
                if words.strip():
                    found.dropped.append(chrome.dropped("outside the article", words))


def _without_furniture(parts: list[Block], found: _Gathered) -> list[Block]:
    """Return the parts that are text; page lines become metadata, furniture is noted."""
    kept: list[Block] = []
    listing = False
    for part in parts:
        if not isinstance(part, Paragraph):
            listing = False
            kept.append(part)
            continue
        values = metadata.of_line(part.text) if len(kept) < _HEAD_BLOCKS else None
        reason = chrome.of_line(part.text)
        heads = chrome.heads_links(part.text)
        listing = heads or (listing and part.linked)
        if listing and (part.linked or heads):
            found.dropped.append(chrome.dropped(reason or "link", part.text))
        elif values:
            found.take(values, "page line", part.text)
        elif reason:
            found.dropped.append(chrome.dropped(reason, part.text))
        else:
            kept.append(part)
    return kept
