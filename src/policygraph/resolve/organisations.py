"""Which body a name in a notice means.

市城乡建设局 in a notice of 佳木斯市 is 佳木斯市城乡建设局; 佳木斯海事局 and 生态环境部 name themselves. A collective
(各县(市)区政府) is many bodies and a level other than the issuer's (省水利厅 in a city's notice) is not known from
the notice alone: both stay unresolved, which is said by ``None`` and never guessed.
"""

from __future__ import annotations

import re
from functools import lru_cache

from policygraph.data import table
from policygraph.extract import names

_BODIES = table("bodies")
_ABOVE = tuple(_BODIES["above"]["starts"])
_PROVINCES = tuple(_BODIES["provinces"]["names"])
_STEM = re.compile(r"(?:综合实验区|特别行政区|自治区|自治州|自治县|开发区|新区|省|市|州|盟|县|区|旗|镇|乡)$")


@lru_cache(maxsize=8192)
def identify(name: str, jurisdiction: str | None) -> str | None:
    """Return the id of the body that a restored name means in a notice of ``jurisdiction``, or ``None``.

    >>> identify("市水务局", "佳木斯市"), identify("各县(市)区政府", "佳木斯市")
    ('佳木斯市水务局', None)
    """
    if names.kind(name) in ("collective", "unit", None):
        return None
    prefix = names.level(name)
    if prefix:
        return _local(name, prefix, jurisdiction)
    if name.startswith((*_ABOVE, *_PROVINCES)) or ((stem := place(jurisdiction)) and name.startswith(stem)):
        return name
    if jurisdiction is None or names.kind(name) in ("central", "government", "vertical"):
        return name
    return None


def place(jurisdiction: str | None) -> str | None:
    """Return the name of a place without its level: 佳木斯 for 佳木斯市."""
    return _STEM.sub("", jurisdiction) or jurisdiction if jurisdiction else None


def _local(name: str, prefix: str, jurisdiction: str | None) -> str | None:
    bare = prefix.removesuffix("党委").removesuffix("委") or prefix
    if jurisdiction is None or not jurisdiction.endswith(bare):
        return None
    return jurisdiction + name[len(bare) :]
