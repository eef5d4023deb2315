"""Names of bodies in a list: where one ends, what kind it is, and the level prefix it leaves out.

``市国土资源局、城乡建设局、佳木斯海事局`` is three names; the second is 市城乡建设局 in full, the third is not
of the city. ``各市、州、县人民政府`` is one collective, ``南宁、柳州市人民政府`` two governments.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from policygraph.data import alternatives, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BODIES = table("bodies")
_KINDS = tuple(_BODIES["kind"])
_COLLECTIVE = tuple(_KINDS[0]["starts"])
_ENDS: tuple[tuple[str, tuple[str, ...], frozenset[str], tuple[str, ...]], ...] = tuple(
    (kind["name"], tuple(kind["ends"]), frozenset(kind.get("is", ())), tuple(kind.get("not", ()))) for kind in _KINDS
)
_ALL_ENDS = tuple(end for _, ends, _, _ in _ENDS for end in ends)
_PREFIX_RULE = {kind["name"]: kind["prefix"] for kind in _KINDS}
_PREFIXES: tuple[str, ...] = tuple(_BODIES["levels"]["prefixes"])
_NOT_PREFIX = tuple(_BODIES["levels"]["not_prefix"])
_PREFIX_AFTER_ALL = tuple(_BODIES["levels"]["prefix_after_all"])
_OWN_LEVEL = re.compile(r"团[省市县区州]委|[\u4e00-\u9fff]{2,4}[省市县州](?=[\u4e00-\u9fff]{2})")
_PARTY: dict[str, str] = _BODIES["levels"]["party"]
_ABOVE = (*_BODIES["above"]["starts"], *_BODIES["provinces"]["names"])
_NEVER = re.compile("|".join(map(re.escape, _BODIES["never"]["words"])))

_DIVISION = re.compile(
    rf"[\u4e00-\u9fff]{{2,}}(?:{alternatives(_BODIES['division']['of'])})[\u4e00-\u9fff]{{1,8}}(?:{alternatives(_BODIES['division']['ends'])})"
)

_ADDRESSES = r"(?:国务院|中央|自治区|[省市县区州]|全[省市县区])?(?:直|级|政府|属)?(?:各|有关|相关)"
_SEPARATOR = re.compile(
    rf"等(?:部门|单位|地|机构|地区)(?:和|及|以及|、)|等(?={_ADDRESSES})|[、/]|以及|[和及与]|[(\[〔【]|[)\]〕】]"
)
_OPEN, _CLOSE = "([〔【", ")]〕】"
_TRAILING = re.compile(r"等(?:(?P<open>(?:有关|相关|各有关|各相关).*)|(?:部门|单位|地|机构|成员单位)*)$")
_NOTE = re.compile(r"\((?:以下)?(?:简称|统称|含|包括|设在)[^()]*(?:\([^()]*\)[^()]*)*\)$")
_HOLDS = re.compile(r"\((?:含|包括)([^(),、]{3,20}),下同\)$")
_ADDRESSED = re.compile(_ADDRESSES)
_SHARED = re.compile(r"[市县区州]人民政府$|[市县区州]政府$")
_SHARES_ENDING = re.compile(r"(?:(?![及和与])[\u4e00-\u9fff]){2,4}[市县区州](?:人民)?政府")
_COUNTED = re.compile(r"\d{1,3}[个家](?=[\u4e00-\u9fff]{2})")
_DEFINED_INSIDE = re.compile(r"[,;、](?:以下)?(?:统一)?简称[^()]*(?=\))")
_OPENS_A_NAME = tuple("各市省区县州国有相其")
# 各市 … lacks the word that says what it is of until 人民政府 comes.
_HEADLESS = ("各", "省", "市", "县", "区", "州", "盟", "旗", "乡", "镇", "自治区", "直辖市", "市)", "区)", "县)")
_MAX_CHARS = 40

ALL_ABOVE = re.compile(
    r"(?:以上|上述)[^,、。;()\n]{0,12}?(?:(?:均|都)(?:需|须|应|要)?由?|(?:需|须|应|要)?由)(?=[\u4e00-\u9fff])"
)
"""The words before a body that answers for all that stands above it: 以上均由, 上述任务由."""


class Name(Struct, frozen=True):
    """A body's name as written at ``start:end``; ``full`` has its level prefix restored.

    ``within`` is the collective that holds it wherever that is listed: 各县(市)区政府(含高新区管委会,下同).
    """

    surface: str
    full: str
    start: int
    end: int
    within: str | None = None


@lru_cache(maxsize=8192)
def kind(name: str) -> str | None:
    """Return the kind of body that a name looks like, or ``None``.

    >>> kind("市委组织部"), kind("各县(市)区政府"), kind("污水处理")
    ('party', 'collective', None)
    """
    bare = _NOTE.sub("", name)
    if bare.endswith(")"):
        bare = bare[: bare.find("(")] or bare
    if bare.startswith(_COLLECTIVE) or _ADDRESSED.match(bare) or _COUNTED.match(bare):
        return "collective"
    for found, ends, whole, others in _ENDS:
        if bare in whole or (bare.endswith(ends) and not bare.endswith(others)):
            return found
    return "office" if _DIVISION.fullmatch(bare) else None


@lru_cache(maxsize=8192)
def plausible(name: str) -> bool:
    """Tell whether a piece of a list can be a body's name at all."""
    counted = name[:1].isdigit() and not _COUNTED.match(name)
    return 0 < len(name) <= _MAX_CHARS and not _NEVER.search(name) and not counted


def split(text: str, start: int, end: int) -> list[Name]:
    """Return the names listed in ``text[start:end]``, as written, in order; ``等`` at the end names nobody."""
    return listed(text, [(start, end)])


