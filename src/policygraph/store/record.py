"""A notice as a store keeps it whole, beside its graph, so that it can be compared without its source.

The published text stands in the store already and is left out. What stands in a record has the fields of
:mod:`policygraph.models`, so a change of these raises the version of the stores.
"""

from __future__ import annotations

import zlib
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from policygraph.models import Notice

if TYPE_CHECKING:
    from pydantic import TypeAdapter


def pack(notice: Notice) -> bytes:
    """Return a notice without its text, as JSON that is compressed."""
    bare = replace(notice, page=replace(notice.page, text=""))
    return zlib.compress(_adapter().dump_json(bare, exclude_defaults=True))


def unpack(record: bytes, text: str) -> Notice:
    """Return the notice of a record and its published text."""
    notice = _adapter().validate_json(zlib.decompress(record))
    return replace(notice, page=replace(notice.page, text=text))


@cache
def _adapter() -> TypeAdapter[Notice]:
    from pydantic import TypeAdapter  # noqa: PLC0415 - a question needs none

    return TypeAdapter(Notice)
