"""Times that bind an action to the calendar, with their kind and the interval they mean.

``2018年底前`` is by 2018-12-31, ``自2018年起`` from 2018-01-01, ``每季度`` every P3M, ``一月一测`` every P1M. A year
that the text leaves out (``9月底前``) is the plan's. Here are the words that govern a calendar expression
(:mod:`~policygraph.extract.moments`); what recurs or lasts is in :mod:`~policygraph.extract.recurrence`. Not
times are names (2018年度, “亮剑2018”), attributes (开展2018年…专项行动), baselines (比2015年, 由2015年的47%
提高到…) and what stands inside 《》.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygraph.data import words
from policygraph.extract import baselines, moments, recurrence
from policygraph.extract.context import Context
from policygraph.extract.found import FoundTime

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from policygraph.extract.moments import Moment
    from policygraph.models import TimeKind

_BEFORE = re.compile(r"以?之?前")
_AFTER = re.compile(r"起(?!草|步|点|来)|以来|以后|之后|开始")
_WITHIN = re.compile(r"期间|[以之]?内|间")
_REACHING = ("到", "至", "截止", "截止日期为", "截止时间为")
_GOVERNED = re.compile(rf"(?:{'|'.join(words('times', 'governor'))}|从|自)$")
_ADVERB = re.compile("|".join(words("times", "adverb")))
_BASELINE = ("比", "较", "与", "相对", "同", "以")
_BEFORE_SEASON = re.compile(
    r"(?:主汛期|汛期|采暖[期季]|供[暖热][期季]|封冻期?|枯水期|雨季|禁渔期|春耕|秋收|入冬|开学|春节|国庆节?)"
    r"(?:来临|到来|开始|结束)?[之以]?前(?![期后列沿])"
)
_SEASON = re.compile(r"(?:汛期|期间|时段|时期|期|季|采暖|供暖|禁渔|休渔)\($")
_DESCRIBED = re.compile(r",?(?:是|系|我国|恰逢|正值|既是|也是)")
_DOCUMENT = re.compile(r"[^,。;:、\n]{2,40}?(?:分工表|分解表|责任书|任务表|一览表|情况表)")
_APPRAISED = re.compile(r"[\u4e00-\u9fff]{0,4}(?:考核|考评|评比|述职)")
_OF_A_SEASON = re.compile(r"的[\u4e00-\u9fff]{0,6}[季期]")
_EACH_YEAR = re.compile(r"每年[^。;\n]*$")
_SENTENCE_CHARS = 60
_SENTENCE_START = ",。;:!?\n(、“)〕】]"
_CITED_CHARS = 120


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
    长期坚持 stand in the place of a deadline, ``deadlines`` cells of a column 完成时限. What ended before the
    notice's year, or stands in a part that looks back or describes, binds nothing.
    """
    around = context or Context(text)
    found = [
        *_dates(text, year, {start for start, _ in deadlines}),
        *recurrence.find(text),
        *(FoundTime(match.start(), match.end(), "by") for match in _BEFORE_SEASON.finditer(text)),
        *_slot_words(text, slots),
    ]
    kept: list[FoundTime] = []
    for time in sorted(found, key=lambda t: (t.start, -t.end)):
        history = around.past(time.until or time.since) or around.describes(time.start)
        if not history and (not kept or time.start >= kept[-1].end):
            kept.append(time)
    return kept


def _dates(text: str, year: int | None, slots: set[int]) -> Iterator[FoundTime]:
    for moment in moments.find(text, year):
        if time := _governed(text, moment, sure=moment.start in slots):
            yield time


def _governed(text: str, moment: Moment, *, sure: bool) -> FoundTime | None:
    """Read the words around a calendar expression: 到…, …前, 自…起; ``None`` if it binds nothing."""
    start, end = moment.start, moment.end
    compared = text.endswith(_BASELINE, 0, start) or baselines.dates(text, start, end)
    if compared or _named(text, start, end):
        return None
    reaching = text.endswith(_REACHING, 0, start)
    if (
        (text.startswith(("印发", "发布", "电"), end) and not reaching and not moment.closing)
        or _APPRAISED.match(text, end)
        or text.endswith(("去", "前", "去年底", "每年", "每学年"), max(0, start - 3), start)
    ):
        return None
    before = _BEFORE.match(text, end)
    if text[start] == "年" and _EACH_YEAR.search(text, max(0, start - _SENTENCE_CHARS), start):
        return FoundTime(start, before.end() if before else end, "every", every="P1Y")
    after = _AFTER.match(text, end)
    reached = start - 1 if reaching else start
    if before:
        return FoundTime(reached, before.end(), "by", None, moment.until)
    since = text[start - 1 : start] in ("自", "从")
    if since and not after and moment.until and moments.RANGE_TO.search(text, start, end):
        return FoundTime(start - 1, end, "during", moment.since, moment.until)
    if after or since:
        start -= since
        return FoundTime(start, after.end() if after else end, "from", moment.since)
    if reaching or moment.closing:
        return FoundTime(reached, end, "by", None, moment.until)
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
    line = max(text.rfind("\n", 0, start) + 1, start - _CITED_CHARS)
    if text.rfind("《", line, start) > text.rfind("》", line, start):
        return True
    return (
        text[start - 1 : start] == "("
        and text[end : end + 1] == ")"
        and not _SEASON.search(text, max(0, start - 6), start)
    )


def _slot_words(text: str, slots: Sequence[tuple[int, int]]) -> Iterator[FoundTime]:
    kinds: tuple[tuple[TimeKind, Callable[[str, int, int], re.Match[str] | None]], ...] = (
        ("ongoing", _ONGOING.search),
        ("vague", _VAGUE.search),
    )
    for start, end in slots:
        for kind, search in kinds:
            if match := search(text, max(0, start - 1), end):
                yield FoundTime(match.start() + 1, match.end(), kind)


_SLOT = r"[,:;(\[〔【\n\t](?:{})(?=[,;)\]〕】\n。]|$)"
_ONGOING = re.compile(_SLOT.format("|".join(words("times", "ongoing"))))
_VAGUE = re.compile(_SLOT.format("|".join(words("times", "vague"))))
