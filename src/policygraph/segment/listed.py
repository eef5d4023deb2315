"""What the page's metadata adds to the elements: 发布日期, 来源, 成文日期, 发文字号 as a site or a register lists them.

They are facts of the page and have no characters of the text to lead back to, only their label in ``Page.metadata``.
So the text always goes first: a value is taken only where the text gives none, the web date and the issue date each
from labels of its own, and a document number stays apart from those that notices state (``listed_number``).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from policygraph.data import table
from policygraph.segment.document_numbers import document_number
from policygraph.text import dates
from policygraph.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from policygraph.models import Elements

_LISTED: dict[str, list[str]] = table("elements")["listed"]
_LABELS = {
    field: frozenset(re.sub(r"[_\-\s]", "", label).lower() for label in labels) for field, labels in _LISTED.items()
}
_UNIVERSAL = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):\d\d(?::\d\d(?:\.\d+)?)?Z")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:\d{6})?")
_SECONDS = re.compile(r"(\d{10})(?:\d{3})?")
_BEIJING = timedelta(hours=8)
_HAN = re.compile(r"[\u4e00-\u9fff]{2}")
_ADDRESS = re.compile(r"https?:|www\.|://", re.IGNORECASE)
_ORIGIN_CHARS = 60


def complete(own: Elements, metadata: Mapping[str, str]) -> Elements:
    """Return the elements with what only the metadata says of the notice."""
    return replace(
        own,
        issued_on=own.issued_on or _first(metadata, "issued", day),
        published_on=own.published_on or _first(metadata, "published", day),
        origin=own.origin or _first(metadata, "origin", _origin),
        listed_number=None if own.document_number else _first(metadata, "number", document_number),
    )


def day(value: str) -> str | None:
    """Return the day that a value of metadata is, as people in China count it, or ``None``.

    >>> day("2021年11月16日 9:05"), day("2021-11-19T16:30:00.000Z"), day("1634113298000"), day("2021年11月")
    ('2021-11-16', '2021-11-20', '2021-10-13', None)
    """
    words = normalise(value).strip()
    if universal := _UNIVERSAL.fullmatch(words):
        year, month, date, hour = map(int, universal.groups())
        if dates.iso(year, month, date) is None or hour > 23:  # noqa: PLR2004 - hours of a day
            return None
        return (datetime(year, month, date, hour, tzinfo=UTC) + _BEIJING).date().isoformat()
    if whole := _COMPACT.fullmatch(words):
        return dates.iso(*map(int, whole.groups()))
    if seconds := _SECONDS.fullmatch(words):
        return (datetime.fromtimestamp(int(seconds[1]), UTC) + _BEIJING).date().isoformat()
    return next((iso for start, _, iso in dates.find(words) if start == 0), None)


def _origin(value: str) -> str | None:
    """Return a source line that names somebody; an address names a page."""
    named = _HAN.search(value) and not _ADDRESS.search(value) and len(value) <= _ORIGIN_CHARS
    return value if named else None


def _first(metadata: Mapping[str, str], field: str, read: Callable[[str], str | None]) -> str | None:
    return next((found for value in _values(metadata, field) if (found := read(value))), None)


def _values(metadata: Mapping[str, str], field: str) -> Iterator[str]:
    """Yield the values under the labels of a field; ``data.pubDate`` is ``PubDate``."""
    for label, value in metadata.items():
        if re.sub(r"[_\-\s]", "", label.rsplit(".", 1)[-1]).lower() in _LABELS[field]:
            yield value
