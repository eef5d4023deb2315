"""Targets that count: ``新增3个灌区``, ``新建污水管网35公里``, ``8个保护区全部完成规范化建设``, ``48小时内办结``.

Each form returns a clause without its stop; the thing counted is the indicator, its verb is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policygraph.evaluate.generate import times
from policygraph.evaluate.generate.measures import Amount, number, target
from policygraph.evaluate.generate.passages import Passage

if TYPE_CHECKING:
    from collections.abc import Callable

    from policygraph.evaluate.generate.scenes import Scene

_HAN = {2: "两", 3: "三", 4: "四", 5: "五", 6: "六", 8: "八", 10: "十"}
_SMALL = 60
_BUILT = ("座", "处", "条", "套", "所", "户")


def clause(scene: Scene, due: str | None) -> Passage:
    """Return a clause with a counted target, without a date of its own."""
    form = scene.form("count", list(_FORMS))
    return _FORMS[form](scene, f"count={form}", due)


def _counted(scene: Scene, *, small: bool = False) -> tuple[str, str, str, str, str]:
    """Return verb, thing, classifier, number as written and value of one of the topic's counts."""
    counts = scene.topic["counts"]
    entries = [entry for entry in counts if entry[4] <= _SMALL] if small else counts
    verb, thing, unit, low, high = scene.deal(f"counts:{small}", entries)
    return (verb, thing, unit, *number(scene, low, high))


def _mark(words: str, form: str, thing: str, amount: Amount, **more: Any) -> Passage:  # noqa: ANN401
    return target(words, form, thing, more.pop("sign", ">="), amount, **more)


def _verb_first(scene: Scene, form: str, due: str | None) -> Passage:
    verb, thing, unit, written, value = _counted(scene)
    return _mark(f"{verb}{written}{unit}{thing}", form, thing, (value, unit), due=due)


def _thing_first(scene: Scene, form: str, due: str | None) -> Passage:
    verb, thing, unit, written, value = _counted(scene)
    return _mark(f"{verb}{thing}{written}{unit}", form, thing, (value, unit), due=due)


def _above(scene: Scene, form: str, due: str | None) -> Passage:
    verb, thing, unit, written, value = _counted(scene)
    words = scene.pick((f"{verb}{written}{unit}以上{thing}", f"{verb}{thing}{written}{unit}以上"))
    return _mark(words, form, thing, (value, unit), due=due)


def _not_less(scene: Scene, form: str, due: str | None) -> Passage:
    verb, thing, unit, written, value = _counted(scene)
    words = scene.pick((f"{verb}不少于{written}{unit}{thing}", f"{verb}{thing}不少于{written}{unit}"))
    return _mark(words, form, thing, (value, unit), due=due)


def _at_least(scene: Scene, form: str, due: str | None) -> Passage:
    verb, thing, unit, written, value = _counted(scene, small=True)
    return _mark(f"至少{verb}{written}{unit}{thing}", form, thing, (value, unit), due=due)


def _per_unit(scene: Scene, form: str, due: str | None) -> Passage:
    verb, thing, unit, _, _ = _counted(scene, small=True)
    value = str(scene.rng.randint(1, 3))
    each = scene.pick(("每个县（市、区）", "每个乡镇", "每个重点园区"))
    words = scene.pick((f"{each}至少{verb}{value}{unit}{thing}", f"{each}{verb}{value}{unit}以上{thing}"))
    return _mark(words, form, thing, (value, unit), due=due)


def _range(scene: Scene, form: str, due: str | None) -> Passage:
    verb, thing, unit, _, value = _counted(scene, small=True)
    most = str(int(value) + scene.rng.randint(1, 5))
    words = f"{verb}{value}{scene.pick(('—', '-', '～', '至', '~'))}{most}{unit}{thing}"
    return _mark(words, form, thing, (value, unit), value_max=most, due=due)


