"""A ZIP of notices to its members, each with a name of its own: ``archive.zip!2018/通知.html``.

Archives inside are opened too, nested at most twice. Names that Chinese Windows wrote are decoded; what systems leave
behind (``__MACOSX``, ``Thumbs.db``, ``~$通知.docx``) is no member. All that is unpacked counts against one limit, so
that a bomb is refused before it has grown.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from policygraph.errors import PolicygraphError, SourceError
from policygraph.read import sniff

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.read.limits import Limits

Member = tuple[str, bytes] | PolicygraphError

_LITTER = re.compile(r"(?:^|/)(?:__MACOSX/|\.[^/]*|Thumbs\.db$|desktop\.ini$|~\$[^/]*$|.*~$)", re.IGNORECASE)
_ENTRY = b"PK\x01\x02"  # counted before the directory is read, which takes a kilobyte for each
_CHUNK_BYTES = 1 << 16
_BROKEN = (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError, zlib.error)


def split(data: bytes, source: str, limits: Limits) -> Iterator[Member]:
    """Yield the members of an archive, in its order, or the error of one that cannot be unpacked.

    Raises:
        SourceError: the archive is damaged, is empty, has too many members or unpacks to more than it may.

    """
    yield from _Unpacking(source, limits).members(data, source, 0)


class _Unpacking:
    """What has been unpacked so far, of an archive and those inside it."""

    def __init__(self, source: str, limits: Limits) -> None:
        self._source, self._limits = source, limits
        self._bytes = self._count = 0

    def members(self, data: bytes, called: str, depth: int) -> Iterator[Member]:
        self._limits.hold(self._source, "members", data.count(_ENTRY))
        try:
            archive = zipfile.ZipFile(BytesIO(data))
        except _BROKEN:
            raise SourceError(called, "damaged or truncated archive", "fetch the file again") from None
        infos = [info for info in archive.infolist() if not info.is_dir() and not _LITTER.search(_name(info))]
        self._count += len(infos)
        self._limits.hold(self._source, "members", self._count)
        if not infos:
            raise SourceError(called, "empty archive", "give an archive that holds notices")
        for info in infos:
            inner = f"{called}!{_name(info)}"
            content = self._unpack(archive, info, inner)
            if isinstance(content, SourceError):
                yield content
            elif sniff.kind(content, inner) != "zip":
                yield inner, content
            elif depth >= self._limits.archives:
                what = f"archives nested more than {self._limits.archives} deep"
                yield SourceError(inner, what, "raise the limit 'archives' if the file is sound")
            else:
                try:
                    yield from self.members(content, inner, depth + 1)
                except SourceError as error:
                    if error.source == self._source:
                        raise
                    yield error

    def _unpack(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, called: str) -> bytes | SourceError:
        """Return a member's bytes, counted while they are unpacked, or why they cannot be had."""
        if info.flag_bits & 1:
            return SourceError(called, "encrypted", "unpack it with its password first")
        chunks: list[bytes] = []
        size = 0
        try:
            with archive.open(info) as file:
                while chunk := file.read(_CHUNK_BYTES):
                    size += len(chunk)
                    self._bytes += len(chunk)
                    self._limits.hold(self._source, "expanded_bytes", self._bytes)
                    if size > self._limits.packed_bytes:
                        self._limits.hold(self._source, "expansion", size // max(1, info.compress_size))
                    chunks.append(chunk)
        except _BROKEN:
            return SourceError(called, "cannot be unpacked", "unpack it yourself or fetch the archive again")
        return b"".join(chunks)


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's name; one without the UTF-8 flag that is Chinese is in GB18030."""
    name = info.filename.replace("\\", "/")
    if info.flag_bits & 0x800 or name.isascii():
        return name
    try:
        return name.encode("cp437").decode("gb18030")
    except UnicodeError:
        return name
