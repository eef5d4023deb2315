"""Baselines: what a value is compared with, which is no target itself: 由2021年的47%提高到55%, 较2023年, 同比.

A baseline stands between what is measured and the verb of change, so it ends the words of an indicator. Its own year
dates nothing that is to be reached.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policygraph.extract.quantities import Quantity

_YEAR = r"(?:\d{4}|[去上前]一?)年度?(?:年?[底末初])?"
_THEN = rf"(?:(?:{_YEAR}|目前|当前|现在|现有)的?)?"
_PERIOD = (
    rf"(?:{_YEAR}(?:同期|同月)?|[“\"]?十[一二三四五六七]五[”\"]?(?:时期|期间|期?末)?|去年同期|同期|基期|上月|上季度)"
)
_RISES = (
    r"(?:左右)?(?:逐步|稳步)?(?:提高|提升|增加|增长|上升|扩大|下降|降低|减少|压缩|压减|缩短|[降增升减缩扩][到至为])"
)
_FROM = re.compile(rf"[由从]{_THEN}$")
_RISES_TO = re.compile(_RISES)
_DATED = re.compile(rf"的?[\d.,]+[^\d,。;]{{0,6}}?{_RISES}")
_ENDING = re.compile(
    rf"[由从同环较比](?:(?<=[由从]){_THEN}[\d.,]+[^,。;]{{0,9}}|(?<=[同环])比|(?<=[较比])(?<!占比){_PERIOD})"
    r"(?:相比|累计|平均|再|,)*$"
)
_STATED = re.compile(
    rf"[较比由从](?:(?<=[较比])(?<!占比)(?P<period>{_PERIOD})"
    rf"|(?<=[由从])(?P<value>{_THEN}[\d.,]+[%‰\u4e00-\u9fff]{{0,6}}?)(?={_RISES}))"
)


def states(text: str, start: int, quantity: Quantity) -> bool:
    """Tell whether a quantity of the clause that begins at ``start`` is what a value rises or falls from."""
    return bool(_FROM.search(text, start, quantity.start) and _RISES_TO.match(text, quantity.end))


def dates(text: str, start: int, end: int) -> bool:
    """Tell whether a date at ``start:end`` is that of a baseline (由2021年的47%提高到…)."""
    return text[start - 1 : start] in ("由", "从") and _DATED.match(text, end) is not None


def cut(text: str, start: int, end: int) -> int:
    """Return where the baseline begins that ends the words ``start:end``, or ``end`` if none does.

    >>> words = "单位能耗较2023年"
    >>> words[: cut(words, 0, len(words))]
    '单位能耗'
    """
    match = _ENDING.search(text, start, end)
    return match.start() if match else end


def find(text: str, start: int, end: int) -> str | None:
    """Return the baseline in ``start:end`` as written, without 较 or 由.

    >>> find("参保率由2021年的47%提高到55%", 0, 17)
    '2021年的47%'
    """
    match = _STATED.search(text, start, end)
    return (match["period"] or match["value"]) if match else None
