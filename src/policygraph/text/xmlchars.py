"""What XML cannot hold: control characters that a copied notice may carry, such as U+000B."""

from __future__ import annotations

import re

_NOT_ALLOWED = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def allowed(text: str) -> str:
    """Return a text without the characters that XML 1.0 does not allow.

    >>> allowed("节\\x0b水")
    '节水'
    """
    return _NOT_ALLOWED.sub("", text)
