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

from policygraph.data import table
from policygraph.models import Elements
from policygraph.segment import closing, recipients, signature
from policygraph.text import dates
from policygraph.text.anchored import Anchored
from policygraph.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.text.view import View

_TABLE = table("elements")
_ENDS = tuple(_TABLE["title_ends"])
_FURNITURE = tuple(_TABLE["furniture"])
_LABELS: dict[str, list[str]] = _TABLE["labels"]
_SERIAL = r"[〔\[(【〈《{](?P<year>(?:19|20)\d{2,3})[〕\])】〉》}]\s?第?(?P<serial>\d{1,5})\s?号"
_NUMBER = re.compile(rf"(?P<code>[\u4e00-\u9fff]{{1,14}}){_SERIAL}")
_NUMBER_END = re.compile(_SERIAL)
_MOST_CODE_CHARS = 14
_CODE = re.compile(r"(?:.*(?:通知|意见|方案|办法|规定|决定|公告|通告|措施|计划|规划|要点|函件))?(?P<code>.+)$")
_BEFORE_CODE = re.compile(r"[\u4e00-\u9fff]{2,}?(?:文件|政府|[省市县区厅局])")
_CODE_CHARS = 8
_LABEL_INSIDE = re.compile(rf"(?:{'|'.join(label for labels in _LABELS.values() for label in labels)}):")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ONE_YEAR = re.compile(r"((?:19|20)\d\d)年")
_RANGE = re.compile(r"\d{4}年?[—\-~至到]+\d{4}")
_ATTACHMENTS = Anchored(
    r"^(?P<each>附件\d{1,2}:.+(?:\n附件\d{1,2}:.+)*)"
    r"|^附件(?!下载| ?[\d一二三四五六七八九十]{1,2}:?$):?(?P<list>.+(?:\n\d{1,2}[.、].+)*|(?:\n\d{1,2}[.、].+)+)",
    "附件",
    flags=re.MULTILINE,
)
_BELOW_TITLE = re.compile(r"\n?\(([^()\n]{6,20}(?:通过|日))\)")
_LABELLED = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[(〔][一二三四五六七八九十]{1,3}[)〕]|第[一二三四五六七八九十]{1,3}[章条]"
)
_IN_BRACKETS = re.compile(r"\([^()]{1,20}\)$")
_OF_A_PLACE = re.compile(r"(?:关于|[\u4e00-\u9fff]{2,9}?[省市县区州镇乡](?=[\d\u4e00-\u9fff]))")
_BROKEN = ("关于", "印发", "转发", "的", "和", "与", "《", "做好", "加强", "开展", "推进")
_GOES_ON = re.compile(rf"\n?》?(?:工作)?的(?:{'|'.join(_ENDS)})")
_LISTED_CHARS = 600
HEAD_CHARS = 6000
"""How many characters of a text the head of its notice is looked for in."""

_FIRST_CHARS = 1500
_PROMULGATED_CHARS = 600
_FORCED_LINES = 4
_TITLE_CHARS = 220
_TITLE_LINES = 8
_METADATA_LINE = re.compile(
    r"^\((?:此件|本文)|^[\u4e00-\u9fff]{2,8}:|[。;]$|^(?!(?:19|20)\d\d(?:[—\-~至](?:19|20)\d\d)?年(?!\d))\d|^#|^[-=*]{3}|发布$"
)


class Found(Struct, frozen=True):
    """The elements, where the notice's own text begins, and what in it is an element and no text (``apart``)."""

    elements: Elements
    body: int
    apart: tuple[tuple[int, int], ...]


def find(view: View) -> Found:
    """Return the elements of the notice in a view; what is not there is ``None`` or empty."""
    text = view.text
    head = text[:HEAD_CHARS]
    addressed = recipients.find(view, head)
    number = _number(view, head, addressed[0] if addressed else len(head))
    title = _title(view, head, addressed[0] if addressed else None, number)
    start = max(addressed[1] if addressed else 0, title[1] if title else 0)
    signed = signature.find(view, start)
    if title is None:
        title = _first_title(view, signed.end, signed.end + _PROMULGATED_CHARS) if signed else None
    title = _with_issuers(head, title)
    start = max(start, title[1] if title else 0)
    name = _words(text, title)
    issuers = _completed(signed.issuers, name) if signed else _title_issuers(view, title)
    attached = _attachments(text, start, signed.start if signed else len(text))
    attached = attached or _attachments_inline(view, start, signed.start if signed else len(text))
    attached = attached or (_attachments(text, signed.end, len(text)) if signed else None)
    elements = Elements(
        title=name,
        document_number=number[2] if number else None,
        issuers=issuers,
        recipients=addressed[2] if addressed else (),
        issued_on=(signed.date if signed else None) or _labelled_date(head, "issued") or _dated(text, start),
        published_on=_labelled_date(head, "published"),
        origin=_words(text, _labelled_span(view, head, "origin")),
        plan_year=plan_year(name),
        jurisdiction=signature.jurisdiction(issuers),
        attachments=attached[1] if attached else (),
    )
    apart = [(signed.start, signed.end)] if signed else []
    apart += [attached[0]] if attached else []
    apart += closing.find(text, start)
    return Found(elements, start, (*apart, *_titles_within(text, start, name)))


