"""A notice as a store keeps it whole, beside its graph, so that it can be compared without its source.

The published text stands in the store already and is left out. What stands in a record has the fields of
:mod:`policygraph.models`, so a change of these raises the version of the stores.
"""

from __future__ import annotations

import zlib

import msgspec
from msgspec.structs import replace

from policygraph.models import Notice


def pack(notice: Notice) -> bytes:
    """Return a notice without its text, as JSON that is compressed."""
    bare = replace(notice, page=replace(notice.page, text=""))
    return zlib.compress(msgspec.json.encode(bare))


def unpack(record: bytes, text: str) -> Notice:
    """Return the notice of a record and its published text."""
    notice = msgspec.json.decode(zlib.decompress(record), type=Notice)
    return replace(notice, page=replace(notice.page, text=text))
