"""What recurs, lasts or follows an event: ``每季度`` P3M, ``一月一测`` P1M, ``自印发之日起30日内``, ``有效期5年``.

Each form is found by a character it always holds, and read around it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygraph.data import words
from policygraph.extract.found import FoundTime
from policygraph.text import dates
from policygraph.text.anchored import Anchored
from policygraph.text.numerals import integer

if TYPE_CHECKING:
    from collections.abc import Iterator

_EACH = re.compile(
    r"每(?P<n>\d{1,2}|[一二两三四五六七八九十半])?个?(?P<unit>学?年度?|季度?|月|周|星期|日|天|旬)(?!度|个月)(?:份)?"
)
_YEARLY = re.compile(
    r"年平?均(?=[\u4e00-\u9fff]{0,8}(?:不少于|不低于|达到|培训|新增|完成))|年一度|年(?:为)?一个?(?:周期|轮)"
)
_YEAR_BY_YEAR = re.compile(r"逐年(?!份|龄)")
_YEARLY_COUNT = re.compile(r"(?:\d{1,2}|[一两三四五])$")
_SEASONS = Anchored("[春夏秋冬][春夏秋冬]两季", "两季")
_BY = re.compile(r"按(?P<unit>季度|月|周|日)(?=[报调通公记汇统上发考]|进行|开展)")
_ROUND_WORDS = "|".join(words("times", "round"))
_ROUND = re.compile(rf"(?P<unit>[年月季周旬日天]度?)(?P<times>[一两二])次?(?:{_ROUND_WORDS}|次)")
_ROUND_COUNT = re.compile(r"(?P<n>[一两二三半])个?$")
_SHORT = re.compile(rf"[季月周旬](?:{_ROUND_WORDS})(?!纸|社)")
_NOT_SHORT = frozenset("一二三四五六七八九十本每当上下全年0123456789")
_SINCE = re.compile(
    r"之日起(?:(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3})个?(?P<unit>工作日|日|天|月|年)[之以]?内|(?=施行|执行|实施|生效|开始|设立))"
)
_EVENT = re.compile(r"(?:[自从]|(?<=[在于要的]))?[^自从在于要的,。;\n]{2,12}$")
_AFTER_EVENT = Anchored(
    r"(?:结束|完成|收到|受理|批准|公布|审核通过)后?(?P<n>\d{1,3})[天日][之以]?内",
    *("天内", "日内", "天之内", "日之内", "天以内", "日以内"),
)
_CONDITION = re.compile(r"(?:^|[。;,\n])(?:凡|对|如)$")
_VALID = re.compile(r"有效期(?:限)?为?(?:至|(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})年)")
_SPAN = re.compile(r"年(?:左右)?的?(?:时间|努力)")
_SPAN_COUNT = re.compile(r"(?:用|经过|通过|利用)(?:\d{1,2}[—\-~至])?(?P<n>\d{1,2}|[一二两三四五])$")
_INSIDE = re.compile(r"年[之以]?内(?![的无未没])")
_INSIDE_COUNT = re.compile(r"(?:^|[^\d第十近最业去来])(?P<n>\d|[一二两三四五六七八九十半])$")
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


def find(text: str) -> Iterator[FoundTime]:
    """Yield what recurs, lasts or follows an event, form by form."""
    yield from _each(text)
    yield from _yearly(text)
    yield from _round(text)
    yield from _since(text)
    yield from _spans(text)


def _each(text: str) -> Iterator[FoundTime]:
    for match in _EACH.finditer(text):
        if not _CONDITION.search(text, max(0, match.start() - 3), match.start()):
            yield _every(match.start(), match.end(), match["unit"].removeprefix("学"), match["n"])
    for match in _YEAR_BY_YEAR.finditer(text):
        yield FoundTime(match.start(), match.end(), "every", every="P1Y")
    for match in _BY.finditer(text):
        yield _every(match.start(), match.end(), match["unit"], None)
    for match in _SEASONS.finditer(text):
        yield FoundTime(match.start(), match.end(), "every", every="P6M")


def _yearly(text: str) -> Iterator[FoundTime]:
    """Yield 年平均, 一年一度 and 5年一周期."""
    for match in _YEARLY.finditer(text):
        count = _YEARLY_COUNT.search(text, max(0, match.start() - 2), match.start())
        averaged = "均" in match.group()
        if averaged and text[match.start() - 1 : match.start()] == "常":
            continue
        if averaged or count:
            start = match.start() if averaged or not count else count.start()
            yield _every(start, match.end(), "年", None if averaged or not count else count.group())


def _round(text: str) -> Iterator[FoundTime]:
    """Yield 一月一测, 半年一次, 一年两次 and 季调度."""
    for match in _ROUND.finditer(text):
        count = _ROUND_COUNT.search(text, max(0, match.start() - 2), match.start())
        start = count.start() if count else match.start()
        number = count["n"] if count else None
        if match["times"] in "两二" and match["unit"] == "年" and number in (None, "一"):
            yield FoundTime(start, match.end(), "every", every="P6M")
        else:
            yield _every(start, match.end(), match["unit"], number)
    for match in _SHORT.finditer(text):
        if text[match.start() - 1 : match.start()] not in _NOT_SHORT or not match.start():
            yield _every(match.start(), match.end(), match.group()[0], None)


def _every(start: int, end: int, unit: str, count: str | None) -> FoundTime:
    unit = unit.removesuffix("度")
    if count == "半":
        return FoundTime(start, end, "every", every="P6M" if unit == "年" else "P15D")
    number = (integer(count) if count else 1) or 1
    return FoundTime(start, end, "every", every=_PERIOD[unit].format(number * _FACTOR.get(unit, 1)))


def _since(text: str) -> Iterator[FoundTime]:
    for match in _SINCE.finditer(text):
        event = _EVENT.search(text, max(0, match.start() - 14), match.start())
        if event is None:
            continue
        if match["n"]:
            days = (integer(match["n"]) or 0) * _DAYS[match["unit"]]
            yield FoundTime(event.start(), match.end(), "within", days=days)
        else:
            yield FoundTime(event.start(), match.end(), "from")
    for match in _AFTER_EVENT.finditer(text):
        yield FoundTime(match.start(), match.end(), "within", days=int(match["n"]))
    for match in _VALID.finditer(text):
        until = next(dates.find(text, match.end(), match.end() + 12), None)
        if until and until[0] == match.end():
            yield FoundTime(match.start(), until[1], "valid", None, until[2])
        elif match["n"]:
            yield FoundTime(match.start(), match.end(), "valid", days=365 * (integer(match["n"]) or 0))


def _spans(text: str) -> Iterator[FoundTime]:
    """Yield 用5年时间 and 3年内; ranges count to their upper end."""
    for match in _SPAN.finditer(text):
        if count := _SPAN_COUNT.search(text, max(0, match.start() - 8), match.start()):
            yield FoundTime(count.start(), match.end(), "within", days=365 * (integer(count["n"]) or 0))
    for match in _INSIDE.finditer(text):
        if count := _INSIDE_COUNT.search(text, max(0, match.start() - 2), match.start()):
            days = 183 if count["n"] == "半" else 365 * (integer(count["n"]) or 0)
            yield FoundTime(count.start("n"), match.end(), "within", days=days)
