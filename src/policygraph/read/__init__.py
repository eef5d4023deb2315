"""Bytes to pages: whatever form a notice was published in, as text with offsets that never change.

:func:`pages` asks :mod:`~policygraph.read.sniff` for the format and hands the bytes to the one module that knows it,
which is imported only then. A module of a format that is one page has ``read(data, source, limits) -> Page``; a module
of a container has ``split(data, source, limits)``, which yields its pages, or its members as ``(source, bytes)``, or
the error of a part that cannot be read. Adding a format is one module and one line in ``_READERS``.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policygraph.errors import EmptySource, PolicygraphError, SourceError, UnknownFormat
from policygraph.read import sniff
from policygraph.read.limits import DEFAULT, Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from policygraph.models import Page

    Failed = Callable[[PolicygraphError], None]

__all__ = ["DEFAULT", "Limits", "label", "pages", "read"]

_READERS: dict[str, str] = {
    "csv": "spreadsheet",
    "doc": "doc",
    "docx": "docx",
    "html": "html",
    "json": "records",
    "md": "markdown",
    "mhtml": "mhtml",
    "ofd": "ofd",
    "pdf": "pdf",
    "rtf": "rtf",
    "txt": "plaintext",
    "xls": "spreadsheet",
    "xlsx": "spreadsheet",
    "zip": "archive",
}


def read(source: str | Path | bytes, *, name: str | None = None, limits: Limits = DEFAULT) -> Page:
    """Read one source that is one page: a path, ``"-"`` for standard input, or the bytes themselves.

    ``name`` is what messages and the page call the source; a path names itself.

    Raises:
        SourceError: the source is missing, empty, in an unknown format or in no known encoding, over a limit, or
            holds several pages.

    """
    found = pages(source, name=name, limits=limits)
    if len(found) != 1:
        raise SourceError(label(source, name), f"holds {len(found)} pages", "read it with `pages`")
    return found[0]


def pages(
    source: str | Path | bytes, *, name: str | None = None, limits: Limits = DEFAULT, failed: Failed | None = None
) -> list[Page]:
    """Read any source: one page, or every page of an archive or a scrape, in its order.

    ``failed`` is called with the error of each part that cannot be read, and the other parts go on; without it the
    first error is raised.

    Raises:
        SourceError: the source cannot be read at all, or a part of it cannot and ``failed`` is not given.

    """
    called = label(source, name)
    data = source if isinstance(source, bytes) else _load(source, called, limits)
    return list(_pages(data, called, limits, failed))


def label(source: str | Path | bytes, name: str | None) -> str:
    """Return what a source is called."""
    return name or ("<bytes>" if isinstance(source, bytes) else str(source))


def _pages(data: bytes, source: str, limits: Limits, failed: Failed | None) -> Iterator[Page]:
    limits.hold(source, "source_bytes", len(data))
    reader = _reader(data, source)
    if hasattr(reader, "read"):
        yield reader.read(data, source, limits)
        return
    for part in reader.split(data, source, limits):
        try:
            if isinstance(part, PolicygraphError):
                raise part
            if isinstance(part, tuple):
                yield from _pages(part[1], part[0], limits, failed)
            else:
                yield part
        except SourceError as error:
            if failed is None:
                raise
            failed(error)


def _reader(data: bytes, source: str) -> Any:  # noqa: ANN401 - a module
    """Return the module that reads these bytes."""
    if not data.strip():
        raise EmptySource(source, "empty source", "give a file that holds the text of a notice")
    kind = sniff.kind(data, source)
    if kind not in _READERS:
        raise _unknown(kind, source)
    return import_module(f"policygraph.read.{_READERS[kind]}")


def _unknown(kind: str, source: str) -> UnknownFormat:
    """Return the refusal of a format; bytes of none, named like a document, are a broken copy of one."""
    named = Path(source).suffix.lower().lstrip(".")
    if kind == "binary" and named in _READERS:
        what = f"named .{named}, but its bytes are no {named.upper()} file and no text"
        return UnknownFormat(source, what, "fetch the file again and see that it opens")
    return UnknownFormat(source, f"unknown format '{kind}'", f"known: {', '.join(sorted(_READERS))}; save it as text")


def _load(source: str | Path, called: str, limits: Limits) -> bytes:
    """Return the bytes of a file or of standard input, at most one more than the limit allows."""
    try:
        if str(source) == "-":
            return sys.stdin.buffer.read(limits.source_bytes + 1)
        with Path(source).open("rb") as file:
            return file.read(limits.source_bytes + 1)
    except FileNotFoundError:
        raise SourceError(called, "no such file", "check the path") from None
    except IsADirectoryError:
        raise SourceError(called, "is a folder", "use `policygraph build` for folders") from None
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise SourceError(called, reason, "check that the file can be read") from None
