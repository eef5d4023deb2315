"""The parts of a zipped document (DOCX, OFD), each unpacked only when it is asked for and only within the limits.

A part's name is looked up as the formats write it: with ``/`` or ``\\``, with or without a leading ``/``, in any case
(``/Doc_0/Pages/Page_0/Content.xml``). Part sizes are counted while unpacking, since a header can lie. XML is parsed
without entities, external files or the network.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from policygraph.errors import SourceError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from policygraph.read.limits import Limits

_CHUNK_BYTES = 1 << 16
_HEAD_BYTES = 4096
_DEPTH_OF_PARSER = 256  # libxml2 refuses deeper trees by itself
_BROKEN = (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError, zlib.error)


class Package:
    """A zip file and what may still be unpacked from it."""

    def __init__(self, data: bytes, source: str, limits: Limits) -> None:
        """Open the directory of the archive.

        Raises:
            SourceError: the archive is damaged, encrypted or has too many members.

        """
        self.source = source
        self.limits = limits
        self.unpacked = 0
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _BROKEN:
            raise self.damaged() from None
        infos = self._zip.infolist()
        limits.hold(source, "members", len(infos))
        self._infos = {_key(info.filename): info for info in infos}

    def damaged(self) -> SourceError:
        """Return the error of a file that breaks off or does not hold together."""
        return SourceError(self.source, "damaged or truncated file", "fetch the file again")

    def names(self) -> list[str]:
        """Return the names of all parts, in the order of the archive."""
        return [info.filename for info in self._infos.values()]

    def has(self, name: str) -> bool:
        """Tell whether there is a part of this name."""
        return _key(name) in self._infos

    def bytes(self, name: str) -> bytes:
        """Return a part, or ``b""`` if there is none.

        Raises:
            SourceError: the part is damaged or encrypted, or unpacks to more than it may.

        """
        info = self._infos.get(_key(name))
        if info is None:
            return b""
        if info.flag_bits & 1:
            raise SourceError(self.source, "encrypted archive", "save it without a password")
        chunks: list[bytes] = []
        size = 0
        try:
            with self._zip.open(info) as part:
                while chunk := part.read(_CHUNK_BYTES):
                    size += len(chunk)
                    self._hold(size, info.compress_size)
                    chunks.append(chunk)
        except _BROKEN:
            raise self.damaged() from None
        self.unpacked += size
        return b"".join(chunks)

    def xml(self, name: str) -> Element | None:
        """Return the root of a part that is XML, or ``None`` if there is no such part.

        Raises:
            SourceError: the part is damaged, is no XML or is nested too deep.

        """
        from lxml import etree  # noqa: PLC0415 - only zipped documents need it

        data = self.bytes(name)
        if not data:
            return None
        if b"<!DOCTYPE" in data[:_HEAD_BYTES] or b"<!ENTITY" in data:
            raise SourceError(self.source, f"a document type declared in {name}", "save it again in an office program")
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            if "depth" in str(error).lower():
                self.limits.hold(self.source, "depth", max(_DEPTH_OF_PARSER, self.limits.depth + 1))
            raise SourceError(self.source, f"damaged part {name}", "fetch the file again") from None
        return root

    def _hold(self, size: int, packed: int) -> None:
        self.limits.hold(self.source, "expanded_bytes", self.unpacked + size)
        if size > self.limits.packed_bytes:
            self.limits.hold(self.source, "expansion", size // max(1, packed))


def beside(name: str, target: str) -> str:
    """Return the name of a part that another names relative to itself, or from the root with ``/``.

    >>> beside("Doc_0/Document.xml", "Pages/Page_0/Content.xml"), beside("a/b.xml", "/c.xml")
    ('Doc_0/Pages/Page_0/Content.xml', 'c.xml')
    """
    target = target.replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(name), target)).lstrip("/")


def _key(name: str) -> str:
    return posixpath.normpath("/" + name.replace("\\", "/")).lstrip("/").lower()
