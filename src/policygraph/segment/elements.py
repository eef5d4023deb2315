"""The elements of a notice (GB/T 9704-2012): title, document number, issuers, recipients, dates, attachments.

``佳政办发〔2018〕17号`` stands above a title broken over lines, ``各县(市)区人民政府,市政府各直属单位:`` below it, and
the signature with its date closes the letter. What the page adds (来源, 发布日期) is kept apart from what the
notice says. Nothing is taken from a citation: 《…》(国发〔2015〕17号) is another notice's number.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from policygraph.models import Elements
from policygraph.segment import attachments, closing, document_numbers, page_lines, recipients, signature, titles
from policygraph.text import dates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygraph.text.view import View

_ONE_YEAR = re.compile(r"((?:19|20)\d\d)年")
_RANGE = re.compile(r"\d{4}年?[—\-~至到]+\d{4}")
_BELOW_TITLE = re.compile(r"\n?\(([^()\n]{6,20}(?:通过|日))\)")
_LOST_CHARS = 3
HEAD_CHARS = 6000
"""How many characters of a text the head of its notice is looked for in."""

_PROMULGATED_CHARS = 600


class Found(Struct, frozen=True):
    """The elements, where the notice's own text begins, and what in it is an element and no text (``apart``)."""

    elements: Elements
    body: int
    apart: tuple[tuple[int, int], ...]


def find(view: View, tables: Sequence[tuple[int, int]] = ()) -> Found:
    """Return the elements of the notice in a view; what is not there is ``None`` or empty.

    ``tables`` are the spans of tables in the view: their cells sign nothing, and no title runs into them.
    """
    text = view.text
    head = text[:HEAD_CHARS]
    addressed = recipients.find(view, head)
    number = document_numbers.find(view, head, addressed[0] if addressed else len(head))
    title = titles.find(view, head, addressed[0] if addressed else None, number, tables)
    start = max(addressed[1] if addressed else 0, title[1] if title else 0)
    signed = signature.find(view, start, tables)
    if title is None:
        title = titles.first(view, signed.end, signed.end + _PROMULGATED_CHARS) if signed else None
    title = titles.with_issuers(head, title)
    start = max(start, title[1] if title else 0)
    name = titles.words(text, title)
    issuers = _completed(signed.issuers, name) if signed else _title_issuers(view, title)
    attached = attachments.find(text, start, signed.start if signed else len(text))
    attached = attached or attachments.inline(view, start, signed.start if signed else len(text))
    attached = attached or (attachments.find(text, signed.end, len(text)) if signed else None)
    elements = Elements(
        title=name,
        document_number=number[2] if number else None,
        issuers=issuers,
        recipients=addressed[2] if addressed else (),
        issued_on=(signed.date if signed else None) or page_lines.date(head, "issued") or _dated(text, start),
        published_on=page_lines.date(head, "published"),
        origin=titles.words(text, page_lines.span(view, head, "origin")),
        plan_year=plan_year(name),
        jurisdiction=signature.jurisdiction(issuers),
        attachments=attached[1] if attached else (),
    )
    apart = [(signed.start, signed.end)] if signed else []
    apart += [attached[0]] if attached and all(attached[0][1] + 1 != first for first, _ in tables) else []
    apart += closing.find(text, start)
    run_on = titles.run_on(view, signed.end, name) if signed else None
    apart += [run_on] if run_on else []
    return Found(elements, start, (*apart, *titles.within(text, start, name)))


def _dated(text: str, start: int) -> str | None:
    """Return the date in brackets right below the title, as notices of the Party carry it: （2023年1月2日）."""
    match = _BELOW_TITLE.match(text, start)
    return next((value for _, _, value in dates.find(text, match.start(1), match.end(1))), None) if match else None


def plan_year(title: str | None) -> int | None:
    """Return the year that a title says its plan is for; several years or a range are no annual plan.

    >>> plan_year("佳木斯市2018年度水污染防治重点工作实施方案"), plan_year("行动计划(2021-2023年)")
    (2018, None)
    """
    if not title or _RANGE.search(title):
        return None
    years = {int(match[1]) for match in _ONE_YEAR.finditer(title)}
    return years.pop() if len(years) == 1 and not re.search(r"[到至]\s?\d{4}年", title) else None


def _title_issuers(view: View, title: tuple[int, int] | None) -> tuple[str, ...]:
    """Return the issuers that a title names before 关于, when no signature does."""
    if title is None:
        return ()
    about = view.text.find("关于", *title)
    if about <= title[0]:
        return ()
    cuts = [title[0], *(p for p in range(title[0] + 1, about) if view.gap(p) or view.text[p] == "\n"), about]
    parts = (view.text[a:b].strip("\n#* ") for a, b in pairwise(cuts))
    return tuple(body for part in parts if part for body in signature.bodies(part))


def _completed(issuers: tuple[str, ...], title: str | None) -> tuple[str, ...]:
    """Return the issuers, one in full whose name a gap or a line's end broke and the title shows whole."""
    before = (title or "").partition("关于")[0]
    if named := _named_in(before, issuers):
        return named
    if not issuers:
        return ()
    head = before.removesuffix(issuers[-1])
    several = signature.jurisdiction(issuers[-1:]) and head.endswith(signature.SIGNS)
    whole = head != before and not several and len(signature.bodies(before)) == 1
    whole = whole and not any(one in before for one in issuers[:-1])
    return (*issuers[:-1], before) if whole else issuers


def _named_in(words: str, issuers: tuple[str, ...]) -> tuple[str, ...]:
    """Return the issuers as they fill words in their order, each with the few characters it lost, or none."""
    position = 0
    named: list[str] = []
    for one in issuers:
        at = words.find(one, position)
        if not 0 <= at - position <= _LOST_CHARS:
            return ()
        named.append(words[position : at + len(one)])
        position = at + len(one)
    return tuple(named) if position == len(words) else ()
