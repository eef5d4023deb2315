"""Sentences that a time governs without a target: ``每季度通报…``, ``…一月一调度``, ``自2018年起，…``, ``汛期前…``.

Each returns a sentence without its stop.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.evaluate.generate.passages import Passage, fill
from policygraph.evaluate.generate.times import by, during, last_day, month, since, year

if TYPE_CHECKING:
    from policygraph.evaluate.generate.scenes import Scene

SENTENCES = (
    "season", "on_day", "inner_year", "months", "since_year", "since_day", "every_quarter", "every_half", "every_year",
    "two_years", "every_month", "every_week", "round", "round_short", "within_days", "milestones", "span_years",
)  # fmt: skip
"""Forms that make a sentence of their own."""

_EVERY = {
    "every_quarter": (("每季度", "P3M"), ("每个季度", "P3M")),
    "every_half": (("每半年", "P6M"),),
    "every_year": (("每年", "P1Y"),),
    "two_years": (("每两年", "P2Y"), ("每2年", "P2Y")),
    "every_month": (("每月", "P1M"), ("每个月", "P1M")),
    "every_week": (("每周", "P1W"),),
}
_ROUNDS = (
    ("一月一", "P1M"),
    ("半年一", "P6M"),
    ("一季一", "P3M"),
    ("一年一", "P1Y"),
    ("一周一", "P1W"),
    ("每月一", "P1M"),
)
_SHORT = (("季调度", "P3M"), ("月通报", "P1M"), ("周调度", "P1W"), ("月调度", "P1M"))


def every(words: str, form: str, duration: str) -> Passage:
    """Return a time that recurs."""
    return Passage(words).marked("times", f"time={form}", kind="every", start=None, end=None, every=duration)


def sentence(scene: Scene) -> Passage:
    """Return a sentence, without its stop, that a time of its own kind governs."""
    form = scene.form("time", SENTENCES)
    if form in _EVERY:
        words, duration = scene.pick(_EVERY[form])
        return every(words, form, duration) + scene.phrase("routines")
    if form in ("round", "round_short"):
        return _round(scene, form)
    return _ONCE[form](scene, form)


def _round(scene: Scene, form: str) -> Passage:
    subject = scene.phrase("rounds")
    if form == "round_short":
        words, duration = scene.pick(_SHORT)
        return f"建立{subject}" + every(words, form, duration) + scene.pick(("机制", "制度"))
    words, duration = scene.pick(_ROUNDS)
    verb = "测" if subject.endswith("水质") else scene.pick(("调度", "通报", "督查"))
    return subject + every(words + verb, form, duration)


def _season(scene: Scene, form: str) -> Passage:
    return by(scene.pick(("汛期前", "采暖期前", "主汛期来临前")), form, None) + scene.phrase("actions")


def _on_day(scene: Scene, form: str) -> Passage:
    m, day = month(scene), scene.rng.randint(1, 28)
    at = f"{scene.year}-{m:02}-{day:02}"
    words = Passage(f"{scene.year}年{m}月{day}日")
    marked = words.marked("times", f"time={form}", kind="on", start=at, end=at, every=None)
    return fill(
        scene.pick(("{day}，统一组织集中宣传活动", "{day}正式启用管理信息系统", "于{day}全面启动集中攻坚行动")),
        day=marked,
    )


def _inner_year(scene: Scene, form: str) -> Passage:
    who, what = scene.word("shares")
    at = year(scene)
    when = during(f"{at}年", form, f"{at}-01-01", f"{at}-12-31")
    return (Passage(who) + when + f"全部{what}").marked("qualitative", "qualitative")


def _months(scene: Scene, form: str) -> Passage:
    first = month(scene, 9)
    last = scene.rng.randint(first + 1, 12)
    dash = scene.pick(("—", "-", "至", "～"))
    middle = "月" if dash == "至" else scene.pick(("", "月"))
    words = f"{first}{middle}{dash}{last}月"
    own = "" if scene.options.period != "years" else f"{scene.year}年"
    when = during(own + words, form, f"{scene.year}-{first:02}-01", last_day(scene.year, last))
    return when + scene.pick(("开展集中整治", "，组织开展专项督查", "开展“回头看”"))


def _since(scene: Scene, form: str) -> Passage:
    at, m = year(scene), month(scene)
    if form == "since_year":
        words, start = scene.pick((f"自{at}年起", f"从{at}年起", f"{at}年起")), f"{at}-01-01"
    else:
        words, start = f"自{scene.year}年{m}月1日起", f"{scene.year}-{m:02}-01"
    return since(words, form, start) + "，" + scene.pick(("全面推行清单化管理", "严格执行统一标准", "建立健全工作台账"))


def _within_days(scene: Scene, form: str) -> Passage:
    days = scene.pick((10, 15, 20, 30))
    unit = scene.pick(("日", "个工作日"))
    words = Passage(f"印发之日起{days}{unit}内").marked(
        "times", f"time={form}", kind="within", start=None, end=None, every=None, days=days
    )
    return (
        scene.pick(("自本方案", "自本通知", "自"))
        + words
        + "，"
        + scene.pick(("制定具体落实措施", "报送工作联络员名单"))
    )


def _milestones(scene: Scene, form: str) -> Passage:
    first = by(f"{scene.year}年底前", form, f"{scene.year}-12-31")
    at = scene.year + 1
    second = during(f"{at}年", form, f"{at}-01-01", f"{at}-12-31")
    return f"{scene.phrase('actions')}，力争" + first + "开工，" + second + "完成主体工程"


def _span_years(scene: Scene, form: str) -> Passage:
    years = scene.rng.randint(2, 5)
    words = Passage(scene.pick((f"用{years}年时间", f"用{years}年左右时间")))
    marked = words.marked("times", f"time={form}", kind="within", start=None, end=None, every=None, days=365 * years)
    return marked + "，" + "基本建立权责明晰、保障有力的长效机制"


_ONCE = {
    "season": _season, "on_day": _on_day, "inner_year": _inner_year, "months": _months, "since_year": _since,
    "since_day": _since, "within_days": _within_days, "milestones": _milestones, "span_years": _span_years,
}  # fmt: skip