def _titles_within(text: str, start: int, name: str | None) -> list[tuple[int, int]]:
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


def document_number(words: str) -> str | None:
    """Return the document number that words are and nothing else, in its one shape, or ``None``.

    >>> document_number("佳政办发[2018] 17 号"), document_number("无")
    ('佳政办发〔2018〕17号', None)
    """
    match = _NUMBER.fullmatch(re.sub(r"\s", "", normalise(words)))
    return f"{match['code']}〔{match['year']}〕{match['serial']}号" if match else None


def _number(view: View, head: str, before: int) -> tuple[int, int, str] | None:
    """Return the span and the text of the notice's own number; cited numbers are passed over."""
    for match in _numbers(head):
        start = match.start("code")
        code = _CODE.match(match["code"])
        start += code.start("code") if code else 0
        opens = start == 0 or head[start - 1] in "\n(:" or view.gap(start)
        whole = opens and match.start("year") - 1 - start <= _CODE_CHARS and not _BEFORE_CODE.match(head, start)
        gap = None if whole else max(view.gaps(start + 1, match.start("year")), default=None)
        start = gap if gap is not None and match.start("year") - 1 - gap <= match.start("year") - start else start
        own_line = start == 0 or head[start - 1] in "\n(" or view.gap(start) or head[start - 1] == ":"
        cited = head[max(0, start - 2) : start].endswith("》(") or head.rfind("《", 0, start) > head.rfind(
            "》", 0, start
        )
        if not cited and start <= before and (own_line or head[:start].endswith(_ENDS)):
            code_text = head[start : match.start("year") - 1]
            return start, match.end(), f"{code_text}〔{match['year']}〕{match['serial']}号"
    return None


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """Yield the document numbers of a text in order, each found by the bracket of its year."""
    reach = 0
    for end in _NUMBER_END.finditer(text):
        match = _NUMBER.search(text, max(reach, end.start() - _MOST_CODE_CHARS), end.end())
        if match:
            reach = match.end()
            yield match


def _title(view: View, head: str, addressed: int | None, number: tuple[int, int, str] | None) -> tuple[int, int] | None:
    """Return the span of the title: the lines above the addressees or around the document number."""
    ends = [position for position in (addressed, number[0] if number else None) if position is not None]
    above = next((span for end in ends if (span := _lines_above(view, head, end, number))), None)
    labelled = _labelled_span(view, head, "title")
    if labelled and not (above and _joined(head, above).endswith(_joined(head, labelled))):
        return labelled
    if above:
        return above
    begin = number[1] if number and addressed is None else 0
    return _first_title(view, begin, _FIRST_CHARS if addressed is None else addressed)


