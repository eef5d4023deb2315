"""The box of a government site that says what a notice is: ``索 引 号：000014349/2015-00112　主题分类：…``.

Saved pages and registers carry it above or below the notice. It is no part of the text: its fields are metadata, under
their labels as written, without the spaces that only set them (索 引 号 is 索引号).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygraph.read.compose import Grid
    from policygraph.read.sheet import Glyph, Line

_LABELS = frozenset(
    [
        *(
            "索引号",
            "主题分类",
            "主题词",
            "分类",
            "发文机关",
            "发布机构",
            "发布机关",
            "制发机关",
            "发文单位",
            "发布单位",
        ),
        *("成文日期", "生成日期", "印发日期", "发文日期", "发布日期", "公开日期", "公布日期", "实施日期", "废止日期"),
        *("标题", "名称", "文件名称", "发文字号", "文号", "有效性", "效力状态", "公文种类", "体裁分类", "信息分类"),
        *("公开方式", "公开类别", "公开范围", "公开形式", "公开主体", "来源", "信息来源", "关键词"),
    ]
)
_LABEL = re.compile(r"([\u4e00-\u9fff][\u4e00-\u9fff\s\u3000]{1,8}?)\s*[:：]\s*")
_LEAST = 3  # labels that make such a box
_SHARE = 0.6  # of its cells that must be labels or values
_PART = 1.0  # of an em: what parts the fields of a line


def label(text: str) -> str | None:
    """Return the label that a text is, without spaces and colon, or ``None``.

    >>> label("索 引 号："), label("市水务局")
    ('索引号', None)
    """
    bare = re.sub(r"[\s\u3000:：]", "", text)
    return bare if bare in _LABELS else None


def listed(grid: Grid) -> dict[str, str] | None:
    """Return the fields of a table in which labels stand before their values, or ``None`` if it is another table."""
    found: dict[str, str] = {}
    filled = values = 0
    before: tuple[int, str] | None = None
    for cell in sorted(grid.cells, key=lambda one: (one.row, one.column)):
        words = " ".join(block for block in cell.content if isinstance(block, str))
        filled += bool(words)
        if name := label(words):
            before = (cell.row, name)
        elif before and before[0] == cell.row:
            found.setdefault(before[1], words)
            values += 1 + bool(words)
            before = None
    return found if len(found) >= _LEAST and values >= _SHARE * filled else None


def printed(lines: Sequence[Line]) -> dict[str, str] | None:
    """Return the fields printed in a box without rules, or ``None`` if they are no such fields.

    A piece without a label belongs to the label to its left that stands nearest in height: a long value is broken
    into lines above and below its label.
    """
    names: list[tuple[str, float, float]] = []
    rest: list[tuple[str, float, float]] = []
    for line in lines:
        for text, left in _pieces(line):
            match = _LABEL.match(text)
            name = label(match[1]) if match else None
            if match and name:
                names.append((name, left, line.middle))
                text = text[match.end() :]  # noqa: PLW2901 - the value begins behind its label
            if text:
                rest.append((text, left + (0.1 if name else 0.0), line.middle))
    if len(names) < _LEAST or len({name for name, _, _ in names}) < _LEAST:
        return None
    found: dict[str, str] = dict.fromkeys((name for name, _, _ in names), "")
    for text, left, middle in rest:
        before = [one for one in names if one[1] < left]
        if not before:
            return None
        name, _, _ = min(before, key=lambda one: (round(abs(one[2] - middle)), left - one[1]))
        found[name] += text
    return found


def _pieces(line: Line) -> list[tuple[str, float]]:
    """Return the pieces of a line that stand apart, each with its left edge; a label keeps its spaces."""
    groups: list[list[Glyph]] = []
    for glyph in line.glyphs:
        if groups and (glyph.left - groups[-1][-1].right < _PART * line.em or _opens(groups[-1])):
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
    return [("".join(one.char for one in group), group[0].left) for group in groups]


def _opens(group: Sequence[Glyph]) -> bool:
    """Tell whether characters begin a label that is set with wide spaces (标　　题：)."""
    text = "".join(one.char for one in group)
    return len(text) < max(map(len, _LABELS)) and any(name.startswith(text) and name != text for name in _LABELS)
