"""Many bodies under one name: 各县(市)区政府, 市直有关部门, 国务院各部委.

A collective is a node of its own within a place. Where its members are sure (the governments of the counties below the
place) they are named; nothing is multiplied unless a question asks for it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygraph import registry
from policygraph.data import table
from policygraph.extract import names
from policygraph.models import Mention
from policygraph.resolve.setting import COUNTRY, called, in_full, opened

if TYPE_CHECKING:
    from policygraph.registry import Place
    from policygraph.resolve.setting import Setting

_OF_ALL = re.compile(r"(?:全[省市县区州]|[省市])?各?(?P<places>[省市县区州盟旗、和()及]{1,12})(?:级)?(?:人民)?政府$")
_CLASSES = table("bodies")["classes"]
_CENTRAL = ("国务院", "国家", "中央")
_WHOSE = ("自治区", "省", "市", "县", "区", "州", "盟", "旗")


def names_a_class(name: str) -> bool:
    """Tell whether a name that says no place is that of a class of bodies: 行业协会, 地方各级党委."""
    told = (
        name in _CLASSES["is"] or name.startswith(tuple(_CLASSES["starts"])) or name.endswith(tuple(_CLASSES["ends"]))
    )
    return told and not names.level(name)


def resolve(name: str, setting: Setting) -> Mention:
    """Return the collective that a name means in a notice, with its members where they are sure."""
    where = _whose(name, setting)
    code = where.code if where else setting.notice
    home = called(where) if where and where.code != COUNTRY else ""
    full = name if name.startswith(home) else home + name.removeprefix(home[-1])
    rule = f"many bodies of {called(where)}" if where else "many bodies"
    place = code if where else None
    return Mention(name, f"{code}:{name}", "collective", full, place, rule=rule, members=_members(name, where))


def _whose(name: str, setting: Setting) -> Place | None:
    if name.startswith(_CENTRAL) or setting.central:
        return registry.place(COUNTRY)
    words, places = opened(name)
    near = setting.nearest(tuple(one for one in places if in_full(words, one)))
    if len(near) == 1 and setting.near(near[0]):
        return near[0]
    told = name.removeprefix("全")
    ending = next((one for one in _WHOSE if told.startswith(one)), None)
    listed = _OF_ALL.fullmatch(name) is not None
    above = setting.above(ending) if ending and not listed else None
    return above or setting.place


def _members(name: str, where: Place | None) -> tuple[str, ...]:
    """Return the ids of the governments below a place that 各县(市)区政府 means."""
    listed = _OF_ALL.fullmatch(name)
    if listed is None or where is None or names.kind(name) != "collective" or "各" not in name:
        return ()
    endings = tuple(char for char in listed["places"] if char in "省市县区州盟旗")
    below = registry.children(where.code)
    if where.level == "province" and {"县", "区"} & set(endings):
        below = (*below, *(lower for one in below for lower in registry.children(one.code)))
    return tuple(f"{one.code}:government" for one in below if one.name.endswith(endings))
