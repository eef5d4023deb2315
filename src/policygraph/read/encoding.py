"""Bytes to characters, whatever a header or a ``<meta>`` declares.

Notices come as UTF-8 with or without a byte-order mark, UTF-16, UTF-32 with a mark, and GB18030 (of which GB2312 and
GBK are parts). Strict UTF-8 is asked first, since no other encoding passes it by accident; then charset-normalizer
chooses between the rest by how much the result looks like Chinese. What is declared is never asked.
"""

from __future__ import annotations

import codecs
import re

from policygraph.errors import UndecodableText
from policygraph.models import Issue

_UTF16 = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_WIDE = ((codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"), *_UTF16)  # FF FE begins both
_BOMS = ((codecs.BOM_UTF8, "utf-8"), *_WIDE)
_CANDIDATES = ["gb18030", "big5"]
_HAN = re.compile(r"[\u4e00-\u9fff]")
_UNEXPECTED = re.compile(r"[^\u4e00-\u9fff\u3000-\u303f\uff00-\uffef\u2010-\u203b\s!-~]")
_HEAD_BYTES = 4096
_READABLE_SHARE = 0.9
_DAMAGE_SHARE = 0.01
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")


def decode(data: bytes, source: str) -> tuple[str, tuple[Issue, ...]]:
    """Return the text and an issue for each run of bytes that belongs to no character.

    Raises:
        UndecodableText: no encoding gives readable text.

    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _tolerant(data[len(mark) :], encoding, source)
    plain = _plain(data)
    if plain is not None:
        return plain, ()
    if wide := utf16(data):
        return _tolerant(data, wide, source)
    try:
        return data.decode(), ()
    except UnicodeDecodeError:
        return _guess(data, source)


def _plain(data: bytes) -> str | None:
    """Return strict UTF-8 that holds Chinese, which no other encoding is by accident, or ``None``."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    return text if _HAN.search(text) and "\x00" not in text else None


def utf16(data: bytes) -> str | None:
    """Return the UTF-16 encoding that the head of the bytes is Chinese text in, marked or not, or ``None``.

    Bytes with the mark of UTF-32 are in that.
    """
    for mark, encoding in _WIDE:
        if data.startswith(mark):
            return encoding
    start = data[:_HEAD_BYTES]
    if b"\x00" not in start and (start.isascii() or _is_utf8(start)):
        return None
    for _, encoding in _UTF16:
        head = start.decode(encoding, errors="ignore")
        if _HAN.search(head) and len(_UNEXPECTED.findall(head)) <= (1 - _READABLE_SHARE) * len(head):
            return encoding
    return None


def _is_utf8(start: bytes) -> bool:
    """Tell whether bytes, which may end inside a character, are strict UTF-8 that holds Chinese."""
    try:
        return _HAN.search(codecs.getincrementaldecoder("utf-8")().decode(start)) is not None
    except UnicodeDecodeError:
        return False


def _guess(data: bytes, source: str) -> tuple[str, tuple[Issue, ...]]:
    damaged = data.decode(errors="replace")
    if len(_HAN.findall(damaged)) > 0 and damaged.count("\ufffd") <= _DAMAGE_SHARE * len(damaged):
        return _tolerant(data, "utf-8", source)
    from charset_normalizer import from_bytes  # noqa: PLC0415 - UTF-8, the usual case, needs no detector

    best = from_bytes(data, cp_isolation=_CANDIDATES, threshold=0.8).best()
    for encoding in [best.encoding] if best else _CANDIDATES:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _HAN.search(text) and not _CONTROL.search(text):
            return text, ()
    damaged = data.decode("gb18030", errors="replace")
    if len(_HAN.findall(damaged)) > damaged.count("\ufffd") / _DAMAGE_SHARE and not _CONTROL.search(damaged):
        return _tolerant(data, "gb18030", source)
    raise UndecodableText(source, "not text in UTF-8, UTF-16 or GB18030", "check that the file is a text file")


def _tolerant(data: bytes, encoding: str, source: str) -> tuple[str, tuple[Issue, ...]]:
    text = data.decode(encoding, errors="replace")
    if text.count("\ufffd") > max(1.0, _DAMAGE_SHARE * len(text)):
        raise UndecodableText(source, f"damaged {encoding.upper()} text", "fetch the file again")
    issues = tuple(
        Issue("read", f"bytes that are no {encoding.upper()} character", match.span())
        for match in re.finditer("\ufffd+", text)
    )
    return text, issues
