"""Times that bind an action to the calendar, with their kind and the interval they mean.

``2018年底前`` is by 2018-12-31, ``自2018年起`` from 2018-01-01, ``每季度`` every P3M, ``一月一测`` every P1M. A year
that the text leaves out (``9月底前``) is the plan's. An interval is as precise as the text, never a guessed day. Not
times are names (2018年度, “亮剑2018”), attributes (开展2018年…专项行动), baselines (比2015年) and what stands inside
《》.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygraph.data import words
from policygraph.extract.context import Context
from policygraph.text import dates
from policygraph.text.dates import iso, last_day
from policygraph.text.numerals import integer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from policygraph.models import TimeKind

_NUM = r"(?:\d{1,2}|[一二三四五六七八九十两]{1,3})"
_YEAR = r"(?P<year>(?:19|20)\d\d|二[〇○零][〇○零一二三四五六七八九]{2})年"
_OWN_YEAR = r"(?P<own>今年|本年度|本年|年内|当年|全年|明年)"
_PART = (
    r"(?P<half>[上下]半年)|(?:第?(?P<quarter>[一二三四1-4])季度)|(?P<third>[上中下]旬)|"
    r"(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份)?(?:(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})日|(?P<mthird>[上中下]旬)|(?P<mend>底|末|初))?"
)
_PLAN = r"[“\"]?(?P<plan>十[一二三四五六七]五)[”\"]?(?P<pend>期?末|期间|时期|中期)"
_DATE = re.compile(
    rf"(?:{_YEAR}(?:年?(?P<yend>底|末|初)|(?={_NUM}月|[上下]半年|第?[一二三四1-4]季度)(?:{_PART}))?"
    rf"|{_OWN_YEAR}|(?P<bare>年(?=[底末])(?P<bend>底|末))"
    rf"|{_PLAN}|(?:{_PART.replace('?P<', '?P<x')}))"
)
_ANCHOR = re.compile(
    r"(?<![\d.〇○零])(?=(?:19|20)\d\d年|二[〇○零]|今年|本年|年[内底末]|当年|全年|明年|[“\"]?十[一二三四五六七]五"
    r"|[上下]半年|第?[一二三四1-4]季度|\d{1,2}(?:[—\-~至]+\d{1,2})?月|[一二三四五六七八九十]{1,2}月)"
)
_BEFORE = re.compile(r"以?之?前")
_AFTER = re.compile(r"起(?!草|步|点|来)|以来|以后|之后|开始")
_WITHIN = re.compile(r"期间|[以之]?内|间")
_GOVERNED = re.compile(rf"(?:{'|'.join(words('times', 'governor'))}|从|自)$")
_ADVERB = re.compile("|".join(words("times", "adverb")))
_BASELINE = re.compile(r"(?:比|较|与|相比|相对|同|以)$")
_RANGE_TO = re.compile(r"[—\-~至到]+")
_BARE_MONTHS = re.compile(r"(?<![\d.])(?P<first>\d{1,2})月?[—\-~至]+(?=\d{1,2}月)")
_SEASON = re.compile(r"(?:汛期|期间|时段|时期|期|季|采暖|供暖|禁渔|休渔)\($")
_DESCRIBED = re.compile(r",?(?:是|系|我国|恰逢|正值|既是|也是)")
_DOCUMENT = re.compile(r"[^,。;:、\n]{2,40}?(?:分工表|分解表|责任书|任务表|一览表|情况表)")
_APPRAISED = re.compile(r"[\u4e00-\u9fff]{0,4}(?:考核|考评|评比|述职)")
_OF_A_SEASON = re.compile(r"的[\u4e00-\u9fff]{0,6}[季期]")
_EVERY = re.compile(
    r"每(?P<n>\d{1,2}|[一二两三四五六七八九十半])?个?(?P<unit>学?年度?|季度?|月|周|星期|日|天|旬)(?!度|个月)(?:份)?"
    r"|(?<!常)年(?:平)?均(?=[\u4e00-\u9fff]{0,8}(?:不少于|不低于|达到|培训|新增|完成))|一年一度|(?P<span>\d{1,2}|[两三四五])年(?:为)?一个?(?:周期|轮)"
    r"|[春夏秋冬]{2}两季|按(?P<per>季度|月|周|日)(?=[报调通公记汇统上发考]|进行|开展)"
)
_ROUND_WORDS = "|".join(words("times", "round"))
_ROUND = re.compile(
    rf"(?P<n>[一两二三半])?(?:个)?(?P<unit>年|月|季度?|周|旬|日|天)(?P<times>[一两二])次?(?:{_ROUND_WORDS}|次)"
    rf"|(?<![一二三四五六七八九十\d本每当上下全\u5e74])(?P<short>季|月|周|旬)(?:{_ROUND_WORDS})(?!纸|社)"
)
_SINCE = re.compile(
    r"[自从]?[\u4e00-\u9fff]{2,12}之日起(?:(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3})个?(?P<unit>工作日|日|天|月|年)[之以]?内|(?=施行|执行|实施|生效|开始|设立))"
)
_EVENT = re.compile(r"(?:[自从]|(?<=[在于要的]))[^自从在于要的]{2,12}之日起")
_CONDITION = re.compile(r"(?:^|[。;,\n])(?:凡|对|如)$")
_VALID = re.compile(r"有效期(?:限)?为?(?:至|(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})年)")
_SPAN_YEARS = re.compile(
    r"(?:用|经过|通过|利用)(?:\d{1,2}[—\-~至])?(?P<n>\d{1,2}|[一二两三四五])年(?:左右)?(?:的)?(?:时间|努力)|(?<![\d第十])(?P<in>\d|[两三五])年(?:之|以)?内"
)
_PERIOD = {
    "年": "P{}Y",
    "季": "P{}M",
    "月": "P{}M",
    "周": "P{}W",
    "星期": "P{}W",
    "日": "P{}D",
    "天": "P{}D",
    "旬": "P{}D",
}
_FACTOR = {"季": 3, "旬": 10}
_DAYS = {"工作日": 1, "日": 1, "天": 1, "月": 30, "年": 365}
_SENTENCE_START = ",。;:!?\n(、“)"


@dataclass(frozen=True, slots=True)
class FoundTime:
    """A time at ``start:end`` of the compact text; ``since`` and ``until`` are ISO dates."""

    start: int
    end: int
    kind: TimeKind
    since: str | None = None
    until: str | None = None
    every: str | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class _Moment:
    """A calendar expression before its governing words are read; ``loose`` marks 今年 and 本年度, which often qualify."""

    start: int
    end: int
    since: str | None
    until: str | None
    bare: bool
    closing: bool
    loose: bool = False


def find(
    text: str,
    *,
    year: int | None = None,
    slots: Sequence[tuple[int, int]] = (),
    deadlines: Sequence[tuple[int, int]] = (),
    context: Context | None = None,
) -> list[FoundTime]:
    """Return the times of a compact text, in order, none overlapping.

    ``year`` stands for a year that the text leaves out; ``slots`` are spans (statements) in which words such as
    长期坚持 stand in the place of a deadline, ``deadlines`` cells of a column 完成时限. What ended before the notice's year, or stands in a part that looks back
    or describes, binds nothing.
    """
    around = context or Context(text)
    found = [
        *_dates(text, year, {start for start, _ in deadlines}),
        *_recurring(text),
        *_since(text),
        *_slot_words(text, slots),
    ]
    kept: list[FoundTime] = []
    for time in sorted(found, key=lambda t: (t.start, -t.end)):
        history = around.past(time.until or time.since) or around.describes(time.start)
        if not history and (not kept or time.start >= kept[-1].end):
            kept.append(time)
    return kept


def _dates(text: str, year: int | None, slots: set[int]) -> Iterator[FoundTime]:
    position = 0
    while anchor := _ANCHOR.search(text, position):
        moment = _months(text, anchor.start(), year) or _moment(text, anchor.start(), year)
        if moment is None:
            position = anchor.start() + 1
            continue
        moment = _ranged(text, moment, year)
        position = moment.end
        time = _governed(text, moment, sure=anchor.start() in slots)
        if time:
            position = time.end
            yield time


def _months(text: str, start: int, year: int | None) -> _Moment | None:
    """Read 7~10月, a range whose first month leaves 月 out."""
    first = _BARE_MONTHS.match(text, start)
    last = _moment(text, first.end(), year) if first else None
    if first is None or last is None or last.until is None or not 1 <= int(first["first"]) <= 12:  # noqa: PLR2004
        return None
    since = f"{last.until[:4]}-{int(first['first']):02}-01"
    return _Moment(start, last.end, since, last.until, bare=False, closing=False) if since <= last.until else None


def _moment(text: str, start: int, year: int | None) -> _Moment | None:
    match = _DATE.match(text, start)
    if not match or text.startswith(("度", "代", "级", "龄", "期", "版"), match.end()):
        return None
    part = {key.removeprefix("x"): value for key, value in match.groupdict().items() if value}
    if text.startswith(_YEARS_OF_AGE, start) and "year" not in part:
        return None
    if "plan" in part:
        return _plan_moment(match, part)
    own = integer(part["year"]) if "year" in part else year
    if part.get("own") == "明年" and own:
        own += 1
    since, until = _interval(own, part)
    bare = not (part.keys() - {"year"})
    closing = part.get("yend") in ("底", "末") or part.get("mend") in ("底", "末") or "bend" in part
    loose = part.get("own") in ("今年", "本年度", "本年", "当年", "明年", "全年")
    return _Moment(match.start(), match.end(), since, until, bare, closing, loose)


_YEARS_OF_AGE = ("年度", "年龄")


def _plan_moment(match: re.Match[str], part: dict[str, str]) -> _Moment:
    """Read “十四五”末: the n-th five-year plan ends in 2025 for 十四五 and each five years apart."""
    last = 1985 + 5 * ((integer(part["plan"][:2]) or 0) - 6)
    closing = part["pend"].endswith("末")
    since = f"{last - 4}-01-01"
    return _Moment(match.start(), match.end(), since, f"{last}-12-31", bare=False, closing=closing)


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


def _ranged(text: str, moment: _Moment, year: int | None) -> _Moment:
    """Join 2021年 and 2023年 of 2021年至2023年 to one interval."""
    dash = _RANGE_TO.match(text, moment.end)
    if not dash or moment.since is None:
        return moment
    other = _moment(text, dash.end(), int(moment.since[:4]) if moment.since else year)
    if other is None or other.until is None or other.until < moment.since:
        return moment
    return _Moment(moment.start, other.end, moment.since, other.until, bare=False, closing=False)


def _governed(text: str, moment: _Moment, *, sure: bool) -> FoundTime | None:
    """Read the words around a calendar expression: 到…, …前, 自…起; ``None`` if it binds nothing."""
    start, end = moment.start, moment.end
    if _BASELINE.search(text, max(0, start - 2), start) or _named(text, start, end):
        return None
    if (
        text.startswith(("印发", "发布", "电"), end)
        or _APPRAISED.match(text, end)
        or text.endswith(("去", "前", "去年底", "每年", "每学年"), max(0, start - 3), start)
    ):
        return None
    before = _BEFORE.match(text, end)
    after = _AFTER.match(text, end)
    reaching = (
        text[start - 1 : start] in ("到", "至")
        or text[max(0, start - 2) : start] in ("截至", "截止")
        or text.endswith(("截止日期为", "截止时间为"), 0, start)
    )
    if before:
        return FoundTime(start - reaching, before.end(), "by", None, moment.until)
    if after or text[start - 1 : start] in ("自", "从"):
        start -= text[start - 1 : start] in ("自", "从")
        return FoundTime(start, after.end() if after else end, "from", moment.since)
    if reaching or moment.closing:
        return FoundTime(start - reaching, end, "by", None, moment.until)
    if moment.since is not None and moment.since == moment.until:
        return FoundTime(start, end, "on", moment.since, moment.until) if _adverbial(text, start, end) else None
    within = _WITHIN.match(text, end)
    if _DESCRIBED.match(text, within.end() if within else end):
        return None
    if within or sure or not moment.bare or _adverbial(text, start, end):
        attribute = text[end : end + 1] == "的" and not _OF_A_SEASON.match(text, end)
        if not (within or sure or _adverbial(text, start, end)) and (attribute or moment.loose):
            return None
        return FoundTime(start, within.end() if within else end, "during", moment.since, moment.until)
    return None


def _adverbial(text: str, start: int, end: int) -> bool:
    """Tell whether a bare year says when something is done and is not part of a name or an attribute."""
    if _DOCUMENT.match(text, end):
        return False
    if text[end : end + 1] in (",", "、") and text[start - 1 : start] != "、":
        return True
    if start == 0 or text[start - 1] in _SENTENCE_START:
        return text[end : end + 1] not in ("的", "")
    governed = _GOVERNED.search(text, max(0, start - 4), start) is not None
    return (governed and not text.endswith(("关于", "现在"), 0, start)) or _ADVERB.match(text, end) is not None


def _named(text: str, start: int, end: int) -> bool:
    """Tell whether an expression stands inside 《》 or in brackets that date a name."""
    line = text.rfind("\n", 0, start) + 1
    if text.rfind("《", line, start) > text.rfind("》", line, start):
        return True
    return text[start - 1 : start] == "(" and text[end : end + 1] == ")" and not _SEASON.search(text, 0, start)


def _recurring(text: str) -> Iterator[FoundTime]:
    for match in _EVERY.finditer(text):
        unit = (match["unit"] or match["per"] or "年").removeprefix("学")
        if match.group().endswith("两季"):
            yield FoundTime(match.start(), match.end(), "every", every="P6M")
            continue
        if not _CONDITION.search(text, max(0, match.start() - 3), match.start()):
            yield _every(match, unit, match["n"] or match["span"])
    for match in _ROUND.finditer(text):
        twice = match["times"] in ("两", "二") and match["unit"] == "年" and match["n"] in (None, "一")
        half = FoundTime(match.start(), match.end(), "every", every="P6M")
        yield half if twice else _every(match, match["unit"] or match["short"], match["n"])


def _every(match: re.Match[str], unit: str, count: str | None) -> FoundTime:
    unit = unit.removesuffix("度")
    if count == "半":
        return FoundTime(match.start(), match.end(), "every", every="P6M" if unit == "年" else "P15D")
    number = (integer(count) if count else 1) or 1
    duration = _PERIOD[unit].format(number * _FACTOR.get(unit, 1))
    return FoundTime(match.start(), match.end(), "every", every=duration)


def _since(text: str) -> Iterator[FoundTime]:
    for match in _SINCE.finditer(text):
        event = _EVENT.search(text, match.start(), match.end())
        start = event.start() if event else match.start()
        if match["n"]:
            days = (integer(match["n"]) or 0) * _DAYS[match["unit"]]
            yield FoundTime(start, match.end(), "within", days=days)
        else:
            yield FoundTime(start, match.end(), "from")
    for match in _VALID.finditer(text):
        until = next(dates.find(text, match.end(), match.end() + 12), None)
        if until and until[0] == match.end():
            yield FoundTime(match.start(), until[1], "valid", None, until[2])
        elif match["n"]:
            yield FoundTime(match.start(), match.end(), "valid", days=365 * (integer(match["n"]) or 0))
    for match in _SPAN_YEARS.finditer(text):
        years = integer(match["n"] or match["in"]) or 0
        yield FoundTime(match.start(), match.end(), "within", days=365 * years)


def _slot_words(text: str, slots: Sequence[tuple[int, int]]) -> Iterator[FoundTime]:
    kinds: tuple[tuple[TimeKind, Callable[[str, int, int], re.Match[str] | None]], ...] = (
        ("ongoing", _ONGOING.search),
        ("vague", _VAGUE.search),
    )
    for start, end in slots:
        for kind, search in kinds:
            if match := search(text, start, end):
                yield FoundTime(match.start(), match.end(), kind)


_SLOT = r"(?<=[,:;(,])(?:{})(?=[,;)\n。]|$)"
_ONGOING = re.compile(_SLOT.format("|".join(words("times", "ongoing"))))
_VAGUE = re.compile(_SLOT.format("|".join(words("times", "vague"))))
