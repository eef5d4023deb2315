"""Where a notice speaks from: its issuer's place, the places above it and its year.

佳木斯市人民政府办公室 speaks from 佳木斯市 in 黑龙江省; 荆州市沙市区人民政府 from 沙市区, not 荆州市. A place that the
registry does not list (a fictional 安和市) is known by its name. Of several 鼓楼区 the document number may tell which;
else the name stands for itself.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from policygraph import registry
from policygraph.registry import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policygraph.models import Elements
    from policygraph.registry.places import Level

COUNTRY = "CN"
_BEFORE_A_PLACE = re.compile(r"中共|中国共产党|共青团")
_OF_THE_CENTRE = ("国务院", "中央")
_LEVELS: tuple[tuple[Level, tuple[str, ...]], ...] = (
    ("county", ("自治县", "新区", "开发区", "实验区", "县", "区", "旗")),
    ("province", ("自治区", "特别行政区", "省")),
    ("prefecture", ("市", "州", "盟", "地区")),
    ("township", ("镇", "乡", "街道")),
)


class Setting(Struct, frozen=True):
    """A place with those above it, nearest first and without the country; ``notice`` tells apart what has no place."""

    chain: tuple[Place, ...]
    year: str | None
    notice: str
    central: bool = False

    @property
    def place(self) -> Place | None:
        """Return the issuer's own place; none for the centre and where it is not known."""
        return self.chain[0] if self.chain else None

    @property
    def name(self) -> str | None:
        """Return what the place is called: 沙市区, 平潭综合实验区."""
        return called(self.chain[0]) if self.chain else None

    @property
    def province(self) -> str | None:
        """Return the first two digits of the code, which every place of a province shares."""
        return self.chain[0].code[:2] if self.chain and self.chain[0].code[:2].isdigit() else None

    def above(self, ending: str) -> Place | None:
        """Return the nearest place of the chain whose name ends so: 市, 省, 自治区."""
        return next((one for one in self.chain if one.name.endswith(ending)), None)

    def nearest(self, places: Sequence[Place]) -> tuple[Place, ...]:
        """Return those of several places that are nearest: this one, one below, one above, one of the province."""
        mine = [one.code for one in self.chain]
        valid = [one for one in places if _stood(one, self.year)] or list(places)
        tiers = [self._distance(one, mine) for one in valid]
        return tuple(one for one, tier in zip(valid, tiers, strict=True) if tier == min(tiers))

    def _distance(self, place: Place, mine: Sequence[str]) -> int:
        if mine and place.code == mine[0]:
            return 0
        if mine and mine[0] in above(place):
            return 1
        if place.code in mine:
            return 2
        return 3 if self.near(place) else 4

    def near(self, place: Place) -> bool:
        """Tell whether a place lies in the same province."""
        return self.province is not None and place.code.startswith(self.province)


def of(own: Elements, notice: str) -> Setting:
    """Return the setting of a notice with these elements and this id."""
    year = (own.issued_on or "")[:4] or (str(own.plan_year) if own.plan_year else None)
    found = _place(own, year)
    if found is None:
        return Setting((), year, notice)
    if found.code == COUNTRY:
        return Setting((), year, notice, central=True)
    parents = (registry.place(code) for code in above(found))
    return Setting((found, *(one for one in parents if one and one.code != COUNTRY)), year, notice)


def above(place: Place) -> list[str]:
    """Return the codes of the places above one, the nearest first."""
    found: list[str] = []
    code = place.parent
    while code and code not in found:
        found.append(code)
        parent = registry.place(code)
        code = parent.parent if parent else None
    return found


@lru_cache(maxsize=8192)
def opened(name: str) -> tuple[str, tuple[Place, ...]]:
    """Return the places that a name's beginning leads to, one inside the other, and what it says so with.

    >>> [(words, [one.code for one in found]) for words, found in [opened("佳木斯市桦南县水务局")]]
    [('佳木斯市桦南县', ['230822'])]
    """
    words, places = registry.places_opening(name)
    if not places:
        return "", ()
    more, below = registry.places_opening(name[len(words) :])
    codes = {one.code for one in places}
    inside = tuple(one for one in below if codes & set(above(one)))
    return (words + more, inside) if inside and len(name) > len(words) + len(more) else (words, places)


def in_full(words: str, place: Place) -> bool:
    """Tell whether words end with a place's name in full: 佳木斯市, and 平潭综合实验区 for 福建省平潭综合实验区."""
    return words.endswith((place.name, called(place)))


def called(place: Place) -> str:
    """Return what a place's bodies put before their names: its name, without that of its province."""
    short = place.short[0] if place.short else ""
    return short if len(short) > 1 and place.name.endswith(short) else place.name


def unlisted(name: str) -> Place:
    """Return a place that is known by its name alone."""
    level: Level = next((level for level, ends in _LEVELS if name.endswith(ends)), "prefecture")
    return Place(name, name, level, None)


def _place(own: Elements, year: str | None) -> Place | None:
    for issuer in own.issuers:
        name = _BEFORE_A_PLACE.sub("", issuer, count=1)
        words, places = opened(name)
        central = registry.kinds_of(name, "central") or name.startswith(_OF_THE_CENTRE)
        if central and not words.endswith(("省", "市", "区", "县", "州")):
            return registry.place(COUNTRY)
        full = [one for one in places if in_full(words, one)]
        if len(full) > 1:
            full = _of_number(full, own.document_number) or full
        full = [one for one in full if _stood(one, year)] or full
        if len(full) == 1:
            return full[0]
    if own.jurisdiction:
        return unlisted(own.jurisdiction)
    signed = registry.issuers(own.document_number or own.listed_number or "")
    codes = [one.place for one in signed if one.grade != "probable"]
    return registry.place(codes[0]) if len(set(codes)) == 1 else _of_title(own, year)


def _of_title(own: Elements, year: str | None) -> Place | None:
    """Return the place whose full name a title begins with."""
    words, places = opened(own.title or "")
    full = [one for one in places if in_full(words, one) and _stood(one, year)]
    return full[0] if len(full) == 1 else None


def _of_number(places: Iterable[Place], number: str | None) -> list[Place]:
    """Return those of several places that a document number may come from, or that lie where it does."""
    codes = {one.place for one in registry.issuers(number or "")}
    return [one for one in places if codes & {one.code, *above(one)}]


def _stood(place: Place, year: str | None) -> bool:
    """Tell whether a place bore its name in a year; its first and its last year count."""
    if year is None:
        return True
    return (place.since or "0")[:4] <= year <= (place.until or "9999")[-7:][:4]
