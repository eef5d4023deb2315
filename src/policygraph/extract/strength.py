"""How strongly a task or a target is meant: 必须, 确保, 严禁 bind; 力争, 原则上 aspire; 鼓励, 支持, 探索 encourage."""

from __future__ import annotations

import re

from policygraph.data import alternatives, table
from policygraph.models import Grade, Strength

_GRADE: dict[str, Grade] = {word: entry["name"] for entry in table("strength")["grade"] for word in entry["words"]}
_FIRMEST: tuple[Grade, ...] = tuple(entry["name"] for entry in table("strength")["grade"])
_MUST = "须"
_MEANT = r"须(?<![无毋勿]须)(?!知)"  # 无须 and 须知 oblige nobody
_WORD = re.compile(f"{alternatives(word for word in _GRADE if word != _MUST)}|{_MEANT}")


def find(text: str, start: int, end: int) -> Strength | None:
    """Return the firmest strength that ``text[start:end]`` shows, with the first word of it; ``None`` if none does.

    >>> find("力争2018年底前完成,确保安全", 0, 15)
    Strength(grade='binding', word='确保')
    """
    shown: dict[Grade, str] = {}
    for match in _WORD.finditer(text, start, end):
        shown.setdefault(_GRADE[match.group()], match.group())
    if not shown:
        return None
    return next((Strength(grade, shown[grade]) for grade in _FIRMEST if grade in shown), None)
