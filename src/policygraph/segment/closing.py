"""What closes a page and is no text of its notice: ``(此件公开发布)``, ``联系人:张三,电话:…``, ``附件下载:…``.

A bracket on how far a notice is open stands anywhere, also run on behind a date; the rest fills a line or, in brackets,
closes one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENNESS = re.compile(
    r"[(〔\[](?:此件|此文|本文|本件)[^()〔〕\[\]。\n]{0,16}(?:公开|发布|发表|删减)[^()〔〕\[\]。\n]{0,8}[)〕\]]"
)
_PHONE = r"(?:电话|手机|传真|邮箱|\d{7})"
_CONTACT = re.compile(
    rf"^[业务市县区省]{{0,2}}联系(?:人|方式|电话)(?:及(?:联系)?(?:电话|方式))?:(?=[^\n]*{_PHONE})[^\n。]{{1,120}}。?$"
    r"|^(?:联系人|联系电话|电子邮箱):[^\n。,;]{1,40}。?$"
    rf"|[(〔\[][业务市县区省]{{0,2}}联系(?:人|方式|电话):(?=[^\n]*{_PHONE})[^()〔〕\[\]\n]{{1,80}}[)〕\]]。?$",
    re.MULTILINE,
)
_FILE = r"[^\n]{0,120}\.(?:docx?|xlsx?|pdf|wps|ofd|zip|rar|et)"
_DOWNLOAD = re.compile(
    rf"^(?:相关)?(?:附件|文件)下载:?(?:{_FILE}|[^\n。]{{0,80}})(?:\n(?:\d{{1,2}}[.、])?{_FILE})*$", re.MULTILINE
)


def find(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Yield the spans of such words in a compact text from ``start``; those of two forms may overlap."""
    for form in (_OPENNESS, _CONTACT, _DOWNLOAD):
        yield from (match.span() for match in form.finditer(text, start))
