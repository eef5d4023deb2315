"""What closes a page and is no text of its notice: ``(此件公开发布)``, ``联系人:张三,电话:…``, ``附件下载:…``.

A bracket on how far a notice is open stands anywhere, also run on behind a date; the rest fills a line or, in brackets,
closes one. The imprint (版记, GB/T 9704-2012) is ``抄送:市委各部门。`` and ``某市人民政府办公室2018年7月19日印发``;
beside it stand ``信息公开形式:主动公开`` and, by the standard of 1999, ``主题词:``.
A label 附件 that nothing follows is bare.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygraph.text.anchored import Anchored

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENNESS = Anchored(
    r"[(〔\[](?:此件|此文|本文|本件)[^()〔〕\[\]。\n]{0,16}(?:公开|发布|发表|删减)[^()〔〕\[\]。\n]{0,8}[)〕\]]",
    *("此件", "此文", "本文", "本件"),
)
_PHONE = r"(?:电话|手机|传真|邮箱|\d{7})"
_IN_BRACKETS = Anchored(
    rf"[(〔\[][业务市县区省]{{0,2}}联系(?:人|方式|电话):(?=[^\n]*{_PHONE})[^()〔〕\[\]\n]{{1,80}}[)〕\]]。?$",
    "联系",
    flags=re.MULTILINE,
)
_CONTACT = re.compile(
    rf"\n(?:[业务市县区省]{{0,2}}联系(?:人|方式|电话)(?:及(?:联系)?(?:电话|方式))?:(?=[^\n]*{_PHONE})[^\n。]{{1,120}}。?$"
    r"|(?:联系人|联系电话|电子邮箱):[^\n。,;]{1,40}。?$)",
    re.MULTILINE,
)
_FILE = r"[^\n]{0,120}\.(?:docx?|xlsx?|pdf|wps|ofd|zip|rar|et)"
_DOWNLOAD = re.compile(
    rf"\n(?:相关)?(?:附件|文件)下载:?(?:{_FILE}|[^\n。]{{0,80}})(?:\n(?:\d{{1,2}}[.、])?{_FILE})*$", re.MULTILINE
)
_BARE = re.compile(r"\n(?:附件\d{0,2}:?(?:\n{1,3}|\Z)){1,20}\Z")
_COPIED = re.compile(
    r"\n(?:抄送|抄报|抄发|分送)(?:机关|单位)?:(?:[^\n。:]{0,200}[,、;]\n){0,5}[^\n。:]{1,300}。?$", re.MULTILINE
)
_PRINTED = Anchored(
    r"\n(?:(?:[\u4e00-\u9fff]{2,30})?(?:19|20)\d\d年\d{1,2}月\d{1,2}日印发(?:\(?共印\d{1,5}份\)?)?。?$"
    r"|\(?(?:共印|印发)\d{1,5}份\)?。?$|(?:主题词|责任编辑|责编):[^\n。]{1,60}$)",
    *("印发", "共印", "主题词", "责任编辑", "责编"),
    flags=re.MULTILINE,
)
_PUBLICITY = Anchored(
    r"\n(?:\(?(?:(?:政府)?信息)?公开(?:方式|形式|属性|选项|类别|类型):(?:主动公开|依申请公开|不予公开|不公开)[^\n。]{0,20}$"
    r"|\(?(?:主动公开|依申请公开|不予公开)\)?$)",
    *("主动公开", "依申请公开", "不予公开", "不公开"),
    flags=re.MULTILINE,
)
_ANYWHERE: tuple[re.Pattern[str] | Anchored, ...] = (_OPENNESS, _IN_BRACKETS)
_OWN_LINES: tuple[re.Pattern[str] | Anchored, ...] = (_CONTACT, _DOWNLOAD, _BARE, _COPIED, _PRINTED, _PUBLICITY)


def find(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Yield the spans of such words in a compact text from ``start``; those of two forms may overlap."""
    for form in _ANYWHERE:
        yield from (match.span() for match in form.finditer(text, start))
    lines = "\n" + text  # so that each line has a break before it, which is found sooner than a line's start
    for form in _OWN_LINES:
        yield from ((match.start(), match.end() - 1) for match in form.finditer(lines, start))
