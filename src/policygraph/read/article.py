"""Where on a page the notice stands: by the marks government sites use, else by where its sentences are.

``<div class="TRS_Editor">``, ``id="UCAP-CONTENT"`` and ``id="zoom"`` hold the body on most sites. Elsewhere the body is
the smallest element that holds nearly all words outside links, with the elements beside it that hold sentences too.
The title stands often above the body, in an element of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from policygraph.read import blocks, chrome

Element = Any

_MARKS = re.compile(
    r"trs_editor\w*|trs_ueditor|ucap-content|zoom\w?|pages?_content|article|article[-_]?(?:content|body|con|text|main|box)"
    r"|art_?con(?:tent)?|news_?con(?:tent)?|news_?(?:text|body)|detail[-_]?con(?:tent)?|content[-_]?(?:main|text|body|box)?"
    r"|con_?text|text_?con|xl_?con(?:tent)?|info[-_]?cont(?:ent)?|info_?con|zw_?con|xxgk_?(?:content|con)|wzcon|wz_?content"
    r"|main_?text|maintext|vsb_content\w*|v_news_content|js_content|rich_media_content|ewb-article\w*|gsj_content"
    r"|bt_content|view_?content|zoom_?con|nr_?con|neirong|zhengwen|body_?con|doc_?content|cont|conten|arti_?content|txt_?con"
)
_TITLE_MARKS = re.compile(r"(?:.*[-_])?(?:title|tit|biaoti|bt|headline|arti_title|article-?title|wzbt)(?:[-_].*)?")
_TITLE_TAGS = ("h1", "h2", "h3")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}\s*[〔\[(（【]\s*(?:19|20)\d\d\s*[〕\])）】]\s*第?\s*\d{1,5}\s*号")
_KIND = re.compile(
    r"(?:通知|意见|决定|公告|通告|通报|函|批复|报告|方案|办法|规定|计划|规划|要点|措施|细则|条例|纲要|指引|指南|目录|预案|清单|政策"
    r"|规则|规程|标准|安排|分工|令)(?:[(（].*[)）])?$"
)
_PROSE = re.compile(r"[\u3400-\u9fff，。；：、]")
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)", re.IGNORECASE)
_NO_SIZE = re.compile(r"font-size\s*:\s*0(?:\.0+)?(?:px|pt|r?em|%)?\s*(?:;|!|$)", re.IGNORECASE)
_HIDING = frozenset(["hidden", "d-none", "sr-only", "visually-hidden", "display-none"])
_NAMES_ITSELF = re.compile(r"[^:：>＞|｜»,，。]{0,50}关于[^:：>＞|｜»。]{4,150}")
_UNSEEN_WORDS = (
    "script style noscript template iframe object embed svg canvas audio video map select option button textarea"
    " datalist head link meta title base"
)
_UNSEEN = frozenset(_UNSEEN_WORDS.split())
_KEEP = frozenset(["html", "body"])
_CLOSED = frozenset(["p", "ul", "ol", "dl", "table", "h1", "h2", "h3", "h4", "pre", "span", "font", "a", "b", "strong"])
_LEAST_PROSE = 60
_MARKED_SHARE = 0.4
_BODY_SHARE = 0.8
_BESIDE_PROSE = 60
_PART_PROSE = 1
_TITLE_CHARS = range(5, 200)
_OPENING_CHARS = 400
_NEAR = 3000  # elements before the body among which its title is looked for


class Measures:
    """How much each element of a tree holds: characters, and words of sentences outside links."""

    def __init__(self, root: Element) -> None:
        self.elements = [element for element in root.iter() if isinstance(element.tag, str)]
        self.chars = dict.fromkeys(self.elements, 0)
        self.prose = dict.fromkeys(self.elements, 0)
        linked: set[Element] = set()
        for element in self.elements:
            parent = element.getparent()
            if element.tag == "a" or parent in linked:
                linked.add(element)
            self._count(element, element.text, linked=element in linked)
            if parent is not None and element is not root:
                self._count(parent, element.tail, linked=parent in linked)
        for element in reversed(self.elements):
            parent = element.getparent()
            if element is not root and parent is not None:
                self.chars[parent] += self.chars[element]
                self.prose[parent] += self.prose[element]

    def _count(self, element: Element, text: str | None, *, linked: bool) -> None:
        if text:
            self.chars[element] += len(text.strip())
            self.prose[element] += 0 if linked else len(_PROSE.findall(text))


@dataclass(frozen=True, slots=True)
class Found:
    """The elements that hold the notice, in order: what stands above its body (title, number), then the body."""

    above: list[Element]
    body: list[Element]


def prune(root: Element) -> list[tuple[str, str]]:
    """Remove what nobody sees and what is furniture by its marks; return why and which words it had.

    An element that holds most of the page is kept whatever its marks say: sites show a hidden body by a script, and
    call a whole page ``print``.
    """
    measures = Measures(root)
    most = measures.prose[root] // 2
    dropped: list[tuple[str, str]] = []
    gone: set[Element] = set()
    for element in measures.elements:
        parent = element.getparent()
        if parent in gone:
            gone.add(element)
            continue
        if element.tag in _KEEP or element is root:
            continue
        reason = _unwanted(element, measures.chars[element])
        if reason is None or (reason != "unseen" and measures.prose[element] > most):
            continue
        gone.add(element)
        if reason != "unseen" and measures.chars[element]:
            dropped.append((reason, " ".join("".join(element.itertext()).split())))
    for element in measures.elements:
        if element in gone and element.getparent() not in gone:
            remove(element)
    return dropped


def remove(element: Element) -> None:
    """Take an element out of its tree; the text behind it stays."""
    parent, before = element.getparent(), element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = _NO_XML.sub("", (before.tail or "") + element.tail)
        else:
            parent.text = _NO_XML.sub("", (parent.text or "") + element.tail)
    parent.remove(element)


def find(root: Element, titles: list[str]) -> Found:
    """Return the elements that hold the notice; the whole page if none stands out.

    ``titles`` are what the page calls the notice in its head or its metadata.
    """
    measures = Measures(root)
    body = _marked(root, measures) or _densest(root, measures)
    return Found(_above(body, measures, [_squashed(title) for title in titles]), body)


def _unwanted(element: Element, chars: int) -> str | None:
    if element.tag in _UNSEEN:
        return "unseen"
    if _is_hidden(element):
        return "hidden"
    return chrome.of_mark(_names(element), chars)


def _is_hidden(element: Element) -> bool:
    """Tell whether nobody sees an element; in one of no size others may have a size of their own."""
    style = element.get("style") or ""
    if element.get("hidden") is not None or _HIDDEN.search(style) or not _HIDING.isdisjoint(_names(element).split()):
        return True
    return bool(_NO_SIZE.search(style)) and not any("font" in (e.get("style") or "") for e in element.iterdescendants())


def _names(element: Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _marked(root: Element, measures: Measures) -> list[Element]:
    """Return the marked elements that hold the body: the innermost with most of it, and others marked alike."""
    marked = [e for e in measures.elements if any(_MARKS.fullmatch(name) for name in _names(e).lower().split())]
    marked = [e for e in marked if e.tag not in _KEEP and measures.prose[e] >= _LEAST_PROSE]
    if not marked:
        return []
    best = max(marked, key=lambda e: measures.prose[e])
    if measures.prose[best] < _MARKED_SHARE * measures.prose[root]:
        return []
    inner = [e for e in marked if e is not best and _within(e, best)]
    while close := [e for e in inner if measures.prose[e] >= _BODY_SHARE * measures.prose[best]]:
        best = close[0]
        inner = [e for e in inner if e is not best and _within(e, best)]
    alike = [e for e in marked if _names(e) == _names(best) and not _within(e, best) and not _within(best, e)]
    apart = [e for e in alike if not any(_within(e, other) for other in alike)]
    behind = [e for e in best.itersiblings() if e not in apart and _words(e, measures, _BESIDE_PROSE)]
    return [e for e in measures.elements if e is best or e in apart or e in behind]


def _densest(root: Element, measures: Measures) -> list[Element]:
    """Go down while one child holds nearly all the sentences; return it with what stands beside it."""
    current = root
    while measures.prose[root] >= _LEAST_PROSE:
        inner = [child for child in current if isinstance(child.tag, str)]
        best = max(inner, key=lambda e: measures.prose[e], default=None)
        closed = best is None or (best.tag in _CLOSED and not (best.tag == "table" and not blocks.is_data(best)))
        if best is None or closed or measures.prose[best] < _BODY_SHARE * measures.prose[current]:
            break
        current = best
    before = [e for e in current.itersiblings(preceding=True) if _words(e, measures, _PART_PROSE)]
    behind = [e for e in current.itersiblings() if _words(e, measures, _PART_PROSE)]
    return [*reversed(before), current, *behind]


def _words(element: Element, measures: Measures, least: int) -> bool:
    """Tell whether an element beside the body belongs to it: words that are no links."""
    if measures.prose.get(element, 0) < least:
        return False
    return measures.prose[element] * 2 > measures.chars[element]


def _within(element: Element, outer: Element) -> bool:
    return any(ancestor is outer for ancestor in element.iterancestors())


def _above(body: list[Element], measures: Measures, titles: list[str]) -> list[Element]:
    """Return the title and the document number that stand before the body in elements of their own."""
    opening = _squashed("".join(body[0].itertext())[: _OPENING_CHARS * 4])[:_OPENING_CHARS]
    ancestors = set(body[0].iterancestors())
    place = {element: index for index, element in enumerate(measures.elements)}
    before = [e for e in measures.elements[: place[body[0]]][-_NEAR:] if e not in ancestors]
    ranked = [(_title_rank(e, measures, titles), place[e], e) for e in before]
    title = max((r for r in ranked if r[0]), key=lambda r: r[:2], default=(0, 0, None))[2]
    number = next((e for e in reversed(before) if _NUMBER.fullmatch("".join(e.itertext()).strip())), None)
    found = [e for e in (title, number) if e is not None]
    found = [e for e in found if _squashed("".join(e.itertext())) not in opening]
    return sorted(found, key=lambda e: place[e])


def _title_rank(element: Element, measures: Measures, titles: list[str]) -> int:
    """Say how much an element looks like the notice's title: 0 if not at all."""
    if measures.chars[element] not in _TITLE_CHARS or measures.prose[element] < _TITLE_CHARS.start:
        return 0
    text = _squashed("".join(element.itertext()))
    marked = element.tag in _TITLE_TAGS or any(_TITLE_MARKS.fullmatch(n) for n in _names(element).lower().split())
    if any(text in title for title in titles):
        return 4 if marked else 3
    if not marked:
        return int(bool(_NAMES_ITSELF.fullmatch(text) and _KIND.search(text)))
    return 2 if _KIND.search(text) else int(element.tag == "h1")


def _squashed(text: str) -> str:
    return "".join(text.split())
