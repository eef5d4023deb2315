"""Default rules: a duty said once for every later task.

``以下均需各县(市)区政府落实,…,不再列出`` adds 各县(市)区政府 to each later statement; ``列第一位者为牵头单位,下同``
makes the first body of each later statement its lead. A rule stands in prose, in a statement's bracket after a
comma, or after a full stop inside it, and may carry an exception, which is reported.

``以上任务均由市水务局负责`` looks back. How far is not said, and what stands there may have no statement, so that such
words are only found, for a person to decide.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from policygraph.extract import names
from policygraph.extract.roles import closing_role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.extract.names import Name
    from policygraph.models import Role

_ADD = re.compile(r"以下[^,。;()\n]{0,12}?均(?:需|须|应|由)?由?")
_FIRST = re.compile(r"(?:第一位|第一个|首位|第一)[者的]?(?:单位|部门)?均?[为是系](?:主要)?牵头(?:责任)?(?:单位|部门)")
_LISTED = re.compile(r"[列排]?在?$")
_OTHERS = re.compile(
    r"[,;]?其[余他它](?:单位|部门)?(?:均)?(?:为|是|系)(?:主要)?(?P<role>配合|责任|协办|协助)(?:责任)?(?:单位|部门)"
)
_NOTE = re.compile(r"(?:^|[\n。 ]|(?<=[\u4e00-\u9fff]))(?:注|备注|说明)[::](?:[^。\n]{0,40})$")
_COUNTED = re.compile(r"[\u4e00-\u9fff\w%‰℃)]")
_MARK = re.compile(r"[(\[〔,。;)\]〕\n]")
_PIECE_CHARS = 300
_EXCEPTION = re.compile(r"[,;]([^。;)\]]*?的,[^。;)\]]*?)(?=,?(?:以下)?不再|[。)\]])")


class FoundRule(Struct, frozen=True):
    """A default rule at ``start:end``; ``sentence`` is where the words that state it begin in a statement.

    A ``note`` below a table holds for what stands above it as well; ``others`` is the role of all but the first body.
    """

    start: int
    end: int
    sentence: int
    effect: Literal["add", "first_is_lead"]
    name: Name | None
    role: Role | None
    exception: tuple[int, int] | None
    note: bool
    others: Role | None = None


def find(text: str, start: int = 0, end: int | None = None) -> list[FoundRule]:
    """Return the default rules in ``text[start:end]``, in order."""
    stop = len(text) if end is None else end
    rules = [rule for match in _ADD.finditer(text, start, stop) if (rule := _add(text, match, stop))]
    rules += [_first(text, match) for match in _FIRST.finditer(text, start, stop)]
    return sorted(rules, key=lambda rule: rule.start) if len(rules) > 1 else rules


def backward(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of words that give a body a duty for all that stands above them, in order."""
    for match in names.ALL_ABOVE.finditer(text):
        if _COUNTED.search(text, max(0, match.start() - 1), match.start()):
            continue
        close = _outside_brackets(text, match.end(), len(text))
        words, role = closing_role(text, match.end(), close)
        if role and any(names.kind(name.surface) for name in names.split(text, match.end(), words)):
            yield match.start(), close


def _add(text: str, match: re.Match[str], stop: int) -> FoundRule | None:
    close = _outside_brackets(text, match.end(), stop)
    words, role = closing_role(text, match.end(), close)
    listed = names.split(text, match.end(), words) if role else []
    if not listed or not names.kind(listed[0].surface):
        return None
    exception = _EXCEPTION.match(text, close)
    span = exception.span(1) if exception else None
    return FoundRule(match.start(), close, match.start(), "add", listed[0], role, span, note=False)


def _first(text: str, match: re.Match[str]) -> FoundRule:
    listed = _LISTED.search(text, max(0, match.start() - 2), match.start())
    start = listed.start() if listed else match.start()
    note = _NOTE.search(text, max(0, start - 50), start) is not None
    rest = _OTHERS.match(text, match.end())
    others: Role | None = None
    if rest:
        others = "responsible" if rest["role"] == "责任" else "support"
    end = rest.end() if rest else match.end()
    return FoundRule(start, end, start, "first_is_lead", None, None, None, note, others)


def _outside_brackets(text: str, start: int, stop: int) -> int:
    """Return where the piece that begins at ``start`` ends, commas inside brackets not counted; it is not long."""
    depth, last = 0, min(stop, start + _PIECE_CHARS)
    for mark in _MARK.finditer(text, start, last):
        char = mark.group()
        if char in "([〔":
            depth += 1
        elif char in ")]〕" and depth:
            depth -= 1
        else:
            return mark.start()
    return last
