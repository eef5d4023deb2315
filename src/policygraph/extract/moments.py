"""Calendar expressions and the interval each means: ``2018年9月``, ``上半年``, ``“十四五”末``, ``7~10月``, ``年底``.

Every such expression holds 年, 月, 季度 or 五, so those characters are searched and the expression is read from
where it begins to their left. An interval is as precise as the text, never a guessed day; a year that the text
leaves out is the one given.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from policygraph.text.dates import iso, last_day
from policygraph.text.numerals import integer

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUM = r"(?:\d{1,2}|[一二三四五六七八九十两]{1,3})"
_YEAR = r"(?P<year>(?:19|20)\d\d|二[〇○零][〇○零一二三四五六七八九]{2})年"
_OWN_YEAR = r"(?P<own>今年|本年度|本年|(?<![半\d一二两三四五六七八九十])年内|当年|全年|明年)"
_PART = (
    r"(?P<half>[上下]半年)|(?:第?(?P<quarter>[一二三四1-4])季度)|(?P<third>[上中下]旬)|"
    r"(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份)?(?:(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})日|(?P<mthird>[上中下]旬)|(?P<mend>底|末|初(?!步|级|中|期|始|次|衷)))?"
)
_PLAN = r"[“\"]?(?P<plan>十[一二三四五六七]五)[”\"]?(?P<pend>期?末|期间|时期|中期)"
_DATE = re.compile(
    rf"(?:{_YEAR}(?:年?(?P<yend>底|末|初(?!步|级|中|期|始|次|衷))|(?={_NUM}月|[上下]半年|第?[一二三四1-4]季度)(?:{_PART}))?"
    rf"|{_OWN_YEAR}|(?P<bare>年(?=[底末])(?P<bend>底|末))"
    rf"|{_PLAN}|(?:{_PART.replace('?P<', '?P<x')}))"
)
_PARTS = tuple(name.removeprefix("x") for name in _DATE.groupindex)
_HIT = re.compile(r"[年月季五]")
_BEGINS = re.compile(
    r"(?:(?:19|20)\d\d|二[〇○零][〇○零一二三四五六七八九]{2}|[今本全当明]|[上下]半|[“\"]?十[一二三四五六七]"
    r"|\d{1,2}(?:月?[—\-~至]+\d{1,2})?|第?[一二三四1-4]|[一二三四五六七八九十]{1,2})$"
)
_MOST_CHARS = 8
_ITEM = re.compile(r"(?:^|[\n。;])\d{1,2}\.$")
RANGE_TO = re.compile(r"[—\-~至到]+")
_BARE_MONTHS = re.compile(r"(?<![\d.])(?P<first>\d{1,2})月?[—\-~至]+(?=\d{1,2}月)")
_BARE_YEARS = re.compile(r"(?<!\d)(?P<first>(?:19|20)\d\d)[—\-~至]+$")
_BARE_YEARS_CHARS = 7
_LOOSE = ("今年", "本年度", "本年", "当年", "明年", "全年")
_YEARS_OF_AGE = ("年度", "年龄")
_NAMES = ("度", "代", "级", "龄", "期", "版")


class Moment(Struct, frozen=True):
    """An expression at ``start:end`` of the compact text and the days it covers, ``None`` without a year.

    ``bare`` marks a mere year, ``closing`` 底 and 末, ``loose`` 今年 and 本年度, which qualify as often as they date.
    """

    start: int
    end: int
    since: str | None
    until: str | None
    bare: bool = False
    closing: bool = False
    loose: bool = False


def find(text: str, year: int | None) -> Iterator[Moment]:
    """Yield the calendar expressions of a text, in order, none overlapping; ranges are joined."""
    reach = 0
    for hit in _HIT.finditer(text):
        if hit.start() < reach:
            continue
        begins = _BEGINS.search(text, max(reach, hit.start() - _MOST_CHARS), hit.start())
        start = begins.start() if begins else hit.start()
        if start and _inside_a_number(text, start):
            continue
        moment = _months(text, start, year) or _read(text, start, year)
        if moment and moment.bare and moment.since:
            months = _months(text, moment.end, int(moment.since[:4]))
            moment = replace(months, start=moment.start) if months else moment
            first = _BARE_YEARS.search(text, max(reach, start - _BARE_YEARS_CHARS), start)
            if first and moment.since and f"{first['first']}-01-01" < moment.since:
                moment = replace(moment, start=first.start(), since=f"{first['first']}-01-01")
        if moment is not None and moment.end > hit.start():
            moment = _ranged(text, moment)
            reach = moment.end
            yield moment


def _inside_a_number(text: str, start: int) -> bool:
    """Tell whether digits or a decimal point stand before an expression; an item's label (2.2026年) is no number."""
    if text[start - 1] != ".":
        return text[start - 1] in "0123456789〇○零"
    return text[start].isdigit() and not _ITEM.search(text, max(0, start - _MOST_CHARS), start)


