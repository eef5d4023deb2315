"""The elements of a notice (GB/T 9704-2012): title, document number, issuers, recipients, dates, attachments.

``佳政办发〔2018〕17号`` stands above a title broken over lines, ``各县(市)区人民政府,市政府各直属单位:`` below it, and
the signature with its date closes the letter. What the page adds (来源, 发布日期) is kept apart from what the
notice says. Nothing is taken from a citation: 《…》(国发〔2015〕17号) is another notice's number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from policygraph.data import table
from policygraph.models import Elements
from policygraph.segment import closing, recipients, signature
from policygraph.text import dates
from policygraph.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
_ONE_YEAR = re.compile(r"((?:19|20)\d\d)年")
_RANGE = re.compile(r"\d{4}年?[—\-~至到]+\d{4}")
_ATTACHMENTS = re.compile(
    r"^(?P<each>附件\d{1,2}:.+(?:\n附件\d{1,2}:.+)*)"
    r"|^附件(?!下载| ?[\d一二三四五六七八九十]{1,2}:?$):?(?P<list>.+(?:\n\d{1,2}[.、].+)*|(?:\n\d{1,2}[.、].+)+)",
    re.MULTILINE,
)
_BELOW_TITLE = re.compile(r"\n?\(([^()\n]{6,20}(?:通过|日))\)")
_OPENNESS = re.compile(r"\((?:此件|本文)[^()\n]{2,16}\)")
_LABELLED = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[(〔][一二三四五六七八九十]{1,3}[)〕]|第[一二三四五六七八九十]{1,3}[章条]"
)
_IN_BRACKETS = re.compile(r"\([^()]{1,20}\)$")
_OF_A_PLACE = re.compile(r"(?:关于|(?:(?!关于)[\u4e00-\u9fff]){2,9}?[省市县区州镇乡](?=[\d\u4e00-\u9fff]))")
_BROKEN = ("关于", "印发", "转发", "的", "和", "与", "《", "做好", "加强", "开展", "推进")
_GOES_ON = re.compile(rf"\n?》?(?:工作)?的(?:{'|'.join(_ENDS)})")
_LISTED_CHARS = 600
_LOST_CHARS = 3
_HEAD_CHARS = 6000
_FIRST_CHARS = 1500
_PROMULGATED_CHARS = 600
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


@dataclass(frozen=True, slots=True)
class Found:
    """The elements, where the notice's own text begins, and what in it is an element and no text (``apart``)."""

    elements: Elements
    body: int
    apart: tuple[tuple[int, int], ...]


def find(view: View, tables: Sequence[tuple[int, int]] = ()) -> Found:
    """Return the elements of the notice in a view; what is not there is ``None`` or empty.

    ``tables`` are the spans of tables in the view: their cells sign nothing.
    """
    text = view.text
    head = text[:_HEAD_CHARS]
    addressed = recipients.find(view, head)
    number = _number(view, head, addressed[0] if addressed else len(head))
    title = _title(view, head, addressed[0] if addressed else None, number)
    title = title if title and not _inside(title, tables) else _above_a_table(view.text, tables) or title
    start = max(addressed[1] if addressed else 0, title[1] if title else 0)
    signed = signature.find(view, start, tables)
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
    apart += [attached[0]] if attached and all(attached[0][1] + 1 != first for first, _ in tables) else []
    apart += closing.find(text, start)
    run_on = _title_run_on(view, signed.end, name) if signed else None
    apart += [run_on] if run_on else []
    return Found(elements, start, (*apart, *_titles_within(text, start, name)))


def _title_run_on(view: View, start: int, name: str | None) -> tuple[int, int] | None:
    """Return the title of what is put in force where it stands on the line of the signature that ends at ``start``."""
    public = _OPENNESS.match(view.text, start)
    begin = public.end() if public else start
    plan = (name or "").partition("印发")[2].removesuffix("的通知").strip("《》")
    end = begin + len(plan)
    whole = plan and view.text.startswith(plan, begin) and (view.gap(end) or end == len(view.text))
    return (begin, end) if whole else None


