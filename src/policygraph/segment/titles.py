"""The title of a notice: ``佳木斯市人民政府办公室 / 关于印发 佳木斯市2018年度…实施方案 / 的通知``.

It is the lines above the addressees or around the document number that end with a kind of document; a copy without
line breaks shows them by its gaps. A ledger is called by the line above its table.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from policygraph.data import table
from policygraph.segment import document_numbers, page_lines, signature

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policygraph.text.view import View

_TABLE = table("elements")
_ENDS = tuple(_TABLE["title_ends"])
_FURNITURE = tuple(_TABLE["furniture"])
_LABEL_INSIDE = re.compile(rf"(?:{'|'.join(label for labels in page_lines.LABELS.values() for label in labels)}):")
_OPENNESS = re.compile(r"\((?:此件|本文)[^()\n]{2,16}\)")
_LABELLED = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[(〔][一二三四五六七八九十]{1,3}[)〕]|第[一二三四五六七八九十]{1,3}[章条]"
)
_IN_BRACKETS = re.compile(r"\([^()]{1,20}\)$")
_OF_A_PLACE = re.compile(r"(?:关于|(?:(?!关于)[\u4e00-\u9fff]){2,9}?[省市县区州镇乡](?=[\d\u4e00-\u9fff]))")
_BROKEN = ("关于", "印发", "转发", "的", "和", "与", "《", "做好", "加强", "开展", "推进")
_FIRST_CHARS = 1500
_FORCED_LINES = 4
_TITLE_CHARS = 220
_TITLE_LINES = 8
_MOST_PIECES = 32
_PAGE_LABEL = re.compile(
    r"(?:字号|字体|浏览(?:次数|量)?|点击(?:次数|量|数)?|阅读(?:次数|量)?)(?:大小)?:"
    r"[^:\u4e00-\u9fff]*[\[【(]?[大中小\[\]【】() |]*$"
)
_CALLED = re.compile(r"(?:表|台账|清单|方案|要点|计划|安排|任务|分工|措施)(?:\([^()\n]{1,20}\))?$")
_METADATA_LINE = re.compile(
    r"^\((?:此件|本文)|^[\u4e00-\u9fff]{1,8}:\d|^[\u4e00-\u9fff]{2,8}:|[。;]$|^(?!(?:19|20)\d\d(?:[—\-~至](?:19|20)\d\d)?年(?!\d))\d|^#|^[-=*]{3}|发布$"
)


def find(
    view: View,
    head: str,
    addressed: int | None,
    number: tuple[int, int, str] | None,
    tables: Sequence[tuple[int, int]] = (),
) -> tuple[int, int] | None:
    """Return the span of the title in the ``head`` of a view, or ``None`` if nothing reads like one.

    ``addressed`` is where the addressees begin, ``number`` the document number; a title runs into none of ``tables``.
    """
    found = _around(view, head, addressed, number)
    return found if found and not _runs_into(found, tables) else _above(view.text, tables) or found


def _around(
    view: View, head: str, addressed: int | None, number: tuple[int, int, str] | None
) -> tuple[int, int] | None:
    """Return the span of the title: the lines above the addressees or around the document number."""
    ends = [position for position in (addressed, number[0] if number else None) if position is not None]
    above = next((span for end in ends if (span := _lines_above(view, head, end, number))), None)
    labelled = page_lines.span(view, head, "title")
    if labelled and not (above and _joined(head, above).endswith(_joined(head, labelled))):
        return labelled
    if above:
        return above
    begin = number[1] if number and addressed is None else 0
    return first(view, begin, _FIRST_CHARS if addressed is None else addressed)


def first(view: View, start: int, end: int) -> tuple[int, int] | None:
    """Return the first run of lines from ``start`` that reads as 关于…的通知 or names a kind of document."""
    text = view.text
    begin = start
    for first, finish in _pieces(view, start, min(end, start + _FIRST_CHARS, len(text))):
        line = text[first:finish].strip("#* ")
        if _LABELLED.match(line):
            return None
        if _METADATA_LINE.search(line) or _furniture(line):
            begin = finish + (text[finish : finish + 1] == "\n")
        elif _ends_title(line) and finish - begin <= _TITLE_CHARS and not page_lines.GOES_ON.match(text, finish):
            return _whole(text, begin, first, finish), finish
        elif len(line) > 60:  # noqa: PLR2004 - a paragraph, no part of a title
            begin = finish + (text[finish : finish + 1] == "\n")
    return None


def with_issuers(head: str, title: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return the span of a title that comes again further down with its issuers before it, else the one given.

    A page heads 关于做好…的意见 what the notice heads 中共中央 国务院关于做好…的意见.
    """
    said = words(head, title)
    if title is None or said is None or not said.startswith("关于"):
        return title
    broken = "\n?".join(map(re.escape, said))
    for match in re.finditer(rf"^(?P<by>[^\n。,]{{2,30}})\n?{broken}$", head[title[1] :], re.MULTILINE):
        if match["by"].endswith(signature.SIGNS):
            return title[1] + match.start(), title[1] + match.end()
    return title


def words(text: str, span: tuple[int, int] | None) -> str | None:
    """Return the words of a title at ``span``, without the number before it, its label and marks; ``None`` if none."""
    if span is None:
        return None
    title = text[span[0] : span[1]].replace("\n", "").strip("#*()<>-! ")
    if (number := document_numbers.NUMBER.search(title)) and number.end() < len(title):
        title = title[number.end() :]
    for label in page_lines.LABELS["title"]:
        title = title.removeprefix(label + ":")
    return title or None


