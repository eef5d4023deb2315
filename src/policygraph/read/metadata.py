"""What a page says of its notice outside the text: ``索引号 | 000014349/2019-00005 | 主题分类 | 科技、教育``.

Government sites put it into a table or a list above the notice, into ``<meta>`` tags (ArticleTitle, PubDate,
ContentSource) and into a line below the title (``来源：… 发布时间：… 字体：大 中 小``). Labels are kept as written,
without the spaces and the colon that only set them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from policygraph.read import chrome

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Element = Any

_OWN_WORDS = (
    "索引号 信息索引号 索取号 主题分类 主题词 主题 发文机关 发文机构 发文单位 发布机构 发布机关 发布单位"
    " 公开机构 公开部门 制发机关 制定机关 成文日期 成文时间 发文日期 发文时间 印发日期 印发时间 制发日期"
    " 发布日期 发布时间 公开日期 公开时间 生成日期 更新时间 更新日期 文号 发文字号 发文文号 文件编号 发布文号"
    " 文件字号 文件文号 公文文号 有效性 时效性 效力状态 是否有效 有效期 生效日期 实施日期 施行日期 废止日期"
    " 失效日期 失效时间 终止日期 公开方式 公开形式 公开范围 公开类别 公开程序 公开属性 公开时限 公开责任部门"
    " 信息分类 体裁分类 体裁 服务对象 对象分类 组配分类 内容概述 内容摘要 信息名称 文件名称 信息来源 文章来源"
    " 稿件来源 信息格式 统一编号 统一登记号 登记号 规范性文件编号 所属栏目 栏目 原文链接 检索时间 检索关键词"
    " 本地目录 抓取时间 采集时间"
)
_ANY_WORDS = (
    "标题 名称 来源 稿源 日期 时间 发布 分类 类别 关键词 关键字 摘要 语种 作者 状态 浏览次数 浏览量 点击量"
    " 阅读量 阅读次数 发布人 责任编辑"
)
_OWN = frozenset(_OWN_WORDS.split())
LABELS = _OWN | frozenset(_ANY_WORDS.split())
_NAMES = "|".join(r"[ \t\u3000\xa0]*".join(label) for label in sorted(LABELS, key=len, reverse=True))
_PAIR = re.compile(rf"(?<![\u4e00-\u9fff])[【\[]?({_NAMES})[】\]]?[ \t\u3000\xa0]*[:：]")
_DATED = re.compile(r"[\d\s:：年月日时分/.—-]*")
_COUNTER = frozenset(["浏览次数", "浏览量", "点击量", "阅读量", "阅读次数"])
_FILE = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|ofd|rtf|pptx?|zip|rar|7z|csv|txt)\s*(?:[?#].*)?$", re.IGNORECASE)
_MOST_CHARS = 2_000
_FOREIGN_SHARE = 0.3
_LEAST = 2
_LINE_CHARS = 300
_VALUE_CHARS = 60
_TECHNICAL = re.compile(
    r"viewport|renderer|robots?|googlebot|generator|format-detection|theme-color|.*verif.*|csrf.*|apple-.*|msapplication.*"
    r"|referrer|x-.*|mobile.*|applicable-device|others|screen-orientation|x5-.*|wap-.*|baidu.*|.*token.*|progid|originator",
    re.IGNORECASE,
)


def label(words: str) -> str | None:
    """Return the label that some words are, as written but for spaces and colon, or ``None``.

    >>> label("索 引 号："), label("主要任务：")
    ('索引号', None)
    """
    bare = re.sub(r"[\s\u3000\xa0:：【】\[\]]+", "", words)
    return bare if bare in LABELS else None


def is_file(address: str) -> bool:
    """Tell whether an address is of a file to download (``./P0201.docx``)."""
    return _FILE.search(address) is not None and not address.lower().startswith("javascript")


def of_segments(segments: Sequence[str]) -> dict[str, str] | None:
    """Return the labels and values that cells or lines hold, or ``None`` if they hold something else.

    A label is a segment of its own with the next as its value, or stands with its value in one. At least two labels
    must be there that speak of a notice's publication, and little else.
    """
    chars = sum(map(len, segments))
    if chars > _MOST_CHARS:
        return None
    found: dict[str, str] = {}
    foreign = 0
    waiting: str | None = None
    for segment in segments:
        name = label(segment)
        if name is not None:
            waiting = name
            continue
        pairs = list(_pairs(segment))
        if pairs and pairs[0][0] is not None:
            found.update((key, value) for key, value in pairs if key and value)
        elif waiting is not None:
            found.update({waiting: value} if (value := _folded(segment)) else {})
        else:
            foreign += len(segment.strip())
        waiting = None
    own = len({name for name in found if name in _OWN})
    return found if own >= _LEAST and foreign <= _FOREIGN_SHARE * chars else None


def of_line(line: str) -> dict[str, str] | None:
    """Return what a line below the title says (``来源：新华社 时间：2019-02-13``), or ``None`` if it is text."""
    if len(line) > _LINE_CHARS:
        return None
    found: dict[str, str] = {}
    for name, value in _pairs(line):
        words = _trimmed(value)
        if not _DATED.fullmatch(words) if name is None else not _is_value(name, words):
            return None
        if name is not None and words and name not in _COUNTER:
            found[name] = words
    return found or None


def _is_value(name: str, words: str) -> bool:
    """Tell whether words are short enough, and dates enough, to stand behind a label of a page line."""
    if name.endswith(("日期", "时间")) or name == "发布":
        return _DATED.fullmatch(words) is not None
    return len(words) <= _VALUE_CHARS and not re.search(r"[，。；]", words)


def of_head(root: Element) -> dict[str, str]:
    """Return the ``<meta>`` tags that speak of the page, by their names, and its ``title``."""
    found: dict[str, str] = {}
    for tag in root.iter("meta"):
        name = (tag.get("name") or tag.get("property") or "").strip()
        value = _folded(tag.get("content") or "")
        if name and value and not _TECHNICAL.fullmatch(name):
            found.setdefault(name, value)
    title = next(iter(root.iter("title")), None)
    if title is not None and (words := _folded("".join(title.itertext()))):
        found.setdefault("title", words)
    return found


def titles(found: dict[str, str]) -> list[str]:
    """Return what metadata calls the notice, longest first."""
    names = ("标题", "名称", "信息名称", "文件名称", "ArticleTitle", "title", "og:title")
    return sorted((found[name] for name in names if name in found), key=len, reverse=True)


def _pairs(text: str) -> Iterable[tuple[str | None, str]]:
    """Yield the labels in a text with what follows each; what stands before the first has the label ``None``."""
    matches = list(_PAIR.finditer(text))
    head = text[: matches[0].start()] if matches else text
    if head.strip():
        yield None, _folded(head)
    for index, match in enumerate(matches):
        end = matches[index + 1].start() if index + 1 < len(matches) else len(text)
        yield re.sub(r"[\s\u3000\xa0]+", "", match[1]), _folded(text[match.end() : end])


def _trimmed(value: str) -> str:
    """Cut the buttons off the end of a value (``新华社 【字体：大 中 小】 打印``)."""
    parts = re.split(r"(?=[【\[(（|｜])|\s+", value)
    while True:
        cut = next((k for k in range(len(parts)) if chrome.of_line(" ".join(parts[k:]))), None)
        if cut is None:
            return " ".join(part for part in parts if part).strip(" |｜")
        parts = parts[:cut]


def _folded(text: str) -> str:
    return " ".join(text.split())
