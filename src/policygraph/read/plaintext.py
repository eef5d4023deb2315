"""Plain text, and Markdown read as it stands, to a page: ``关于印发…的通知`` with its line ends made ``\\n``."""

from __future__ import annotations

from hashlib import sha256

from policygraph.models import Page
from policygraph.read.encoding import decode


def read(data: bytes, source: str) -> Page:
    """Read a text file; ``\\r\\n`` and ``\\r`` become ``\\n``, every other character stays.

    Raises:
        UndecodableText: the bytes are no text.

    """
    text, issues = decode(data, source)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Page(source, "text/plain", sha256(data).hexdigest(), text, issues)
