"""Numbers with their units: ``47.38亿立方米``, ``3—5个``, ``70%``, ``0.612``.

Values are exact decimal strings in the unit as written. A number inside a date, a document number, an ordinal
or a name is no quantity.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygraph.data import table
from policygraph.text.numerals import decimal

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNITS: dict[str, list[str]] = table("quantities")["units"]


def _alternatives(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_NUMBER = r"\d{1,12}(?:,\d{3})*(?:\.\d{1,8})?"
_UNIT = rf"(?:{_alternatives(_UNITS['magnitude'])})?(?:{_alternatives(_UNITS['measure'] + _UNITS['classifier'])})"
_QUANTITY = re.compile(
    rf"(?<![\d.A-Za-z〔/_\-第])(?P<low>{_NUMBER})(?P<lowunit>{_UNIT})?"
    rf"(?:[\-—~至]{{1,2}}(?P<high>{_NUMBER}))?(?P<unit>{_UNIT})?"
)
_NEVER = re.compile(rf"\s?(?:{_alternatives(_UNITS['never'])}|[A-Za-z〕\]/]|[万千百]?人民币)")
_CLASSIFIERS = frozenset(_UNITS["classifier"])


@dataclass(frozen=True, slots=True)
class Quantity:
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


def find(text: str) -> Iterator[Quantity]:
    """Yield the quantities of a compact text, in order."""
    for match in _QUANTITY.finditer(text):
        if _NEVER.match(text, match.end()):
            continue
        value = decimal(match["low"])
        if value is None:
            continue
        high = decimal(match["high"]) if match["high"] else None
        unit = match["unit"] or match["lowunit"]
        yield Quantity(match.start(), match.end(), value, high, unit)