def listed(text: str, stretches: Iterable[tuple[int, int]]) -> list[Name]:
    """Return the names of one list whose ``stretches`` other separators part (、 before a line break)."""
    pieces = (piece for start, end in stretches for piece in _pieces(text, start, end))
    names = [name for left, right in _joined(text, pieces) for name in _trimmed(text, left, right)]
    return _suffixes_restored(names)


def leading(text: str, start: int, end: int) -> Name | None:
    """Return the shortest name of a body that ``text[start:end]`` begins with, or ``None``.

    >>> leading("国家邮政局确定试点", 0, 9).surface
    '国家邮政局'
    """
    for stop in range(start + 2, min(end, start + _MAX_CHARS) + 1):
        words = text[start:stop]
        if words[-1] in "、,。;":
            return None
        if text.startswith(("门", "管理"), stop) or words[-2:] in ("有关", "相关"):
            continue
        if words.endswith(_ALL_ENDS) and kind(words) not in (None, "unit") and plausible(words):
            return Name(words, words, start, stop)
    return None


def restore(names: Iterable[Name], places: frozenset[str] = frozenset()) -> list[Name]:
    """Give each name the level prefix that the one before it shows and it leaves out.

    ``places`` are names of places (佳木斯) whose bodies need no prefix.

    >>> [n.full for n in restore(split("市国土资源局、城乡建设局", 0, 12))]
    ['市国土资源局', '市城乡建设局']
    """
    restored: list[Name] = []
    prefix = ""
    for name in names:
        own = level(name.surface)
        if own:
            prefix = own
            restored.append(name)
        else:
            full = _prefixed(name.full, prefix, places)
            restored.append(replace(name, full=full))
    return restored


@lru_cache(maxsize=8192)
def level(name: str) -> str:
    """Return the level prefix a name begins with (市, 省, 自治区, 市委 …), or an empty string."""
    if name.startswith(_NOT_PREFIX) and not name.startswith(_PREFIX_AFTER_ALL):
        return ""
    return next((prefix for prefix in _PREFIXES if name.startswith(prefix) and len(name) > len(prefix)), "")


@lru_cache(maxsize=8192)
def _prefixed(name: str, prefix: str, places: frozenset[str]) -> str:
    rule = _PREFIX_RULE.get(kind(name) or "", "never")
    if (
        not prefix
        or rule == "never"
        or _OWN_LEVEL.match(name)
        or name.startswith(_ABOVE)
        or any(name.startswith(p) for p in places)
    ):
        return name
    bare = prefix.removesuffix("党委").removesuffix("委") or prefix
    return (_PARTY.get(bare, bare) if rule == "party" else bare) + name


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans between separators that stand outside brackets."""
    depth, left = 0, start
    for match in _SEPARATOR.finditer(text, start, end):
        char = match.group()
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 and _separates(text, left, match.start(), char):
            yield left, match.start()
            left = match.end()
    yield left, end


def _separates(text: str, left: int, position: int, separator: str) -> bool:
    """Tell whether a separator ends a name: 和 inside 国家发展和改革委员会 does not."""
    before = text[left:position]
    if separator[0] in "、/等" or before.endswith("等"):
        return True
    if _SHARES_ENDING.match(text, position + len(separator)) and 2 <= len(before) <= 4:  # noqa: PLR2004
        return True
    found = kind(before)
    following = text[position + len(separator) : position + len(separator) + 1]
    return found not in (None, "unit") and (found != "collective" or following in _OPENS_A_NAME)


def _joined(text: str, pieces: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join the pieces of one collective: 各市、州、县人民政府."""
    held: tuple[int, int] | None = None
    for left, right in pieces:
        begin = left
        if held and text.startswith(_COLLECTIVE, left):
            yield held
        elif held:
            begin = held[0]
        headless = text.startswith(_COLLECTIVE, begin, right) and text.endswith(_HEADLESS, begin, right)
        held = (begin, right) if headless else None
        if not headless:
            yield begin, right
    if held:
        yield held


def _trimmed(text: str, left: int, right: int) -> Iterator[Name]:
    """Yield the name in a piece without 等, notes and lead-in words; an open list adds its collective."""
    above = ALL_ABOVE.match(text, left, right)
    left = above.end() if above else left
    while left < right and text[left] in "由请,。;: ":
        left += 1
    while right > left and text[right - 1] in ",。;:等 ":
        right -= 1
    surface = text[left:right]
    tail = _TRAILING.search(surface) if "等" in surface else None
    cut = len(surface) if tail is None else tail.start()
    note = _NOTE.search(surface[:cut]) if "(" in surface else None
    own = surface[: note.start()] if note else surface[:cut]
    if own:
        full = _DEFINED_INSIDE.sub("", own) if "简称" in own else own
        yield Name(own, full.replace("\n", ""), left, left + len(own))
        held = _HOLDS.match(note.group()) if note else None
        if held and note:
            first = left + note.start()
            yield Name(held[1], held[1], first + held.start(1), first + held.end(1), own)
    if tail and tail["open"]:
        yield Name(tail["open"], tail["open"], left + tail.start("open"), right)


def _suffixes_restored(names: list[Name]) -> list[Name]:
    """Give 南宁 its suffix in 南宁、柳州市人民政府."""
    restored = list(names)
    for index in range(len(names) - 2, -1, -1):
        name, following = names[index], restored[index + 1]
        shared = _SHARED.search(following.full) if following.full.endswith("政府") else None
        if shared is None:
            continue
        placed = kind(name.surface) is None or (name.surface.endswith("州") and shared.group()[0] != "州")
        if placed and 2 <= len(name.surface) <= 4:  # noqa: PLR2004
            restored[index] = replace(name, full=name.surface + shared.group())
    return restored