def _inside(span: tuple[int, int], tables: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a span runs into a table that begins below its first line."""
    return any(span[0] < first < span[1] for first, _ in tables)


def _above_a_table(text: str, tables: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the line right above a table that opens the page, if it is what a ledger is called: 重点任务分解表."""
    first = min((start for start, _ in tables), default=0)
    end = first - text.startswith("\n", first - 1) if first else 0
    start = text.rfind("\n", 0, end) + 1
    called = 0 < end <= _TITLE_CHARS and not _LABELLED.match(text, start) and _CALLED.search(text, start, end)
    return (start, end) if called else None


def _titles_within(text: str, start: int, name: str | None) -> list[tuple[int, int]]:
    """Return the lines, up to four together, that repeat a part of the title, as what is put in force begins."""
    found: list[tuple[int, int]] = []
    above: list[int] = []
    for match in re.finditer(r"[^\n]+", text[start:]):
        begin, end = start + match.start(), start + match.end()
        above = [*above[1 - _FORCED_LINES :], begin]
        if name and match.group().endswith(_ENDS) and end - begin <= _TITLE_CHARS:
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
    outline = recipients.OUTLINE.search(head)
    for match in _numbers(head):
        start = match.start("code")
        code = _CODE.match(match["code"])
        start += code.start("code") if code else 0
        opens = start == 0 or head[start - 1] in "\n(:" or view.gap(start)
        whole = opens and match.start("year") - 1 - start <= _CODE_CHARS and not _BEFORE_CODE.match(head, start)
        gap = None if whole else max(view.gaps(start + 1, match.start("year")), default=None)
        start = gap if gap is not None and match.start("year") - 1 - gap <= match.start("year") - start else start
        parted = view.gap(start) and (outline is None or start < outline.end())
        own_line = start == 0 or head[start - 1] in "\n(:" or parted
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
        start, last = begin, last + (begin == 0 or head[begin - 1] == "\n")
    return (start, stop) if start is not None and stop - start <= _TITLE_CHARS else None


def _lines_back(view: View, head: str, end: int) -> list[tuple[int, int]]:
    """Return the lines before ``end``, nearest first; a line that holds more than a title is cut at its gaps."""
    found: list[tuple[int, int]] = []
    stop = end
    while stop > 0 and end - stop <= _TITLE_CHARS and len(found) < _MOST_PIECES:
        begin = head.rfind("\n", 0, stop) + 1
        if _crowded(head[begin:stop]):
            begin = max(_title_gaps(view, head, begin, stop), default=begin)
        if begin < stop:
            found.append((begin, stop))
        stop = begin - 1 if head[begin - 1 : begin] == "\n" else begin
    return found


def _crowded(line: str) -> bool:
    """Tell whether a line holds more than a title: the page's own words, the number, or all of the notice."""
    shown = _furniture(line) or _LABEL_INSIDE.search(line) or any(_numbers(line))
    return len(line) > _TITLE_CHARS or bool(shown and not _PAGE_LABEL.match(line))


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
            return _whole(text, begin, first, finish), finish
        elif len(line) > 60:  # noqa: PLR2004 - a paragraph, no part of a title
            begin = finish + (text[finish : finish + 1] == "\n")
    return None


def _pieces(view: View, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the lines of a stretch; a line that holds more than a title is cut at its gaps."""
    for match in re.finditer(r"[^\n]+", view.text[start:end]):
        begin, stop = start + match.start(), start + match.end()
        cuts = _title_gaps(view, view.text, begin, stop) if _crowded(match.group()) else []
        yield from pairwise([begin, *cuts, stop])


def _title_gaps(view: View, text: str, begin: int, stop: int) -> list[int]:
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


def _labelled_span(view: View, head: str, field: str) -> tuple[int, int] | None:
    """Return the span of what follows one of the labels of a page line, up to the next gap."""
    for match in re.finditer(rf"(?<![\u4e00-\u9fff])(?:{'|'.join(_LABELS[field])}):\n?", head):
        last = min(len(head), match.end() + _TITLE_CHARS + 1)
        gaps = frozenset(view.gaps(match.end() + 1, last))
        ends = (p for p in range(match.end() + 1, last) if head[p] == "\n" or p in gaps)
        end = next((p for p in ends if field != "title" or head[p] == "\n" or _ends_a_title(head, p)), last)
        if match.end() < end <= match.end() + _TITLE_CHARS:
            return match.end(), end
    return None


def _ends_a_title(head: str, position: int) -> bool:
    """Tell whether a title may end at a gap: behind a kind of document, and not before 的通知."""
    return head.endswith(_ENDS, 0, position) and not _GOES_ON.match(head, position)


def _labelled_date(head: str, field: str) -> str | None:
    for match in re.finditer(rf"(?<![\u4e00-\u9fff])(?:{'|'.join(_LABELS[field])}):\s?", head):
        for start, _, value in dates.find(head, match.end(), match.end() + 20):
            if start - match.end() <= 1:
                return value
    return None


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
