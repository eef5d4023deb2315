"""Numbers with their units: ``47.38亿立方米``, ``3—5个``, ``70%``, ``0.612``, ``千分之三``, ``一名``.

Values are exact decimal strings in the unit as written. A number inside a date, a document number, an ordinal
or a name is no quantity.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from policygraph.data import alternatives, table
from policygraph.text.anchored import Anchored
from policygraph.text.numerals import CHINESE, decimal

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNITS: dict[str, list[str]] = table("quantities")["units"]

_COMMITS: dict[str, list[str]] = table("quantities")["commits"]

COMMITS = alternatives([*_COMMITS["makes"], *_COMMITS["also"]])
"""A pattern for the verbs that commit to a count."""

_NUMBER = r"\d\d{0,11}(?:,\d{3})*(?:\.\d{1,8})?"
_MAGNITUDE = rf"(?:{alternatives(_UNITS['magnitude'])})"
_UNIT = (
    rf"(?:{_MAGNITUDE}?(?:{alternatives(_UNITS['measure'] + _UNITS['duration'] + _UNITS['classifier'])})"
    rf"|{_MAGNITUDE}(?![\u4e00-\u9fff])|:1(?![\d:.]))"
)
_QUANTITY = re.compile(
    rf"(?P<low>{_NUMBER})(?P<lowunit>{_UNIT}(?=[\-—~至]))?"
    rf"(?:[\-—~至]{{1,2}}(?P<high>{_NUMBER}))?(?P<unit>{_UNIT})?"
)
_FRACTION = Anchored(rf"(?P<base>[百千万])分之(?P<value>[{CHINESE}]{{1,4}}(?:点[{CHINESE}]{{1,3}})?)", "分之")
_PERSON = re.compile(alternatives(_UNITS["person"]))
_COUNT = re.compile(rf"(?<![第{CHINESE}\d每])(?P<value>[{CHINESE}]{{1,4}})$")
_HALF = Anchored(r"[占过到为](?:总[\u4e00-\u9fff]{1,3})?(?P<half>一半|半数)", "一半", "半数")
_SOME = rf"(?!一批)(?P<value>[{CHINESE}]{{1,3}})(?P<unit>{alternatives(_UNITS['classifier'])})"
_AT_LEAST = Anchored(rf"(?:至少|不少于)(?:{COMMITS}|有)?{_SOME}", "至少", "不少于")
_FOR_EACH = re.compile(rf"每[\u4e00-\u9fff()、]{{1,12}}?(?:{COMMITS}){_SOME}")
_ROUND = re.compile(
    rf"(?P<value>[百千万])(?<![“《].)(?P<unit>{alternatives(_UNITS['classifier'])})(?![百千万])"
    r"(?![\u4e00-\u9fff]{0,4}(?:计划|工程|行动))"
)
_MAKES = tuple(_COMMITS["makes"])
_WHOLE_AREA = ("全市", "全省", "全县", "全区")
_MADE = re.compile(
    r"(?P<value>[二两三四五六七八九十](?:(?<![两十])十[一二三四五六七八九]?|(?<=十)[一二三四五六七八九]?|(?<!十)))"
    rf"(?P<unit>{alternatives(_UNITS['classifier'])})(?=[\u4e00-\u9fff“(])"
    rf"(?![^,。;\n]{{0,12}}(?:{alternatives(_UNITS['abstract'])})(?:[,。;、\n和及]|$))"
)
_FRACTION_UNIT = {"百": "%", "千": "‰", "万": "‱"}
_NEVER = re.compile(rf"\s?(?:{alternatives(_UNITS['never'])}|[A-Za-z〕\]]|/\d|[万千百]?人民币)")
_NOT_BEFORE = frozenset("0123456789.〔_-第abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_MOST_YEARS = 100
_NUMERALS = frozenset(CHINESE + "0123456789.亿万余多几数上第")
_CLASSIFIERS = frozenset(_UNITS["classifier"])
_DURATIONS = frozenset(_UNITS["duration"])


class Quantity(Struct, frozen=True):
    """A number at ``start:end`` with its unit as written; ``unit`` is ``None`` for a bare number."""

    start: int
    end: int
    value: str
    value_max: str | None
    unit: str | None

    @property
    def counts(self) -> bool:
        """Tell whether the unit counts things (3个, 500家) and does not measure them."""
        return self.unit is not None and self.unit.lstrip("百千万亿十") in _CLASSIFIERS

    @property
    def lasts(self) -> bool:
        """Tell whether the unit is of time (48小时, 4个月)."""
        return self.unit in _DURATIONS


def find(text: str) -> Iterator[Quantity]:
    """Yield the quantities of a compact text, in order."""
    found = [*_arabic(text), *_chinese(text)]
    return iter(sorted(found, key=lambda quantity: quantity.start))


def _arabic(text: str) -> Iterator[Quantity]:
    for match in _QUANTITY.finditer(text):
        start, end = match.span()
        before = text[start - 1 : start]
        if before in _NOT_BEFORE or (before == "/" and text[start - 2 : start - 1].isdigit()):
            continue
        low, low_unit, high, unit = match.groups()
        unit = unit or low_unit
        if unit is None and _NEVER.match(text, end):
            continue
        value = decimal(low)
        dated = unit == "年" and int(float(low.replace(",", ""))) > _MOST_YEARS
        if value is not None and not dated:
            yield Quantity(start, end, value, decimal(high) if high else None, unit)


def _chinese(text: str) -> Iterator[Quantity]:
    """Yield fractions, counts of people and of what is made in Chinese numerals; other counts are often idiom."""
    for match in _FRACTION.finditer(text):
        whole, _, part = match["value"].partition("点")
        value = decimal(whole)
        if value is not None:
            value += "." + "".join(decimal(digit) or "" for digit in part) if part else ""
            yield Quantity(match.start(), match.end(), value, None, _FRACTION_UNIT[match["base"]])
    for match in _HALF.finditer(text):
        yield Quantity(match.start("half"), match.end(), "50", None, "%")
    for match in {one.start("value"): one for form in (_AT_LEAST, _FOR_EACH) for one in form.finditer(text)}.values():
        if (value := decimal(match["value"])) and match["unit"] not in _UNITS["person"]:
            yield Quantity(match.start("value"), match.end(), value, None, match["unit"])
    for match in _MADE.finditer(text):
        verb_end = match.start() - 2 * text.endswith(_WHOLE_AREA, 0, match.start())
        if match["unit"] not in _UNITS["person"] and text.endswith(_MAKES, 0, verb_end):
            yield Quantity(match.start("value"), match.end(), decimal(match["value"]) or "", None, match["unit"])
    for match in _ROUND.finditer(text):
        if not match.start() or text[match.start() - 1] not in _NUMERALS:
            yield Quantity(match.start(), match.end(), decimal(match["value"]) or "", None, match["unit"])
    for match in _PERSON.finditer(text):
        count = _COUNT.search(text, max(0, match.start() - 5), match.start())
        value = decimal(count["value"]) if count else None
        if count and value is not None:
            yield Quantity(count.start(), match.end(), value, None, match.group())
