"""Values and words that things named in a row share: 花生种植、收获机械化率分别达到65%和55%.

Each thing gets the words it shares only where it is certain which they are: the things end alike (行业级、企业级平台
普及率), or the last goes on with an ending of the list (污水、垃圾处理率). Else the words stay whole.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from policygraph.data import alternatives, longest_first, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policygraph.extract.quantities import Quantity
    from policygraph.extract.readings import Reading

_SHARED = table("quantities")["shared"]
_MORE_VALUES = re.compile(r"(?:、|和|及|,)")
_ITEMS = re.compile(r"、|(?<![饱总缓温中调共])和(?![谐睦])|(?<!参)与(?!率)|(?<![普涉波])及(?![格时])")
_WHOLE = ("率", "量", "值", "面积", "比例", "比重", "占比", "规模", "收入")
_ENDING = re.compile(rf"(?P<own>.{{2,}}?)(?P<shared>{alternatives(_SHARED['endings'])})")
_STEPS = tuple(_SHARED["steps"])
_AREAS = longest_first(_SHARED["areas"])
_ALIKE_CHARS = 2


def spread(
    text: str, reading: Reading, first: Quantity, following: Sequence[Quantity]
) -> Iterator[tuple[Quantity, str]]:
    """Yield each value with its indicator: one, or those that 分别 and 均 share out over the things named."""
    items = _ITEMS.split(reading.indicator)
    if len(items) == 1:
        yield first, reading.indicator
        return
    values = [first]
    for quantity in following:
        if len(values) == len(items) or not _MORE_VALUES.fullmatch(text, values[-1].end, quantity.start):
            break
        values.append(quantity)
    unit = values[-1].unit
    named = named_in_full(items)
    joined = all(text[one.end] != "," for one in values[:-1])
    one_each = (
        len(values) == len(items) and named is not None and joined and {one.unit for one in values} <= {unit, None}
    )
    if reading.spread is None and not one_each:
        yield first, reading.indicator
        return
    if reading.spread in ("分别", None) and len(values) == len(items):
        names = named or [reading.indicator] * len(values)
        yield from ((replace(value, unit=value.unit or unit), name) for value, name in zip(values, names, strict=True))
    else:
        yield from ((first, name) for name in named or [reading.indicator])


def named_in_full(items: list[str]) -> list[str] | None:
    """Give things named in a row the words they share, or return ``None`` if it is unsure which they are.

    >>> named_in_full(["花生种植", "收获机械化率"])
    ['花生种植机械化率', '花生收获机械化率']
    >>> named_in_full(["行业级", "企业级平台普及率"])
    ['行业级平台普及率', '企业级平台普及率']
    >>> named_in_full(["校舍", "校车信息率"])
    """
    *earlier, last = items
    if any(item.endswith(_WHOLE) for item in earlier) or not last.endswith(_WHOLE):
        return items
    alike = earlier[0][-_ALIKE_CHARS:]
    _, _, rest = last.partition(alike)
    if len(alike) == _ALIKE_CHARS and rest.endswith(_WHOLE) and all(item.endswith(alike) for item in earlier):
        return [*(item + rest for item in earlier), last]
    area = next((area for area in _AREAS if last.startswith(area)), "")
    if area and all(item in _AREAS for item in earlier):
        return [*(item + last.removeprefix(area) for item in earlier), last]
    ending = _ENDING.fullmatch(last)
    if not ending:
        return None
    step = next((step for step in _STEPS if earlier[0].endswith(step)), "")
    of = earlier[0].removesuffix(step) if step and ending["own"] in _STEPS else ""
    return [*(item + ending["shared"] for item in earlier), of + last]
