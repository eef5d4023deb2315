"""Targets of a level or a change: ``污水处理率达到95%以上``, ``用水总量控制在47.38亿立方米``, ``较2015年下降10%``.

A form is an indicator of the topic × comparator words × a quantity. Each returns a clause without its stop, all of
whose targets are due on the day given.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from policygraph.evaluate.generate.passages import Passage

if TYPE_CHECKING:
    from collections.abc import Callable

    from policygraph.evaluate.generate.scenes import Scene

Amount = tuple[str, str]

_DECIMALS = 3
_LARGE = 1000
_HAN = "零一二三四五六七八九"
_TENS = 10


def number(scene: Scene, low: float, high: float) -> tuple[str, str]:
    """Return a number as written and its value: ``1,200`` and ``1200``."""
    if isinstance(low, int) and isinstance(high, int):
        value = scene.rng.randint(low, high)
        if value >= _LARGE:
            value -= value % (50 if value < 10 * _LARGE else 1000)
        written = f"{value:,}" if value >= _LARGE and scene.chance(0.15) else str(value)
        return written, str(value)
    places = _DECIMALS if high < 1 else scene.rng.randint(1, 2)
    plain = f"{scene.rng.uniform(low, high):.{places}f}".rstrip("0").rstrip(".")
    return plain, plain


def part(scene: Scene, low: float, high: float, unit: str) -> tuple[str, str]:
    """Return a number of a measure; percentages sometimes have decimals."""
    if unit == "%" and isinstance(low, int) and scene.chance(0.2):
        plain = f"{scene.rng.uniform(low, high):.1f}".removesuffix(".0")
        return plain, plain
    return number(scene, low, high)


def target(words: Passage | str, form: str, indicator: str, sign: str, amount: Amount, **more: Any) -> Passage:  # noqa: ANN401
    """Return the words marked as a target; an amount is a value and its unit, empty if it has none."""
    value, unit = amount
    fields = {"indicator": indicator, "comparator": sign, "value": value, "unit": unit or None}
    fields |= {"due": None, "baseline": None} | more
    return (Passage() + words).marked("targets", form, **fields)


def clause(scene: Scene, due: str | None) -> Passage:
    """Return a clause with a target of a level or a change."""
    usable = [name for name, (needs, _) in _FORMS.items() if _entries(scene, needs)]
    form = scene.form("measure", usable)
    needs, write = _FORMS[form]
    entry = scene.deal(f"entry:{needs}", _entries(scene, needs))
    return _led(scene, write(scene, f"measure={form}", entry, due))


def _entries(scene: Scene, needs: str) -> list[Any]:
    """Return the topic's entries that a form can be written with: ``least%`` are those in percent."""
    kind, _, unit = needs.partition(":")
    entries = [entry for name in kind.split("+") for entry in scene.topic[name]]
    if unit == "none":
        return [entry for entry in entries if entry[1] == ""]
    entries = [entry for entry in entries if entry[1] != ""]
    return [entry for entry in entries if entry[1] == "%"] if unit == "percent" else entries


def _led(scene: Scene, words: Passage) -> Passage:
    """Put 力争 or 全市 before a clause now and then."""
    lead = scene.pick(("", "", "", "", "力争", "确保", scene.whole, f"力争{scene.whole}"))
    return Passage(lead) + words


def _level(words: str, sign: str, suffix: str = "") -> Callable[..., Passage]:
    """Return the writer of ``indicator words number unit suffix``; the words are alternatives separated by ``|``."""

    def write(scene: Scene, form: str, entry: list[Any], due: str | None) -> Passage:
        indicator, unit, low, high = entry
        written, value = part(scene, low, high, unit)
        said = indicator + scene.pick(words.split("|")) + written + unit + scene.pick(suffix.split("|"))
        return target(said, form, indicator, sign, (value, unit), due=due)

    return write


def _change(words: str, sign: str, change: str, suffix: str = "") -> Callable[..., Passage]:
    """Return the writer of an amount of change: 增长8%以上."""

    def write(scene: Scene, form: str, entry: list[Any], due: str | None) -> Passage:
        indicator, unit, low, high = entry
        written, value = part(scene, low, high, unit)
        said = indicator + scene.pick(words.split("|")) + written + unit + scene.pick(suffix.split("|"))
        return target(said, form, indicator, sign, (value, unit), due=due, change=change)

    return write


def _points(scene: Scene, form: str, entry: list[Any], due: str | None) -> Passage:
    indicator = entry[0]
    value = scene.pick(("1", "2", "3", "5", "1.5", "2.2"))
    said = f"{indicator}提高{value}个百分点{scene.pick(('', '以上'))}"
    return target(said, form, indicator, ">=", (value, "个百分点"), due=due, change="increase")


def _cut_since(scene: Scene, form: str, entry: list[Any], due: str | None) -> Passage:
    indicator, unit, low, high = entry
    written, value = part(scene, low, high, unit)
    base = f"{scene.year - scene.rng.randint(1, 5)}年"
    verb = scene.pick(("下降", "降低", "减少"))
    said = f"{indicator}{scene.pick(('较', '比'))}{base}{verb}{written}{unit}{scene.pick(('', '以上'))}"
    return target(said, form, indicator, ">=", (value, unit), due=due, change="decrease", baseline=base)


