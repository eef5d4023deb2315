"""The bodies in a cell of a table: ``区经发局、区环土局``, one to a line, or run together ``区经发局区环土局``.

Run together, a name ends where it looks like a body and another begins with a level or 各: 区经发局|区环土局. A name
without its level behind another (区农发局水库管理处) may be a part of it, so it is not cut off.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygraph.extract import names
from policygraph.extract.names import Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_APART = re.compile(r"[、,;\n /]+|(?<=[\u4e00-\u9fff)])和(?=[各有相市县区省])")
_BEGINS = re.compile(
    r"[省市县区州盟旗](?![级域])[\u4e00-\u9fff]{2}|(?<!政府)(?:各|相关|有关)|自治区|全[省市县区]|国家|中国|[\u4e00-\u9fff]{2,3}(?:海关|海事局|税务局|银保监)"
)
_GOES_ON = re.compile(r"[、/和]")
_NOBODY = re.compile(r"[\W_]*(?:暂?无[\W_]*)?")
_KINDS = ("office", "government", "party", "vertical", "enterprise")
_COLLECTIVE_ENDS = ("单位", "部门", "政府", "局", "企业", "机构", "街道", "乡镇", "办事处", "国企", "学校", "片区")


def bodies(text: str, start: int, end: int) -> list[Name]:
    """Return the names in a cell at ``text[start:end]``, in order; —, / and 无 stand for nobody."""
    stretches = [one for left, right in _pieces(text, start, end) for one in _run(text, left, right)]
    told = [one for one in stretches if not _NOBODY.fullmatch(text, *one)]
    return [name for one in _lists(text, told) for name in names.listed(text, one) if names.plausible(name.full)]


def _lists(text: str, stretches: Iterable[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Yield the stretches of each list, in which names may share an ending: 、 goes on with it, a comma does not."""
    held: list[tuple[int, int]] = []
    for one in stretches:
        if held and not _GOES_ON.search(text, held[-1][1], one[0]):
            yield held
            held = []
        held.append(one)
    if held:
        yield held


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches between separators outside brackets."""
    depth, left, position = 0, start, start
    while position < end:
        char = text[position]
        depth += (char in "([〔") - (char in ")]〕")
        match = _APART.match(text, position, end) if depth <= 0 else None
        if match:
            if left < position:
                yield left, position
            left = position = match.end()
        else:
            position += 1
    if left < end:
        yield left, end


def _run(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the names of a stretch in which they may stand without separators."""
    left = start
    for position in range(start + 2, end - 1):
        ended = _BEGINS.match(text, position, end) and _whole(text[left:position])
        if (
            ended
            and text[position - 1] not in "(（"
            and text.count("(", left, position) == text.count(")", left, position)
        ):
            yield left, position
            left = position
    yield left, end


def _whole(name: str) -> bool:
    """Tell whether a name needs no more words: 区经发局 and 各片区管理局, not 区直 or 各片."""
    kind = names.kind(name)
    return kind in _KINDS or (kind == "collective" and name.endswith(_COLLECTIVE_ENDS) and len(name) > 2)  # noqa: PLR2004
