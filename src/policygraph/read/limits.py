"""How much a reader takes before it refuses: a notice is a few pages, a bomb is not.

The defaults suit real notices and their attachments many times over (a plan of 200 pages has 300,000 characters, a
ledger of a province's tasks 20,000 cells). Each can be raised: ``Limits(cells=2_000_000)``, ``--limit cells=2000000``.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from policygraph.errors import SourceError

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one source; every reader holds those that its format can break.

    ``elements`` counts the elements of a marked-up page, ``depth`` how deep they, or values, are nested, ``archives``
    archives inside an archive, ``members`` the files of an archive or the records of a scrape. ``expansion`` is
    unpacked size over packed size, asked once a member is larger than ``packed_bytes``; ``expanded_bytes`` is of all
    members together.
    """

    source_bytes: int = 64 * _MIB
    expanded_bytes: int = 256 * _MIB
    expansion: int = 200
    packed_bytes: int = 8 * _MIB
    text_chars: int = 5_000_000
    pages: int = 3_000
    cells: int = 300_000
    depth: int = 200
    elements: int = 500_000
    members: int = 50_000
    archives: int = 2

    def hold(self, source: str, name: str, value: int) -> None:
        """Refuse a source that has more of something than it may.

        Raises:
            SourceError: ``value`` is over the limit of this name.

        """
        limit = getattr(self, name)
        if value > limit:
            what = _WORDS[name].format(f"{limit:,}")
            raise SourceError(source, f"too large: {what}", f"raise the limit '{name}' if the file is sound")


DEFAULT = Limits()
NAMES = tuple(field.name for field in fields(Limits))
_WORDS = {
    "source_bytes": "more than {} bytes",
    "expanded_bytes": "unpacks to more than {} bytes",
    "expansion": "unpacks to more than {} times its size",
    "text_chars": "more than {} characters",
    "pages": "more than {} pages",
    "cells": "more than {} table cells",
    "elements": "more than {} elements",
    "depth": "nested more than {} deep",
    "members": "more than {} files or records inside",
    "archives": "archives nested more than {} deep",
}
