"""Times that bind an action, with the interval they mean: ``2018年底前``, ``9月底前``, ``自2018年起``, ``一月一测``.

A lead-in opens a sentence (``到2020年``) and governs what follows; a deadline stands in a statement or a column of its
own. A year is left out only where the notice's own year plainly stands for it.
"""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING

from policygraph.evaluate.generate.passages import Passage

if TYPE_CHECKING:
    from policygraph.evaluate.generate.scenes import Scene

Timed = tuple[Passage, str | None]
"""A time's words and the day it ends."""

_HAN = "〇一二三四五六七八九"
_PLANS = {2016: "十三五", 2021: "十四五"}
_LAST_MONTH, _HALF, _SPRING = 12, 6, 5
LEAD_INS = (
    "year_end", "year_end_again", "bare_end", "month_end", "year_month_end", "day_before", "to_year", "to_year_end",
    "plan_end", "plain_end", "month_before", "han_year_end", "year", "half", "quarter", "plan_during", "within_year",
    "third",
)  # fmt: skip
_ELIDED = ("bare_end", "month_end", "month_before", "half", "quarter", "within_year", "third")


_CLOSING = ("year_end", "year_end_again", "bare_end", "month_end", "year_month_end", "day_before", "to_year_end")


def lead_in(scene: Scene, *, closing: bool = False) -> Timed:
    """Return a time that opens a sentence, or, ``closing``, one by which something is done."""
    forms = _CLOSING if closing else LEAD_INS
    usable = [form for form in forms if not (form in _ELIDED and scene.options.period == "years")]
    form = scene.form("time", usable)
    return _LEAD[form](scene, form)


def year(scene: Scene) -> int:
    """Return a year of the plan."""
    return scene.rng.randint(scene.year, scene.last)


def month(scene: Scene, last: int = 11) -> int:
    """Return a month between that of issue and ``last``."""
    return scene.rng.randint(scene.issued.month + 1, last)


def by(words: str, form: str, end: str | None) -> Passage:
    """Return a time by whose end something is done."""
    return Passage(words).marked("times", f"time={form}", kind="by", start=None, end=end, every=None)


def during(words: str, form: str, start: str, end: str) -> Passage:
    """Return a time within which something is done."""
    return Passage(words).marked("times", f"time={form}", kind="during", start=start, end=end, every=None)


def since(words: str, form: str, start: str | None) -> Passage:
    """Return a time from which something holds."""
    return Passage(words).marked("times", f"time={form}", kind="from", start=start, end=None, every=None)


def last_day(of_year: int, of_month: int) -> str:
    """Return the ISO date of a month's last day."""
    return f"{of_year}-{of_month:02}-{monthrange(of_year, of_month)[1]:02}"


def _year_end(scene: Scene, form: str) -> Timed:
    at = year(scene)
    end = f"{at}-12-31"
    words = {
        "year_end": scene.pick((f"{at}年底前", f"{at}年底以前", f"{at}年底之前")),
        "year_end_again": f"{at}年年底前",
        "to_year_end": scene.pick((f"到{at}年底", f"到{at}年末", f"至{at}年底")),
        "plain_end": f"{at}年底",
        "han_year_end": "".join(_HAN[int(digit)] for digit in str(at)) + "年底前",
    }
    return by(words[form], form, end), end


def _to_year(scene: Scene, form: str) -> Timed:
    at = scene.last
    return by(f"到{at}年", form, f"{at}-12-31"), f"{at}-12-31"


def _bare_end(scene: Scene, form: str) -> Timed:
    end = f"{scene.year}-12-31"
    return by(scene.pick(("年底前", "年底之前")), form, end), end


def _month_end(scene: Scene, form: str) -> Timed:
    at = month(scene)
    end = last_day(scene.year, at)
    words = {
        "month_end": scene.pick((f"{at}月底前", f"{at}月底之前", f"{at}月底")),
        "month_before": scene.pick((f"{at}月前", f"{at}月份前")),
        "year_month_end": scene.pick((f"{scene.year}年{at}月底前", f"{scene.year}年{at}月底")),
    }
    return by(words[form], form, end), end


def _day_before(scene: Scene, form: str) -> Timed:
    at, day = month(scene), scene.pick((10, 15, 20, 28))
    end = f"{scene.year}-{at:02}-{day:02}"
    elided = "" if scene.options.period != "years" and scene.chance(0.5) else f"{scene.year}年"
    return by(f"{elided}{at}月{day}日{scene.pick(('前', '之前'))}", form, end), end


