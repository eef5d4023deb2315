"""RSS, Atom and sitemaps to their links; XML is parsed without entities, external files or the network.

A sitemap may be packed (``sitemap.xml.gz``) and may list other sitemaps; the walk follows those.
"""

from __future__ import annotations

import re
import zlib
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from policygraph.errors import SourceError
from policygraph.watch.links import Link, canonical, day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.watch.config import Kind

Element = Any

_MOST_BYTES = 64 * 1024 * 1024
_HEAD_BYTES = 2048
_ROOT = re.compile(rb"<(?:\w+:)?(rss|feed|RDF|urlset|sitemapindex)[\s>]")
_KINDS: dict[bytes, Kind] = {
    b"rss": "feed",
    b"feed": "feed",
    b"RDF": "feed",
    b"urlset": "sitemap",
    b"sitemapindex": "sitemap",
}


def kind(data: bytes) -> Kind | None:
    """Return what some bytes are: a ``feed``, a ``sitemap`` or neither."""
    found = _ROOT.search(unpacked(data, "<bytes>")[:_HEAD_BYTES])
    return _KINDS[found[1]] if found else None


def unpacked(data: bytes, address: str) -> bytes:
    """Return bytes that may be gzipped as they are within.

    Raises:
        SourceError: they are damaged or unpack to too much.

    """
    if not data.startswith(b"\x1f\x8b"):
        return data
    packed = zlib.decompressobj(wbits=31)
    try:
        plain = packed.decompress(data, _MOST_BYTES)
    except zlib.error:
        raise SourceError(address, "damaged archive", "open it in a browser") from None
    if packed.unconsumed_tail:
        raise SourceError(address, f"unpacks to more than {_MOST_BYTES:,} bytes", "watch a part of it")
    return plain


def read(data: bytes, address: str) -> tuple[list[Link], list[str]]:
    """Return the links of a feed or sitemap, and the addresses of the sitemaps that it lists.

    Raises:
        SourceError: it is neither, or is damaged.

    """
    root = _xml(unpacked(data, address), address)
    if _name(root) not in ("rss", "feed", "RDF", "urlset", "sitemapindex"):
        raise SourceError(address, f"<{_name(root)}> is no feed and no sitemap", "watch it as a list page")
    links: list[Link] = []
    inner: list[str] = []
    for element in root.iter("{*}item", "{*}entry", "{*}url", "{*}sitemap"):
        told = dict(_told(element))
        where = canonical(told.get("link") or told.get("loc") or "", address)
        if where and _name(element) == "sitemap":
            inner.append(where)
        elif where:
            links.append(Link(where, told.get("title", ""), told.get("day")))
    return links, inner


def _told(element: Element) -> Iterator[tuple[str, str]]:
    """Yield what an entry says of itself."""
    for child in reversed(element):
        if not isinstance(child.tag, str):
            continue
        name, text = _name(child), " ".join("".join(child.itertext()).split())
        if name == "link" and child.get("href"):
            if child.get("rel", "alternate") == "alternate":
                yield "link", child.get("href")
        elif name in ("link", "loc", "title") and text:
            yield name, text
        elif name in ("pubDate", "published", "updated", "date", "lastmod") and (found := _day(text)):
            yield "day", found


def _day(text: str) -> str | None:
    if found := day(text):
        return found
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except ValueError:
        return None


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _xml(data: bytes, address: str) -> Element:
    from lxml import etree  # noqa: PLC0415 - only feeds need it

    if b"<!ENTITY" in data:
        raise SourceError(address, "a document type with entities", "watch it as a list page")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data.lstrip(b" \t\r\n"), parser)
    except (etree.XMLSyntaxError, ValueError):
        raise SourceError(address, "damaged XML", "open it in a browser, or watch it as a list page") from None
