"""Bytes to a page: whatever form a notice was published in, as text with offsets that never change.

:func:`read` asks :mod:`~policygraph.read.sniff` for the format and hands the bytes to the one reader that
knows it. A reader is a function ``(bytes, source name) -> Page``; adding a format is one module and one line
in ``_READERS``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph.errors import EmptySource, SourceError, UnknownFormat
from policygraph.read import plaintext, sniff

if TYPE_CHECKING:
    from collections.abc import Callable

    from policygraph.models import Page

_READERS: dict[str, Callable[[bytes, str], Page]] = {"txt": plaintext.read}


def read(source: str | Path | bytes, *, name: str | None = None) -> Page:
    """Read one source: a path, ``"-"`` for standard input, or the bytes themselves.

    ``name`` is what messages and the page call the source; a path names itself.

    Raises:
        SourceError: the source is missing, empty, in an unknown format or in no known encoding.

    """
    label = name or ("<bytes>" if isinstance(source, bytes) else str(source))
    data = source if isinstance(source, bytes) else _load(source, label)
    if not data.strip():
        raise EmptySource(label, "empty source", "give a file that holds the text of a notice")
    kind = sniff.kind(data, label)
    if kind not in _READERS:
        known = ", ".join(sorted(_READERS))
        raise UnknownFormat(label, f"unknown format '{kind}'", f"known: {known}; save it as text")
    return _READERS[kind](data, label)


def _load(source: str | Path, label: str) -> bytes:
    if str(source) == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(source).read_bytes()
    except FileNotFoundError:
        raise SourceError(label, "no such file", "check the path") from None
    except IsADirectoryError:
        raise SourceError(label, "is a folder", "use `policygraph build` for folders") from None
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise SourceError(label, reason, "check that the file can be read") from None