def _with_issuers(head: str, title: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return the span of a title that comes again further down with its issuers before it, else the one given.

    A page heads 关于做好…的意见 what the notice heads 中共中央 国务院关于做好…的意见.
    """
    words = _words(head, title)
    if title is None or words is None or not words.startswith("关于"):
        return title
    broken = "\n?".join(map(re.escape, words))
    for match in re.finditer(rf"^(?P<by>[^\n。,]{{2,30}})\n?{broken}$", head[title[1] :], re.MULTILINE):
        if match["by"].endswith(signature.SIGNS):
            return title[1] + match.start(), title[1] + match.end()
    return title


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
            (line.endswith(_ENDS) and not _GOES_ON.match(head, start))
            or _METADATA_LINE.search(line)
            or _furniture(line)
            or last >= _TITLE_LINES
        ):
            break
        start, last = begin, last + 1
    return (start, stop) if start is not None and stop - start <= _TITLE_CHARS else None


def _lines_back(view: View, head: str, end: int) -> list[tuple[int, int]]:
    """Return the lines before ``end``, nearest first; a line that holds more than a title is cut at its gaps."""
    found: list[tuple[int, int]] = []
    stop = end
    while stop > 0 and len(found) < 2 * _TITLE_LINES:
        begin = head.rfind("\n", 0, stop) + 1
        if _crowded(head[begin:stop]):
            begin = max(view.gaps(begin + 1, stop), default=begin)
        if begin < stop:
            found.append((begin, stop))
        stop = begin - 1 if head[begin - 1 : begin] == "\n" else begin
    return found


def _crowded(line: str) -> bool:
    """Tell whether a line holds more than a title: the page's own words, the number, or all of the notice."""
    shown = _furniture(line) or _LABEL_INSIDE.search(line) or any(_numbers(line))
    return len(line) > _TITLE_CHARS or bool(shown)


def _furniture(line: str) -> bool:
    return any(word in line for word in _FURNITURE)


def _passable(line: str) -> bool:
    """Tell whether a line between title and addressees is no part of either: a number, a date, a button."""
    return _furniture(line) or len(line) <= 12 or any(_numbers(line))  # noqa: PLR2004


def _first_title(view: View, start: int, end: int) -> tuple[int, int] | None:
    """Return the first run of lines from ``start`` that reads as 关于…的通知 or names a kind of document."""
    text = view.text
    begin = start
    for first, finish in _pieces(view, start, min(end, start + _FIRST_CHARS, len(text))):
        line = text[first:finish].strip("#* ")
        if _LABELLED.match(line):
            return None
        if _METADATA_LINE.search(line) or _furniture(line):
            begin = finish + (text[finish : finish + 1] == "\n")
        elif _ends_title(line) and finish - begin <= _TITLE_CHARS and not _GOES_ON.match(text, finish):
            return _whole(text, begin, first), finish
        elif len(line) > 60:  # noqa: PLR2004 - a paragraph, no part of a title
            begin = finish + (text[finish : finish + 1] == "\n")
    return None


def _pieces(view: View, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the lines of a stretch; a line that holds more than a title is cut at its gaps."""
    for match in re.finditer(r"[^\n]+", view.text[start:end]):
        begin, stop = start + match.start(), start + match.end()
        cuts = view.gaps(begin + 1, stop) if _crowded(match.group()) else []
        yield from pairwise([begin, *cuts, stop])


def _whole(head: str, begin: int, last: int) -> int:
    """Return where a title that ends on the line at ``last`` begins: there if that line is a title of its own."""
    before = head[begin:last].strip("\n#* ")
    alone = _OF_A_PLACE.match(head, last) is not None and not before.endswith(_BROKEN)
    return last if alone and not before.endswith(signature.SIGNS) else begin


def _ends_title(line: str) -> bool:
    """Tell whether a line ends with a kind of document, a year or an edition in brackets aside."""
    return _IN_BRACKETS.sub("", line).endswith(_ENDS) and "。" not in line


def _words(text: str, span: tuple[int, int] | None) -> str | None:
    if span is None:
        return None
    title = text[span[0] : span[1]].replace("\n", "").strip("#*()<>-! ")
    if (number := _NUMBER.search(title)) and number.end() < len(title):
        title = title[number.end() :]
    for label in _LABELS["title"]:
        title = title.removeprefix(label + ":")
    return title or None


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
    """Return the issuers, the last one in full where its name was broken over lines and the title shows it whole."""
    before = (title or "").partition("关于")[0]
    whole = bool(issuers) and before.endswith(issuers[-1]) and len(signature.bodies(before)) == 1
    whole = whole and not any(one in before for one in issuers[:-1])
    return (*issuers[:-1], before) if whole else issuers


def _labelled_span(view: View, head: str, field: str) -> tuple[int, int] | None:
    """Return the span of what follows one of the labels of a page line, up to the next gap."""
    for start in _behind_labels(head, field):
        begin = start + head.startswith("\n", start)
        last = min(len(head), begin + _TITLE_CHARS + 1)
        gaps = frozenset(view.gaps(begin + 1, last))
        ends = (p for p in range(begin + 1, last) if head[p] == "\n" or p in gaps)
        end = next((p for p in ends if field != "title" or head[p] == "\n" or head.endswith(_ENDS, 0, p)), last)
        if begin < end <= begin + _TITLE_CHARS:
            return begin, end
    return None


def _labelled_date(head: str, field: str) -> str | None:
    for colon_end in _behind_labels(head, field):
        begin = colon_end + head[colon_end : colon_end + 1].isspace()
        for start, _, value in dates.find(head, begin, begin + 20):
            if start - begin <= 1:
                return value
    return None


def _behind_labels(head: str, field: str) -> Iterator[int]:
    """Yield the positions behind the labels of a field and their colons, in order."""
    colon = head.find(":")
    while colon >= 0:
        starts = [colon - len(label) for label in _LABELS[field] if head.endswith(label, 0, colon)]
        if any(start == 0 or not _HAN.match(head, start - 1) for start in starts):
            yield colon + 1
        colon = head.find(":", colon + 1)


def _attachments(text: str, start: int, end: int) -> tuple[tuple[int, int], tuple[str, ...]] | None:
    """Return the span and the names of the list of attachments above the signature."""
    match = _ATTACHMENTS.search(text, start, end)
    return (match.span(), _listed(match["each"] or match["list"])) if match else None


def _attachments_inline(view: View, start: int, end: int) -> tuple[tuple[int, int], tuple[str, ...]] | None:
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
