"""A web page to the notice on it: ``<div class="TRS_Editor"><p>各县(市)区人民政府：</p>…</div>``.

The title and the body are the text; metadata tables, ``<meta>`` tags and the line with source and date become
metadata; furniture and what stands outside the article is left out and noted. The charset is told from the bytes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from policygraph.read import article, blocks, chrome, markup, metadata
from policygraph.read.blocks import Paragraph
from policygraph.read.compose import Draft, Grid
from policygraph.read.encoding import decode

if TYPE_CHECKING:
    from policygraph.models import Page
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
    draft = Draft(data, source, limits)
    for issue in issues:
        draft.issue(issue.reason)
    return of_markup(text, draft)


def of_markup(text: str, draft: Draft) -> Page:
    """Read a page, or a part of one, that is decoded already."""
    draft.limits.hold(draft.source, "text_chars", len(text))
    root = markup.parse(text, draft.source, draft.limits)
    draft.metadata.update(metadata.of_head(root))
    for reason, words in article.prune(root):
        draft.drop(reason, words)
    _take_metadata(root, draft)
    place = article.find(root, metadata.titles(draft.metadata))
    _keep_links(root, draft)
    kept = [*place.above, *place.body]
    parts = [part for element in kept for part in blocks.of(element, draft.source, draft.limits)]
    _note_outside(root, kept, draft)
    if re.search(r"<html\b", text, re.IGNORECASE) and not re.search(r"</(?:html|body)\s*>", text, re.IGNORECASE):
        draft.issue("the page breaks off before its end")
    kept_parts = _without_furniture(parts, draft)
    del draft.dropped[_MOST_DROPPED:]
    return draft.page("text/html", [part.text if isinstance(part, Paragraph) else part for part in kept_parts])


def _take_metadata(root: Element, draft: Draft) -> None:
    """Move tables and lists of labels with their values out of the tree."""
    measures = article.Measures(root)
    sizes: dict[Element, int] = dict.fromkeys(measures.elements, 1)
    for element in reversed(measures.elements):
        if element is not root:
            sizes[element.getparent()] += sizes[element]
    gone: set[Element] = set()
    for element in measures.elements:
        if element is root or element.getparent() in gone:
            gone |= set() if element is root else {element}
            continue
        small = measures.chars[element] in _METADATA_CHARS and sizes[element] <= _METADATA_ELEMENTS
        if element.tag not in _METADATA_TAGS or not small:
            continue
        values = metadata.of_segments(_segments(element, draft))
        if values is not None:
            draft.fields(values)
            gone.add(element)
    for element in measures.elements:
        if element in gone and element.getparent() not in gone:
            article.remove(element)


def _segments(element: Element, draft: Draft) -> list[str]:
    """Return the cells and paragraphs of an element, in order."""
    segments: list[str] = []
    for part in blocks.of(element, draft.source, draft.limits):
        if isinstance(part, Grid):
            inner = (cell.content for cell in part.cells)
            segments += ["\n".join(one for one in content if isinstance(one, str)) for content in inner]
        else:
            segments += part.text.split("\n")
    return segments


def _keep_links(root: Element, draft: Draft) -> None:
    """Keep the links to files, by their words."""
    links: list[str] = []
    for link in root.iter("a"):
        address = (link.get("href") or "").strip()
        if metadata.is_file(address):
            words = " ".join("".join(link.itertext()).split())
            line = f"{words or unquote(address.rsplit('/', 1)[-1])} <{address}>"
            links += [line] if line not in links else []
    if links:
        draft.metadata.setdefault("附件", "\n".join(links))


def _note_outside(root: Element, kept: list[Element], draft: Draft) -> None:
    """Note what stands beside the article, one note for each element."""
    path = {ancestor for element in kept for ancestor in element.iterancestors()}
    inside = path.union(kept)
    for parent in root.iter():
        if parent not in path:
            continue
        for child in parent:
            if isinstance(child.tag, str) and child not in inside:
                draft.drop("outside the article", " ".join("".join(child.itertext()).split()))


def _without_furniture(parts: list[Block], draft: Draft) -> list[Block]:
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
        if listing:
            draft.drop(reason or "link", part.text)
        elif values:
            for name, value in values.items():
                draft.tell(name, value)
            draft.drop("page line", part.text)
        elif reason:
            draft.drop(reason, part.text)
        else:
            kept.append(part)
    return kept
