"""HTML as governments' sites serve and save it, to a tree of bounded size: tags unclosed, ``<% … %>`` left in.

The tree is lxml's; it is built piece by piece so that a page that is nested too deep or has too many elements is
refused while it is read. Nothing is fetched and no script runs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from policygraph.errors import SourceError

if TYPE_CHECKING:
    from policygraph.read.limits import Limits

Element = Any

_CODE = re.compile(r"<%(?=[@=!\s-]).*?(?:%>|\Z)|<\?php.*?(?:\?>|\Z)|<\?[^>]*>|<!\[CDATA\[|\]\]>|\x00", re.DOTALL)
_SKIPPED = re.compile(r"<!--|<(script|style)\b", re.IGNORECASE)
_ATTRIBUTE = r"[\s/]*+=?+[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"'])[^\s>]*+))?+"
_TAG = re.compile(rf"(<[A-Za-z][^\s/>]*+)(?:{_ATTRIBUTE})*+")
_CROWDED_CHARS = 4096
_CROWDED = 500
_PIECE_BYTES = 65536
_INLINE = frozenset(["a", "b", "big", "em", "font", "i", "label", "small", "span", "strong", "u"])  # often left open
_MOST_DEPTH = 2000  # libxml2 stops at 2048 without saying so


def parse(markup: str, source: str, limits: Limits) -> Element:
    """Return the root element of a page, without comments, scripts, styles and server code.

    Raises:
        SourceError: the page is larger or nested deeper than the limits allow, or holds nothing.

    """
    from lxml import etree  # noqa: PLC0415 - only pages need it

    data = _TAG.sub(_uncrowded, _without_scripts(_CODE.sub(" ", markup))).encode(errors="replace")
    parser = etree.HTMLPullParser(
        events=("start", "end"), encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    count = depth = blocks = 0
    try:
        for start in range(0, len(data), _PIECE_BYTES):
            parser.feed(data[start : start + _PIECE_BYTES])
            for event, found in parser.read_events():
                element: Element = found
                step = 1 if event == "start" else -1
                depth += step
                blocks += step if element.tag not in _INLINE else 0
                limits.hold(source, "depth", blocks if depth < _MOST_DEPTH else depth)
                count += event == "start"
            limits.hold(source, "elements", count)
        root = parser.close()
    except etree.LxmlError:
        root = None
    if root is None:
        raise SourceError(source, "no text in the page", "save the page with its text, not only its frame")
    return root


def _without_scripts(markup: str) -> str:
    """Return the markup without comments, scripts and styles; one that is never closed goes on to the end."""
    lowered = markup.lower() if len(markup.lower()) == len(markup) else markup
    kept: list[str] = []
    last = 0
    while found := _SKIPPED.search(markup, last):
        kept.append(markup[last : found.start()])
        close = f"</{found[1].lower()}" if found[1] else "-->"
        end = lowered.find(close, found.start() + 4 if found[1] else found.start() + 2)
        last = len(markup) if end < 0 else end + len(close)
        if found[1] and end >= 0:
            last = lowered.find(">", last) + 1 or len(markup)
    return "".join([*kept, markup[last:]])


def _uncrowded(tag: re.Match[str]) -> str:
    """Return a tag, without its attributes if it has thousands, which a parser compares with each other."""
    if len(tag[0]) < _CROWDED_CHARS or len(re.findall(_ATTRIBUTE, tag[0])) < _CROWDED:
        return tag[0]
    return tag[1]
