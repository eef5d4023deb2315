"""A web page saved in one file (MHTML, RFC 2557), as browsers and Word write it: the page in it, read as HTML.

``MIME-Version: 1.0`` … ``Content-Type: text/html``: pictures and styles that were saved with the page are left aside.
"""

from __future__ import annotations

from email import message_from_bytes
from hashlib import sha256
from typing import TYPE_CHECKING

from msgspec.structs import replace

from policygraph.errors import SourceError
from policygraph.read import html

if TYPE_CHECKING:
    from policygraph.models import Page
    from policygraph.read.limits import Limits


def read(data: bytes, source: str, limits: Limits) -> Page:
    """Read the page of a web archive.

    Raises:
        SourceError: the file is damaged or holds no page, or the page cannot be read.

    """
    try:
        parts = list(message_from_bytes(data).walk())
        limits.hold(source, "members", len(parts))
        pages = [part.get_payload(decode=True) for part in parts if part.get_content_type() == "text/html"]
    except (RecursionError, LookupError, ValueError, TypeError, AttributeError):
        raise SourceError(source, "damaged web archive", "save the page again, as HTML") from None
    page = next((body for body in pages if isinstance(body, bytes) and body.strip()), None)
    if page is None:
        raise SourceError(source, "a web archive without a page", "save the page again, as HTML")
    limits.hold(source, "source_bytes", len(page))
    return replace(html.read(page, source, limits), media_type="multipart/related", sha256=sha256(data).hexdigest())
