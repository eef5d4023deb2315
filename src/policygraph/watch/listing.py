"""A list page to its links: ``<li><a href="./t20240305_1.html">关于印发…的通知</a><span>2024-03-05</span></li>``.

Without a pattern the list is found by itself: the block of the page that is repeated most often with one link of some
words and a day in each item. Where the next page is follows from 下一页, from
``createPageHTML(20, 0, "index", "html")`` as TRS sites write it, or from a link with ``rel=next``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from policygraph.read import DEFAULT, markup
from policygraph.read.encoding import decode
from policygraph.watch.config import NUMBER
from policygraph.watch.links import Link, canonical, day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.watch.config import Source

Element = Any

_LEAST_WORDS = 6
_LEAST_ITEMS = 3
_MOST_UP = 4
_ITEM_CHARS = 300
_OFFICIAL = re.compile(r"通知|方案|计划|规划|要点|意见|办法|决定|批复|公告|通报|印发|任务")
_NEXT = re.compile(r"\s*(?:下一页|下页|后一页|next(?: page)?)\s*[>»›]*\s*|[>»›]", re.IGNORECASE)
_TRS = re.compile(r"createPageHTML\(\s*'?(\d+)'?\s*,\s*'?(\d+)'?\s*,\s*['\"](\w+)['\"]\s*,\s*['\"](\w+)['\"]")


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list page holds; ``shape`` says where on the page the links stand, ``next`` where it goes on."""

    links: tuple[Link, ...]
    next: str | None = None
    shape: str = ""


@dataclass(frozen=True, slots=True)
class _Item:
    """A link with the block around it that it has for itself."""

    link: Link
    path: str


def read(data: bytes, address: str, source: Source) -> Listing:
    """Return the links of a list page that a source wants.

    Raises:
        SourceError: it is no page that can be read.

    """
    text, _ = decode(data, address)
    root = markup.parse(text, address, DEFAULT)
    base = next((one.get("href") for one in root.iter("base") if one.get("href")), "")
    start = urljoin(address, base)
    items = list(_items(root, start))
    chosen = [one for one in items if re.search(source.links, one.link.address)] if source.links else _block(items)
    links = {one.link.address: one.link for one in reversed(chosen) if one.link.address != address}
    shape = max((one.path for one in chosen), key=[one.path for one in chosen].count, default="")
    after = _numbered(source.pages, address) if source.pages else _next(root, text, start, address)
    return Listing(tuple(reversed(links.values())), after, shape)


def _items(root: Element, base: str) -> Iterator[_Item]:
    """Yield every link of a page that is said with words."""
    sizes = _Sizes(root)
    for element in root.iter("a"):
        words = element.get("title") or ""
        shown = " ".join("".join(element.itertext()).split())
        title = words.strip() if len(words.strip()) > len(shown) else shown
        address = canonical(element.get("href") or "", base)
        if address is None or not title:
            continue
        block = sizes.around(element)
        beside = " ".join(block.itertext())  # 安排表1 and 2019-03-01 are no year 12019
        yield _Item(Link(address, title, day(beside) or day(address)), _path(block))


class _Sizes:
    """How many characters and wordy links every element holds, counted once."""

    def __init__(self, root: Element) -> None:
        self._elements = list(root.iter())  # kept, since what lxml hands out is known by identity only while it lives
        self._chars: dict[Element, int] = defaultdict(int)
        self._links: dict[Element, int] = defaultdict(int)
        for element in reversed(self._elements):
            self._chars[element] += len(element.text or "")
            self._links[element] += element.tag == "a" and self._chars[element] >= _LEAST_WORDS
            parent = element.getparent()
            if parent is not None:
                self._chars[parent] += self._chars[element] + len(element.tail or "")
                self._links[parent] += self._links[element]

    def around(self, link: Element) -> Element:
        """Return the largest block around a link that holds no other link of some words."""
        block = link
        for _ in range(_MOST_UP):
            parent = block.getparent()
            if parent is None or parent.tag in ("body", "html"):
                break
            if self._chars[parent] > _ITEM_CHARS or self._links[parent] > 1:
                break
            block = parent
        return block


def _path(element: Element) -> str:
    """Return where an element stands: tags with their first class, from the page's body down."""
    steps: list[str] = []
    while element is not None and element.tag not in ("body", "html"):
        own = (element.get("class") or "").split()
        steps.append(f"{element.tag}.{own[0]}" if own and not re.search(r"\d", own[0]) else str(element.tag))
        element = element.getparent()
    return "/".join(reversed(steps))


def _block(items: list[_Item]) -> list[_Item]:
    """Return the items of the block that looks most like a list of documents, or none."""
    groups: dict[str, list[_Item]] = defaultdict(list)
    for item in items:
        if len(item.link.title) >= _LEAST_WORDS and item.link.day:
            groups[item.path].append(item)
    scored = [(_weight(group), path) for path, group in groups.items() if len(group) >= _LEAST_ITEMS]
    return groups[max(scored)[1]] if scored else []


def _weight(group: list[_Item]) -> tuple[int, int]:
    """Return how many titles of a block are of documents, and how much all of them say."""
    official = sum(_OFFICIAL.search(one.link.title) is not None for one in group)
    return official, sum(min(len(one.link.title), 40) for one in group)


def _numbered(pages: str, address: str) -> str | None:
    """Return the page after one by the pattern of their names; what is not called so is the first.

    >>> _numbered("index_{n}.html", "http://x.example/zwgk/index.html")
    'http://x.example/zwgk/index_1.html'
    >>> _numbered("?page={n+1}", "http://x.example/zwgk/?page=9")
    'http://x.example/zwgk/?page=10'
    """
    before, more, after = NUMBER.split(pages)
    number = re.search(f"{re.escape(before)}([0-9]+){re.escape(after)}$", address)
    first = 2 if more else 1
    return canonical(f"{before}{int(number[1]) + 1 if number else first}{after}", address)


def _next(root: Element, text: str, base: str, address: str) -> str | None:
    """Return the address of the next page of a list, or ``None`` on the last."""
    for element in root.iter("a", "link"):
        words = "".join(element.itertext())
        if "next" in (element.get("rel") or "").split() or _NEXT.fullmatch(words):
            found = canonical(element.get("href") or "", base)
            same = found and urlsplit(found).hostname == urlsplit(address).hostname
            if found and same and found != canonical(address):
                return found
    if trs := _TRS.search(text):
        pages, current, stem, suffix = int(trs[1]), int(trs[2]), trs[3], trs[4]
        if current + 1 < pages:
            return canonical(f"{stem}_{current + 1}.{suffix}", base)
    return None