def _months(text: str, start: int, year: int | None) -> Moment | None:
    """Read 7~10月, a range whose first month leaves 月 out."""
    first = _BARE_MONTHS.match(text, start)
    last = _read(text, first.end(), year) if first else None
    if first is None or last is None or last.until is None or not 1 <= int(first["first"]) <= 12:  # noqa: PLR2004
        return None
    since = f"{last.until[:4]}-{int(first['first']):02}-01"
    return Moment(start, last.end, since, last.until) if since <= last.until else None


def _read(text: str, start: int, year: int | None) -> Moment | None:
    match = _DATE.match(text, start)
    if not match or text.startswith(_NAMES, match.end()) or text.startswith(_YEARS_OF_AGE, start):
        return None
    return Moment(start, match.end(), *_meaning(match.group(), year))


@lru_cache(maxsize=8192)
def _meaning(words: str, year: int | None) -> tuple[str | None, str | None, bool, bool, bool]:
    """Return the first and the last day that an expression means, and whether it is bare, closing and loose.

    The same expressions come in every notice, so each is understood once.
    """
    match = _DATE.fullmatch(words)
    assert match is not None, "words are what the pattern matched"  # noqa: S101
    part = {key: value for key, value in zip(_PARTS, match.groups(), strict=True) if value}
    if "plan" in part:
        return *_plan_years(part["plan"]), False, part["pend"].endswith("末"), False
    own = integer(part["year"]) if "year" in part else year
    if part.get("own") == "明年" and own:
        own += 1
    since, until = _interval(own, part)
    bare = not (part.keys() - {"year"})
    closing = part.get("yend") in ("底", "末") or part.get("mend") in ("底", "末") or "bend" in part
    loose = part.get("own") in _LOOSE
    return since, until, bare, closing, loose


def _plan_years(plan: str) -> tuple[str, str]:
    """Return the days of a five-year plan: the n-th ends in 2025 for 十四五 and each five years apart."""
    last = 1985 + 5 * ((integer(plan[:2]) or 0) - 6)
    return f"{last - 4}-01-01", f"{last}-12-31"


def _interval(year: int | None, part: dict[str, str]) -> tuple[str | None, str | None]:
    """Return the first and the last day that a calendar expression covers."""
    if year is None:
        return None, None
    month = integer(part["month"]) if "month" in part else None
    if month is not None and not 1 <= month <= 12:  # noqa: PLR2004 - months of a year
        return None, None
    if month and "day" in part:
        day = iso(year, month, integer(part["day"]))
        return day, day
    if month:
        third = part.get("mthird", "")[:1] or ("上" if part.get("mend") == "初" else "")
        first = {"上": 1, "中": 11, "下": 21}.get(third, 1)
        last = {"上": f"{year:04}-{month:02}-10", "中": f"{year:04}-{month:02}-20"}.get(third, last_day(year, month))
        return f"{year:04}-{month:02}-{first:02}", last
    if "quarter" in part:
        quarter = integer(part["quarter"]) or 1
        return f"{year:04}-{3 * quarter - 2:02}-01", last_day(year, 3 * quarter)
    if "half" in part:
        return (f"{year}-01-01", f"{year}-06-30") if part["half"][0] == "上" else (f"{year}-07-01", f"{year}-12-31")
    return f"{year}-01-01", f"{year}-12-31"


def _ranged(text: str, moment: Moment) -> Moment:
    """Join 2021年 and 2023年 of 2021年至2023年 to one interval."""
    dash = RANGE_TO.match(text, moment.end)
    if not dash or moment.since is None:
        return moment
    other = _read(text, dash.end(), int(moment.since[:4]))
    if other is None or other.until is None or other.until < moment.since:
        return moment
    return Moment(moment.start, other.end, moment.since, other.until)