def _from_to(scene: Scene, form: str, entry: list[Any], due: str | None) -> Passage:
    indicator, unit, low, high = entry
    middle = (low + high) // 2
    before, after = scene.rng.randint(low, middle - 1), scene.rng.randint(middle, high)
    verb = scene.pick(("提高到", "提高至", "提升到"))
    said = f"{indicator}由{before}{unit}{verb}{after}{unit}{scene.pick(('', '以上'))}"
    return target(said, form, indicator, ">=", (str(after), unit), due=due, baseline=f"{before}{unit}")


def _operator(scene: Scene, form: str, entry: list[Any], due: str | None) -> Passage:
    indicator, unit, low, high = entry
    written, value = part(scene, low, high, unit)
    symbol, sign = ("≤", "<=") if entry in scene.topic["most"] else ("≥", ">=")
    return target(f"{indicator}{symbol}{written}{unit}", form, indicator, sign, (value, unit), due=due)


def _coefficient(scene: Scene, form: str, entry: list[Any], due: str | None) -> Passage:
    indicator, unit, low, high = entry
    written, value = part(scene, low, high, unit)
    if entry in scene.topic["most"]:
        said = f"{indicator}{scene.pick(('控制在', '降至'))}{written}{scene.pick(('以下', '以内'))}"
        return target(said, form, indicator, "<=", (value, ""), due=due)
    return target(f"{indicator}达到{written}以上", form, indicator, ">=", (value, ""), due=due)


def _percent_words(scene: Scene, form: str, entry: list[Any], due: str | None) -> Passage:
    indicator, unit, low, high = entry
    value = scene.rng.randint(low, high)
    tens, ones = divmod(value, _TENS)
    said = ("" if tens == 0 else "十" if tens == 1 else _HAN[tens] + "十") + (_HAN[ones] if ones else "")
    words = f"{indicator}达到百分之{said}{scene.pick(('', '以上'))}"
    return target(words, form, indicator, ">=", (str(value), unit), due=due)


def _severally(scene: Scene, form: str, entry: list[Any], due: str | None) -> Passage:
    names, unit, low, high = entry
    indicators = re.split("、|和", names)
    numbers = [part(scene, low, high, unit) for _ in indicators]
    said = scene.pick(("分别达到", "分别达", "分别提高到"))
    values = f"{unit}、".join(written for written, _ in numbers[:-1]) + f"{unit}和{numbers[-1][0]}{unit}"
    suffix = scene.pick(("", "以上"))
    words = Passage(f"{names}{said}{values}{suffix}")
    for indicator, (_, value) in reversed(list(zip(indicators, numbers, strict=True))):
        words = target(words, form, indicator, ">=", (value, unit), due=due)
    return words


def _both(scene: Scene, form: str, entry: list[Any], due: str | None) -> Passage:
    names, unit, low, high = entry
    written, value = part(scene, low, high, unit)
    words = Passage(f"{names}{scene.pick(('均达到', '均达', '均提高到'))}{written}{unit}{scene.pick(('', '以上'))}")
    for indicator in reversed(re.split("、|和", names)):
        words = target(words, form, indicator, ">=", (value, unit), due=due)
    return words


_FORMS: dict[str, tuple[str, Callable[..., Passage]]] = {
    "reach": ("least", _level("达到", ">=")),
    "reach_above": ("least", _level("达到", ">=", "以上")),
    "come_to": ("least", _level("达", ">=")),
    "raise_to": ("least:percent", _level("提高到|提高至|提升到|提升至", ">=")),
    "not_below": ("least", _level("不低于|不得低于|不少于", ">=")),
    "bare_above": ("least:percent", _level("", ">=", "以上")),
    "exceed": ("least", _level("超过|突破", ">")),
    "hold_under": ("most", _level("控制在", "<=", "以内|以下")),
    "hold_at": ("most", _level("控制在", "<=")),
    "not_above": ("most", _level("不超过|不高于|不得超过", "<=")),
    "lower_to": ("most", _level("降至|降到|下降到|降低到", "<=", "|以下|以内")),
    "below": ("most", _level("低于|小于", "<")),
    "keep": ("steady", _level("保持在|稳定在", "=")),
    "keep_about": ("steady", _level("保持在|稳定在", "~", "左右")),
    "keep_above": ("least", _level("保持在|稳定在", ">=", "以上")),
    "about": ("least", _level("达到", "~", "左右")),
    "from_to": ("least:percent", _from_to),
    "grow": ("growth", _change("增长|提高|增加", ">=", "increase", "|以上")),
    "grow_about": ("growth", _change("增长", "~", "increase", "左右")),
    "grow_yearly": ("growth", _change("年均增长", ">=", "increase", "|以上")),
    "points": ("least:percent", _points),
    "cut_since": ("cuts", _cut_since),
    "cut": ("cuts", _change("下降|降低|减少", ">=", "decrease", "|以上")),
    "severally": ("pairs", _severally),
    "both": ("pairs", _both),
    "coefficient": ("least+most:none", _coefficient),
    "operator": ("least+most:none", _operator),
    "percent_words": ("least:percent", _percent_words),
}
