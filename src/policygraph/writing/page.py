"""A page (HTML) that stands alone, to be mailed or printed: no script, and nothing is loaded from anywhere."""

from __future__ import annotations

import re
from html import escape

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069\u200e\u200f]")
_STYLE = """
body{font:15px/1.6 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif}
body{margin:2rem auto;max-width:80rem;padding:0 1rem}
table{border-collapse:collapse;width:100%;table-layout:fixed}
th,td{border:1px solid #bbb;padding:.4rem;vertical-align:top;overflow-wrap:anywhere;text-align:left}
small{color:#555;display:block}
"""


def words(text: str) -> str:
    """Return text as it stands in a page: escaped, without what HTML may not hold and what turns the direction.

    >>> words("<b>水</b>")
    '&lt;b&gt;水&lt;/b&gt;'
    """
    return escape(_TURNING.sub("", _ILLEGAL.sub("", text)))


def write(title: str, body: str, style: str = "") -> str:
    """Return a whole page; ``title`` is plain text, ``body`` is markup whose words were escaped."""
    return (
        '<!DOCTYPE html>\n<html lang="zh-Hans"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{words(title)}</title><style>{_STYLE}{style}</style></head><body>\n{body}\n</body></html>\n"
    )
