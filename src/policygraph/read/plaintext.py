"""Plain text, and Markdown read as it stands, to a page: ``关于印发…的通知`` with its line ends made ``\\n``."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from policygraph.models import Page
from policygraph.read.encoding import decode

if TYPE_CHECKING:
    from policygraph.read.limits import Limits


def read(data: bytes, source: str, limits: Limits) -> Page:
    """Read a text file; ``\\r\\n`` and ``\\r`` become ``\\n``, every other character stays.

    Raises:
        UndecodableText: the bytes are no text.
        SourceError: there is more text than a notice has.

    """
    text, issues = decode(data, source)
    limits.hold(source, "text_chars", len(text))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Page(source, "text/plain", sha256(data).hexdigest(), text, issues)
