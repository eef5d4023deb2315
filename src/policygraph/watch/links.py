"""Links: an address in one spelling, the words it is listed under, the day that stands beside it.

``http://WWW.jms.gov.cn:80/a/../b.html;jsessionid=1F#top`` and ``http://www.jms.gov.cn/b.html`` are one address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_DAYS = (
    re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)"),
    re.compile(r"/t?((?:19|20)\d\d)(\d\d)(\d\d)(?=[_/.])"),  # …/202403/t20240305_123.html
    re.compile(r"/((?:19|20)\d\d)-?(\d\d)/(\d\d)/"),
)
_DEFAULT = {"http": 80, "https": 443}
_MOST_CHARS = 2_000


@dataclass(frozen=True, slots=True)
class Link:
    """A link that a source lists; ``day`` is when it says it was published or changed, as far as it says so."""

    address: str
    title: str = ""
    day: str | None = None


def canonical(address: str, base: str = "") -> str | None:
    """Return an address in its one spelling, or ``None`` if it is none of the web.

    >>> canonical("../b.html#top", "HTTP://WWW.jms.gov.cn:80/a/c.html")
    'http://www.jms.gov.cn/b.html'
    """
    try:
        parts = urlsplit(urljoin(base, " ".join(address.split())))
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT or not host or parts.username or len(address) > _MOST_CHARS:
        return None
    host = f"[{host}]" if ":" in host else host
    place = host if port in (None, _DEFAULT[parts.scheme]) else f"{host}:{port}"
    path = quote(_SESSION.sub("", _flat(parts.path)) or "/", safe="/%~!$&'()*+,;=:@")
    return urlunsplit((parts.scheme, place, path, quote(parts.query, safe="/%~!$&'()*+,;=:@?"), ""))


def _flat(path: str) -> str:
    """Return a path without ``.`` and ``..``."""
    kept: list[str] = []
    for part in path.split("/"):
        if part == "..":
            kept = kept[:-1] if len(kept) > 1 else kept
        elif part != ".":
            kept.append(part)
    return "/".join(kept) + ("/" if path.endswith(("/.", "/..")) else "")


def day(text: str) -> str | None:
    """Return the first day that some words or an address name, in ISO form.

    >>> day("[2024/3/5]"), day("/xxgk/202403/t20240305_12.html"), day("03-05")
    ('2024-03-05', '2024-03-05', None)
    """
    for pattern in _DAYS:
        for found in pattern.finditer(text):
            try:
                return date(*map(int, found.groups())).isoformat()
            except ValueError:
                continue
    return None