def _listed(scene: Scene, form: str, due: str | None) -> Passage:
    first, second = _counted(scene), _counted(scene)
    verb = first[0]
    if scene.chance(0.5):
        one = _mark(f"{verb}{first[3]}{first[2]}{first[1]}", form, first[1], (first[4], first[2]), due=due)
        two = _mark(f"{second[3]}{second[2]}{second[1]}", form, second[1], (second[4], second[2]), due=due)
    else:
        one = _mark(f"{verb}{first[1]}{first[3]}{first[2]}", form, first[1], (first[4], first[2]), due=due)
        two = _mark(f"{second[1]}{second[3]}{second[2]}", form, second[1], (second[4], second[2]), due=due)
    return one + scene.pick(("、", "、", "和")) + two


def _length(scene: Scene, form: str, due: str | None) -> Passage:
    verb, thing, unit, low, high = scene.word("lengths")
    written, value = number(scene, low, high)
    words = f"{verb}{written}{unit}{thing}" if form == "count=length" else f"{verb}{thing}{written}{unit}"
    return _mark(words, form, thing, (value, unit), due=due)


def _all_done(scene: Scene, form: str, due: str | None) -> Passage:
    thing, unit, what = scene.word("done")
    value = str(scene.rng.randint(3, 40))
    whole = scene.pick(("", scene.whole))
    return Passage(whole) + _mark(f"{value}{unit}{thing}全部{what}", form, thing, (value, unit), due=due)


def _share(scene: Scene, form: str, due: str | None) -> Passage:
    who, what = scene.word("shares")
    if scene.chance(0.5):
        return _mark(f"{who}100%{what}", form, who + what, ("100", "%"), due=due)
    value = str(scene.rng.randint(50, 98))
    return _mark(f"{value}%以上的{who}{what}", form, who + what, (value, "%"), due=due)


def _limit(scene: Scene, form: str, due: str | None) -> Passage:
    unit, low, high, what = scene.word("limits")
    value = str(scene.rng.randint(low, high))
    return _mark(f"{value}{unit}内{what}", form, what, (value, unit), sign="<=", due=due)


def _term(scene: Scene, form: str, due: str | None) -> Passage:
    indicator, unit, low, high = scene.word("terms")
    value = str(scene.rng.randint(low, high))
    words = (
        f"{indicator}{scene.pick(('压缩至', '缩短至', '压缩到', '控制在'))}{value}{unit}{scene.pick(('以内', '之内'))}"
    )
    return _mark(words, form, indicator, (value, unit), sign="<=", due=due)


def _in_words(scene: Scene, form: str, due: str | None) -> Passage:
    verb, thing, unit, _, _ = _counted(scene, small=True)
    value = scene.pick(sorted(_HAN))
    return _mark(f"{verb}{_HAN[value]}{unit}{thing}", form, thing, (str(value), unit), due=due)


def _person(scene: Scene, form: str, due: str | None) -> Passage:
    who = scene.pick(("分管领导", "联络员", "业务骨干"))
    value = scene.pick(("一", "两"))
    words = f"{scene.pick(('指定', '明确', '确定'))}{value}名{who}"
    return _mark(words, form, who, ("1" if value == "一" else "2", "名"), due=due)


def trailing(scene: Scene) -> Passage:
    """Return a clause whose date stands behind it: 实施2个东水西调工程，9月底前完工."""
    verb, thing, unit, written, value = _counted(scene)
    when, due = times.lead_in(scene, closing=True)
    words = _mark(f"{verb}{written}{unit}{thing}", "count=trailing_due", thing, (value, unit), due=due)
    ends = ("全面完成", "取得实效", "完工") if unit in _BUILT else ("全面完成", "取得实效")
    return words + "，" + when + scene.pick(ends)


_FORMS: dict[str, Callable[[Scene, str, str | None], Passage]] = {
    "verb_first": _verb_first, "thing_first": _thing_first, "above": _above, "not_less": _not_less,
    "at_least": _at_least, "range": _range, "listed": _listed, "length": _length, "length_first": _length,
    "all_done": _all_done, "share": _share, "limit": _limit, "term": _term, "words": _in_words, "person": _person,
    "per_unit": _per_unit,
}  # fmt: skip
