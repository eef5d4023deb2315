"""An address that may be watched, tried: what it is, what it lists, and whether its first page is a notice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policygraph import pipeline
from policygraph.errors import PolicygraphError, WatchError
from policygraph.watch import feeds, listing
from policygraph.watch.config import Source

if TYPE_CHECKING:
    from policygraph.watch.fetch import Fetcher
    from policygraph.watch.links import Link

_TRIED = 3


@dataclass(frozen=True, slots=True)
class Trial:
    """What an address gives: the links it would take, where it goes on, and what its first pages say."""

    source: Source
    links: tuple[Link, ...]
    next: str | None
    pages: tuple[str, ...]


def tries(source: Source, fetcher: Fetcher, *, sure: bool = False) -> Trial:
    """Return what a source would take; its kind is told from what it gives, unless that is ``sure``.

    Raises:
        WatchError: it cannot be fetched, or nothing on it would be taken.
        SourceError: it cannot be read.

    """
    answer = fetcher.get(source.place, source)
    data = answer.data or b""
    found = source if sure else replace(source, kind=feeds.kind(data) or "list")
    after = None
    if found.kind == "list":
        page = listing.read(data, answer.address, found)
        links, after = page.links, page.next
    else:
        listed, inner = feeds.read(data, answer.address)
        links = tuple(listed)
        if not links and inner:
            after = inner[0]
            links = tuple(feeds.read(fetcher.get(after, found).data or b"", after)[0])
    wanted = tuple(one for one in links if found.takes(one.address, one.title))
    if not wanted:
        what = "no repeated block of dated links was found on it" if found.kind == "list" else "it lists no such link"
        raise WatchError(source.place, what, "say which links to take: --links PATTERN")
    return Trial(found, wanted, after, tuple(_said(one, found, fetcher) for one in wanted[:_TRIED]))


def _said(link: Link, source: Source, fetcher: Fetcher) -> str:
    """Return in a line what the page behind a link says."""
    try:
        answer = fetcher.get(link.address, source)
        notices = pipeline.parse(answer.data or b"", name=link.address)
    except PolicygraphError as error:
        return f"{link.title}: {error.what}"
    return f"{link.title}: " + ", ".join(f"{one.id}, {len(one.tasks)} tasks" for one in notices)