def within(text: str, start: int, name: str | None) -> list[tuple[int, int]]:
    """Return the lines, up to four together, that repeat a part of the title, as what is put in force begins."""
    found: list[tuple[int, int]] = []
    begins: list[int] = []
    end = start - 1
    for line in text[start:].split("\n") if name else ():
        begin, end = end + 1, end + 1 + len(line)
        if line:
            begins.append(begin)
        if name and line.endswith(_ENDS) and len(line) <= _TITLE_CHARS:
            above = begins[-_FORCED_LINES:]
            first = next((one for one in above if text[one:end].replace("\n", "") in name), None)
            found += [(first, end)] if first is not None else []
    return found


def run_on(view: View, start: int, name: str | None) -> tuple[int, int] | None:
    """Return the title of what is put in force where it stands on the line of the signature that ends at ``start``."""
    public = _OPENNESS.match(view.text, start)
    begin = public.end() if public else start
    plan = (name or "").partition("印发")[2].removesuffix("的通知").strip("《》")
    end = begin + len(plan)
    whole = plan and view.text.startswith(plan, begin) and (view.gap(end) or end == len(view.text))
    return (begin, end) if whole else None


def _runs_into(span: tuple[int, int], tables: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a span runs into a table that begins below its first line."""
    return any(span[0] < first < span[1] for first, _ in tables)


def _above(text: str, tables: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the line right above a table that opens the page, if it is what a ledger is called: 重点任务分解表."""
    first = min((start for start, _ in tables), default=0)
    end = first - text.startswith("\n", first - 1) if first else 0
    start = text.rfind("\n", 0, end) + 1
    called = 0 < end <= _TITLE_CHARS and not _LABELLED.match(text, start) and _CALLED.search(text, start, end)
    return (start, end) if called else None


def _joined(head: str, span: tuple[int, int]) -> str:
    return head[slice(*span)].replace("\n", "")


def _lines_above(view: View, head: str, end: int, number: tuple[int, int, str] | None) -> tuple[int, int] | None:
    """Collect upwards from ``end`` the lines that make a title ending with a kind of document."""
    stop = end
    start: int | None = None
    last = 0
    for begin, finish in _lines_back(view, head, end):
        line = head[begin:finish].strip("#*= ")
        if number and begin - 1 <= number[0] <= finish:
            if start is not None:
                break
            line = head[begin : number[0]].strip("(")
            finish = number[0]  # noqa: PLW2901 - the title ends where the number begins
            if not line.endswith(_ENDS):
                continue
        if start is None:
            if line.endswith(_ENDS) and not _furniture(line):
                start, stop, last = begin, finish, 1
            elif not _passable(line):
                return None
            continue
        if (
            (line.endswith(_ENDS) and not page_lines.GOES_ON.match(head, start))
            or _METADATA_LINE.search(line)
            or _furniture(line)
            or last >= _TITLE_LINES
        ):
            break
        start, last = begin, last + (begin == 0 or head[begin - 1] == "\n")
    return (start, stop) if start is not None and stop - start <= _TITLE_CHARS else None


def _lines_back(view: View, head: str, end: int) -> list[tuple[int, int]]:
    """Return the lines before ``end``, nearest first; a line that holds more than a title is cut at its gaps."""
    found: list[tuple[int, int]] = []
    stop = end
    while stop > 0 and end - stop <= _TITLE_CHARS and len(found) < _MOST_PIECES:
        begin = head.rfind("\n", 0, stop) + 1
        if _crowded(head[begin:stop]):
            begin = max(_gaps(view, head, begin, stop), default=begin)
        if begin < stop:
            found.append((begin, stop))
        stop = begin - 1 if head[begin - 1 : begin] == "\n" else begin
    return found


def _crowded(line: str) -> bool:
    """Tell whether a line holds more than a title: the page's own words, the number, or all of the notice."""
    shown = _furniture(line) or _LABEL_INSIDE.search(line) or any(document_numbers.within(line))
    return len(line) > _TITLE_CHARS or bool(shown and not _PAGE_LABEL.match(line))


def _furniture(line: str) -> bool:
    return any(word in line for word in _FURNITURE)


def _passable(line: str) -> bool:
    """Tell whether a line between title and addressees is no part of either: a number, a date, a button."""
    return _furniture(line) or len(line) <= 12 or any(document_numbers.within(line))  # noqa: PLR2004


def _pieces(view: View, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the lines of a stretch; a line that holds more than a title is cut at its gaps."""
    for match in re.finditer(r"[^\n]+", view.text[start:end]):
        begin, stop = start + match.start(), start + match.end()
        cuts = _gaps(view, view.text, begin, stop) if _crowded(match.group()) else []
        yield from pairwise([begin, *cuts, stop])


def _gaps(view: View, text: str, begin: int, stop: int) -> list[int]:
    """Return the gaps at which a line that holds more than a title is cut.

    None is in the word that ends it (通 知), nor in a year (2021 年).
    """
    kind = max((len(end) for end in _ENDS if text.endswith(end, begin, stop)), default=0)
    gaps = (p for p in view.gaps(begin + 1, stop) if p <= stop - kind)
    return [p for p in gaps if text[p] != "年" or not text[p - 1].isdigit()]


def _whole(head: str, begin: int, last: int, finish: int) -> int:
    """Return where a title that ends with the line ``last:finish`` begins: there if that line is a title of its own."""
    before = head[begin:last].strip("\n#* ")
    alone = _OF_A_PLACE.match(head, last, finish) is not None and not before.endswith(_BROKEN)
    return last if alone and not before.endswith(signature.SIGNS) else begin


def _ends_title(line: str) -> bool:
    """Tell whether a line ends with a kind of document, a year or an edition in brackets aside."""
    return _IN_BRACKETS.sub("", line).endswith(_ENDS) and "。" not in line
