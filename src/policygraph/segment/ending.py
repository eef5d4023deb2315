"""A page that breaks off before its notice ends: ``…严格控制用水总``, ``……查看全文``, ``(未完)``.

Only sure signs count, since sites leave much off that is no loss. A notice may end without a full stop (a signature, a
list, a table, 责任单位：…), and a button 展开全文 may stand below a text that is whole.
"""

from __future__ import annotations

import re

from policygraph.data import table

_TABLE = table("elements")
_FURNITURE = tuple(_TABLE["furniture"])
_SIGNS = tuple(_TABLE["signs"])
_BUTTON = re.compile(
    r"[\s\[【(<《]*(?:点击|点此)?(?:查看|展开|阅读|显示|浏览)(?:全文|更多|全部|剩余\d*%?)[\s\]】)>》]*$|[\s\[(<]*下一页[\s\])>]*$"
)
_SAID = re.compile(r"[(\[【](?:未完(?:待续)?|待续|下转第?[^()\n]{1,8}版)[)\]】]$")
_ELLIPSIS = re.compile(r"(?:…+|\.{3,}|。{3,})$")
_OPEN = re.compile(r"[(〔\[][^()〔〕\[\]\n]{0,80}$")
_GOES_ON = re.compile(
    r"(?:[,、]|[\u4e00-\u9fff](?:的|和|与|及|以及|并|对|将|把|或|在|按照|根据|通过|为了|进一步|不断|加快|全面))$"
)
_FULL_STOP = re.compile(r"[。!?;]")
_DONE = re.compile(r"(?:负责|牵头|配合|落实|参与|参加|执行|实施|施行|等|印发|同志|元|人|号|[^\u4e00-\u9fff])$")
_FURNITURE_CHARS = 20
_LEAST_CHARS = 20
_SIGN_CHARS = 60
_TAIL_CHARS = 10
_UNSTOPPED = 0.1


def find(text: str) -> tuple[int, int] | None:
    """Return the words with which a compact text breaks off, or ``None`` if it may end there."""
    end = _end(text)
    start = text.rfind("\n", 0, end) + 1
    near = max(start, end - _SIGN_CHARS)
    if said := _SAID.search(text, near, end):
        return said.span()
    button = _BUTTON.search(text, near, end)
    end = button.start() if button else end
    if ellipsis := _ELLIPSIS.search(text, near, end):
        return ellipsis.span()
    line = text[start:end]
    begin = start + max((stop.end() for stop in _FULL_STOP.finditer(line)), default=0)
    tail = text[begin:end]
    if len(line) < _LEAST_CHARS or not tail:
        return None
    if _OPEN.search(line) or _GOES_ON.search(tail):
        return begin, end
    sentence = begin > start and "," in tail and len(tail) >= _TAIL_CHARS
    listed = ":" in tail or _DONE.search(tail) or tail.endswith(_SIGNS)
    return (begin, end) if sentence and not listed and _stops(text[:start]) else None


def _end(text: str) -> int:
    """Return where the last line ends that is no furniture of a page."""
    end = len(text)
    while end:
        start = text.rfind("\n", 0, end) + 1
        line = text[start:end].strip()
        furniture = len(line) <= _FURNITURE_CHARS and any(word in line for word in _FURNITURE)
        if line and not furniture and not (len(line) <= _SIGN_CHARS and _BUTTON.fullmatch(line)):
            break
        end = max(0, start - 1)
    return end


def _stops(text: str) -> bool:
    """Tell whether the paragraphs of a text end with full stops, as nearly all notices' do."""
    lines = [line for line in text.split("\n") if "," in line and _FULL_STOP.search(line[:-1])]
    return sum(line[-1] not in "。!?;)]〕”》:" for line in lines) <= _UNSTOPPED * len(lines)
