"""Several notices in one file: a second head with its own title, addressees and signature begins another one.

What a notice promulgates, forwards or attaches has a head too and stays with it: it stands below 附件, or the notice
calls it by its title or number. A notice printed twice is one. So a page is parted only where both sides are signed
and addressed, neither is forwarded by the other, and they differ in title and number.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from policygraph.segment import elements, recipients
from policygraph.text import dates
from policygraph.text.view import compact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygraph.models import Elements, Page
    from policygraph.text.view import View

_COLON = re.compile(r":(?=\n|$)")
_ADDRESSED_CHARS = range(2, 501)
_PARTED = re.compile("[。:]")
_ATTACHED = re.compile(r"附件?[\d一二三四五六七八九十]{0,3}:?")
_NO_HEAD = re.compile(r"[。;:)!?]$|^\(|^抄送|印发$|^[-=*_—]{3,}|^第?\d{1,3}页?$")
_FORWARDS = re.compile(r"转发|批转")
_HEAD_LINES = 10
_MOST_HEADS = 100  # more lines of the kind are a list, and each costs a reading of its part
_LINE_CHARS = 80
_LEAST_CORE = 6


def split(page: Page, view: View) -> list[Page]:
    """Return the page, or a page for each notice on it (``dump.txt#1``, ``dump.txt#2``).

    ``view`` shows the page. What the source says of it outside its text goes with the first notice only.
    """
    colons = [match.start() for match in _COLON.finditer(view.text)]
    if len(colons) < 2:  # noqa: PLR2004 - two lines address somebody
        return [page]
    heads = _heads(view.text, colons)
    if len(heads) > _MOST_HEADS:
        return [page]
    cuts: list[int] = []
    for head in heads:
        at = view.origin(head)
        begin = cuts[-1] if cuts else 0
        later = [view.origin(one) for one in heads if one > head]
        if _parts(page, begin, at, min(later, default=len(page.text))):
            cuts.append(at)
    if not cuts:
        return [page]
    return [
        _part(page, start, end, number)
        for number, (start, end) in enumerate(zip([0, *cuts], [*cuts, len(page.text)], strict=True), 1)
    ]


def _heads(text: str, colons: Sequence[int]) -> list[int]:
    """Return where a head begins, for each line that addresses somebody: the lines of title and number above it.

    ``colons`` are those that end a line.

    A head that is printed again is told once; one that opens the page parts nothing.
    """
    found: dict[str, int] = {}
    for colon in colons:
        begin = start = text.rfind("\n", 0, colon) + 1
        addressed = text[begin:colon]
        if len(addressed) not in _ADDRESSED_CHARS or _PARTED.search(addressed) or not recipients.addresses(addressed):
            continue
        for _ in range(_HEAD_LINES):
            before = text.rfind("\n", 0, max(0, start - 1)) + 1
            line = text[before : max(0, start - 1)]
            if not line or len(line) > _LINE_CHARS or _NO_HEAD.search(line) or any(dates.find(line)):
                break
            if _ATTACHED.fullmatch(line):
                start = begin
                break
            start = before
        if start < begin:
            found.setdefault(text[start : colon + 1], start)
    return [start for start in found.values() if start > 0]


def _parts(page: Page, begin: int, at: int, end: int) -> bool:
    """Tell whether another notice begins at an offset, between one that begins before it and what follows."""
    before = compact(page.text[begin:at])
    if not recipients.find(before, before.text[: elements.HEAD_CHARS]):
        return False
    first = elements.find(before).elements
    if not _complete(first):
        return False
    second = elements.find(compact(page.text[at:end])).elements
    return (
        _complete(second)
        and first.title != second.title
        and (first.document_number is None or first.document_number != second.document_number)
        and not _FORWARDS.search(first.title or "")
        and not _calls(before.text, second)
    )


def _complete(own: Elements) -> bool:
    return bool(own.title and own.recipients and own.issuers and own.issued_on)


def _calls(text: str, own: Elements) -> bool:
    """Tell whether a text names a notice by its number or by what its title says it is about."""
    core = re.sub(r"的[^的]{1,6}$", "", (own.title or "").partition("关于")[2].removeprefix("印发")).strip("《》")
    plain = text.replace("\n", "")
    return bool(own.document_number and own.document_number in plain) or (len(core) >= _LEAST_CORE and core in plain)


def _part(page: Page, start: int, end: int, number: int) -> Page:
    """Return a stretch of a page as a page of its own, its spans counted from there."""
    inside = [table for table in page.tables if start <= table.span[0] and table.span[1] <= end]
    tables = [
        replace(
            table,
            span=(table.span[0] - start, table.span[1] - start),
            cells=tuple(replace(cell, span=(cell.span[0] - start, cell.span[1] - start)) for cell in table.cells),
        )
        for table in inside
    ]
    issues = [
        replace(issue, span=(issue.span[0] - start, issue.span[1] - start)) if issue.span else issue
        for issue in page.issues
        if issue.span is None or (start <= issue.span[0] and issue.span[1] <= end)
    ]
    return replace(
        page,
        source=f"{page.source}#{number}",
        text=page.text[start:end].rstrip("\n"),
        tables=tuple(tables),
        issues=tuple(issues),
        metadata=page.metadata if number == 1 else {},
        dropped=page.dropped if number == 1 else (),
    )
