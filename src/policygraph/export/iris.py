"""Ids as parts of IRIs: 佳政办发〔2018〕17号 stays as it is, what an IRI cannot hold is escaped."""

from __future__ import annotations

import re
from urllib.parse import quote

BASE = "urn:policygraph:id:"
_NOT_IN_IRIS = re.compile('[\\x00-\\x20\\x7f-\\x9f"#%<>?\\[\\\\\\]^`{|}\\ud800-\\udfff]')


def escaped(identifier: str) -> str:
    """Return an id without what an IRI cannot hold.

    >>> escaped("佳政办发〔2018〕17号:二/一/1:1"), escaped("《水 方案》")
    ('佳政办发〔2018〕17号:二/一/1:1', '《水%20方案》')
    """
    return _NOT_IN_IRIS.sub(lambda found: quote(found[0], safe="", errors="replace"), identifier)