def _plan(scene: Scene, form: str) -> Timed:
    first = max(start for start in _PLANS if start <= scene.year)
    start, end = f"{first}-01-01", f"{first + 4}-12-31"
    if form == "plan_end":
        return by(scene.pick(("到“{}”末", "“{}”末", "到“{}”期末")).format(_PLANS[first]), form, end), end
    return during(scene.pick(("“{}”期间", "“{}”时期")).format(_PLANS[first]), form, start, end), end


def _year(scene: Scene, form: str) -> Timed:
    at = year(scene)
    return during(f"{at}年", form, f"{at}-01-01", f"{at}-12-31"), f"{at}-12-31"


def _half(scene: Scene, form: str) -> Timed:
    second = scene.issued.month >= _SPRING
    start, end = (
        (f"{scene.year}-07-01", f"{scene.year}-12-31") if second else (f"{scene.year}-01-01", f"{scene.year}-06-30")
    )
    words = scene.pick(("", f"{scene.year}年")) + ("下半年" if second else "上半年")
    return during(words, form, start, end), end


def _quarter(scene: Scene, form: str) -> Timed:
    number = scene.rng.randint((scene.issued.month - 1) // 3 + 2, 4)
    start, end = f"{scene.year}-{3 * number - 2:02}-01", last_day(scene.year, 3 * number)
    words = scene.pick(("", "第")) + "零一二三四"[number] + "季度"
    return during(scene.pick(("", f"{scene.year}年")) + words, form, start, end), end


def _within_year(scene: Scene, form: str) -> Timed:
    return during("年内", form, f"{scene.year}-01-01", f"{scene.year}-12-31"), f"{scene.year}-12-31"


def _third(scene: Scene, form: str) -> Timed:
    at = month(scene)
    name, first, last = scene.pick((("上旬", 1, 10), ("中旬", 11, 20), ("下旬", 21, 0)))
    end = f"{scene.year}-{at:02}-{last:02}" if last else last_day(scene.year, at)
    if scene.chance(0.5):
        return by(f"{at}月{name}前", form, end), end
    return during(f"{at}月{name}", form, f"{scene.year}-{at:02}-{first:02}", end), end


_LEAD = {
    "to_year": _to_year, "bare_end": _bare_end, "day_before": _day_before, "plan_end": _plan, "plan_during": _plan,
    "year": _year, "half": _half, "quarter": _quarter, "within_year": _within_year, "third": _third,
    **dict.fromkeys(("year_end", "year_end_again", "to_year_end", "plain_end", "han_year_end"), _year_end),
    **dict.fromkeys(("month_end", "month_before", "year_month_end"), _month_end),
}  # fmt: skip


def deadline(scene: Scene) -> Passage:
    """Return what stands behind 完成时限: or in a column of deadlines."""
    at, own = year(scene), scene.year
    of_year = [by(f"{at}年底", "deadline", f"{at}-12-31"), by(f"{at}年底前", "deadline", f"{at}-12-31")]
    m = month(scene)
    of_month = [
        by(f"{own}年{m}月底", "deadline", last_day(own, m)),
        by(f"{own}年{m}月底前", "deadline", last_day(own, m)),
        during(f"{own}年{m}月", "deadline", f"{own}-{m:02}-01", last_day(own, m)),
    ]
    elided = [
        by(f"{m}月底前", "deadline", last_day(own, m)),
        during(f"{m}月", "deadline", f"{own}-{m:02}-01", last_day(own, m)),
    ]
    words: Passage = scene.pick(of_year + of_month + (elided if scene.options.period == "year" else []))
    return words


def closing(scene: Scene) -> Passage:
    """Return a deadline that opens a statement: 2018年底前."""
    at = year(scene)
    return by(f"{at}年底前", "deadline", f"{at}-12-31")


def unending(scene: Scene) -> Passage:
    """Return words that stand in the place of a deadline and set none."""
    kind, words = scene.pick(
        [
            ("ongoing", "长期坚持"),
            ("ongoing", "持续推进"),
            ("vague", "近期"),
            ("vague", "尽快"),
            ("vague", "按进度推进"),
        ]
    )
    return Passage(words).marked("times", f"time={kind}", kind=kind, start=None, end=None, every=None)
