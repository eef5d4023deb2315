"""Provinces, prefectures, counties and zones by code and name, from ``data/organisations/`` (GB/T 2260, zones.toml).

佳木斯市 is ``230800``, in 黑龙江省; 鼓楼区 is a district of four prefectures. A code that is no more says
which goes on: 密云县 ``110228`` became 密云区 ``110118`` in 2015. The file is read when a place is first asked for.
"""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Level = Literal["central", "province", "prefecture", "county", "township"]
Grade = Literal["A", "B", "C", "probable"]
COUNTRY = "CN"
_SOURCE = "民政部 行政区划代码 2008-12 to 2019-04, 2026-09-11 (data/organisations/README.md)"
_ENDINGS = ("特别行政区", "地区", "林区", "特区", "新区", "省", "市", "盟", "县", "区", "旗")
_MIN_STEM_CHARS = 2


@dataclass(frozen=True, slots=True)
class Place:
    """A place under one name.

    ``short`` are the names it goes by without its level (佳木斯; 恩施, 恩施州). ``since`` and ``until`` are a year, a
    month or a span of months (``2019-04/2026-09``) in which a list first showed the name and no longer did; ``None``
    is before 2009 and not yet. ``successors`` are codes; ``approval`` is the number of the document that decided it.
    """

    code: str
    name: str
    level: Level
    parent: str | None
    short: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    successors: tuple[str, ...] = ()
    approval: str | None = None
    source: str = _SOURCE
    grade: Grade = "B"


def place(code: str) -> Place | None:
    """Return the place that bears a code, under its last name, or ``None``.

    >>> place("230800").name, place("230800").parent
    ('佳木斯市', '230000')
    """
    return _by_code().get(code)


def places_named(name: str) -> tuple[Place, ...]:
    """Return the places that bear or bore a name, full or short, by code.

    >>> [p.code for p in places_named("佳木斯")], len(places_named("鼓楼区"))
    (['230800'], 4)
    """
    return _by_name().get(name, ())


def places_opening(name: str) -> tuple[str, tuple[Place, ...]]:
    """Return the longest name of places that a name begins with, and the places; an empty string where there is none.

    >>> [(opening, found[0].code) for opening, found in map(places_opening, ("佳木斯海事局", "佳木斯市水务局"))]
    [('佳木斯', '230800'), ('佳木斯市', '230800')]
    """
    named = _by_name()
    for end in range(min(len(name), _longest().get(name[:2], 0)), 1, -1):
        if found := named.get(name[:end]):
            return name[:end], found
    return "", ()


def places_meant(text: str) -> tuple[Place, ...]:
    """Return the places that a code or a name can mean."""
    known = place(text)
    return (known,) if known else places_named(text)


def lies_in(inner: str, outer: str) -> bool:
    """Tell whether one place is another or lies below it, each by code or name; of what a name can mean, any will do.

    >>> lies_in("佳木斯市", "黑龙江省"), lies_in("230800", "佳木斯"), lies_in("黑龙江省", "佳木斯市")
    (True, True, False)
    """
    wanted = {one.code for one in places_meant(outer)}
    return any(not wanted.isdisjoint(_upwards(one)) for one in places_meant(inner))


def _upwards(found: Place | None) -> Iterator[str]:
    """Yield the codes of a place and of all that it lies in."""
    while found:
        yield found.code
        found = place(found.parent) if found.parent else None


def children(code: str) -> tuple[Place, ...]:
    """Return the places of today that lie right below a place, by code; zones are not among them."""
    return _by_parent().get(code, ())


@cache
def every_place() -> tuple[Place, ...]:
    """Return every place under every name it bore since 2009, by code, the country first, zones last."""
    text = files("policygraph.data").joinpath("organisations/places.jsonl").read_text("utf-8")
    rows = json.loads("[" + ",".join(text.splitlines()) + "]")
    codes = {row["code"] for row in rows}
    country = Place(COUNTRY, "中国", "central", None, ("国家", "全国", "中央"))
    return (country, *(_place(row, codes) for row in rows), *_zones())


def _zones() -> Iterator[Place]:
    text = files("policygraph.data").joinpath("organisations/zones.toml").read_text("utf-8")
    for entry in tomllib.loads(text)["zone"]:
        yield Place(
            entry["code"],
            entry["name"],
            "county",
            entry["parent"],
            tuple(entry.get("short", ())),
            entry["since"],
            approval=entry.get("by"),
            source=entry["source"],
            grade=entry["grade"],
        )


def _place(row: dict[str, Any], codes: set[str]) -> Place:
    code, name = row["code"], row["name"]
    return Place(
        code,
        name,
        _level(code),
        _parent(code, codes),
        tuple(row.get("short") or _stem(name)),
        row.get("since"),
        row.get("until"),
        tuple(row.get("next", ())),
        row.get("by"),
    )


def _level(code: str) -> Level:
    return "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"


def _parent(code: str, codes: set[str]) -> str:
    """Return the code above: the prefecture where there is one, else the province, else the country."""
    if code.endswith("0000"):
        return COUNTRY
    prefecture = f"{code[:4]}00"
    return prefecture if prefecture != code and prefecture in codes else f"{code[:2]}0000"


def _stem(name: str) -> tuple[str, ...]:
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) - len(ending) >= _MIN_STEM_CHARS:
            return (name.removesuffix(ending),)
    return ()


@cache
def _by_code() -> Mapping[str, Place]:
    return {one.code: one for one in every_place()}


@cache
def _by_name() -> Mapping[str, tuple[Place, ...]]:
    named: dict[str, list[Place]] = defaultdict(list)
    for one in every_place():
        for name in dict.fromkeys((one.name, *one.short)):
            named[name].append(one)
    return {name: tuple(found) for name, found in named.items()}


@cache
def _longest() -> Mapping[str, int]:
    """Return the length of the longest name that begins with two characters."""
    found: dict[str, int] = {}
    for name in _by_name():
        found[name[:2]] = max(found.get(name[:2], 0), len(name))
    return found


@cache
def _by_parent() -> Mapping[str, tuple[Place, ...]]:
    below: dict[str, list[Place]] = defaultdict(list)
    for one in every_place():
        if one.parent and not one.until and one.code.isdigit():
            below[one.parent].append(one)
    return {code: tuple(found) for code, found in below.items()}
