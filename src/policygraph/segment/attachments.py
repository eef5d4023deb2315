"""The list of attachments that a notice names: ``附件:1.重点任务清单`` / ``2.任务分解表``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygraph.text.anchored import Anchored

if TYPE_CHECKING:
    from policygraph.text.view import View

_ATTACHMENTS = Anchored(
    r"^(?P<each>附件\d{1,2}:.+(?:\n附件\d{1,2}:.+)*)"
    r"|^附件(?!下载| ?[\d一二三四五六七八九十]{1,2}:?$):?(?P<list>.+(?:\n\d{1,2}[.、].+)*|(?:\n\d{1,2}[.、].+)+)",
    "附件",
    flags=re.MULTILINE,
)
_LISTED_CHARS = 600


def find(text: str, start: int, end: int) -> tuple[tuple[int, int], tuple[str, ...]] | None:
    """Return the span and the names of the list of attachments above the signature."""
    match = _ATTACHMENTS.search(text, start, end)
    return (match.span(), _listed(match["each"] or match["list"])) if match else None


def inline(view: View, start: int, end: int) -> tuple[tuple[int, int], tuple[str, ...]] | None:
    """Return the same of a list that runs on in its line up to the signature at ``end``."""
    text = view.text
    for match in re.finditer("附件:", text[start:end]):
        begin = start + match.start()
        line = text.find("\n", begin, end)
        stop = line if line >= 0 else end
        opens = view.gap(begin) or text[begin - 1] == "。"
        if opens and stop - begin <= _LISTED_CHARS and "。" not in text[begin:stop]:
            return (begin, stop), _listed(text[begin + 3 : stop])
    return None


def _listed(words: str) -> tuple[str, ...]:
    items = re.split(r"\n|附件\d{1,2}:|(?<!\d)\d{1,2}[.、](?!\d)", words)
    return tuple(item.strip() for item in items if item.strip())
