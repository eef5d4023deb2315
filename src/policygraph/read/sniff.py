"""What format some bytes are in, by their content first and their name last.

Archives of notices name files wrongly often enough (a ``.doc`` that is HTML) that the suffix only decides
what the content leaves open.
"""

from __future__ import annotations

from pathlib import PurePath

from policygraph.read.encoding import utf16

_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "rar"),
    (b"{\\rtf", "rtf"),
    (b"SQLite format 3\x00", "sqlite"),
)
_ZIPPED = {"docx", "xlsx", "pptx", "ofd", "wps"}
_STRUCTURED = {"json", "jsonl", "csv", "tsv", "xml"}
_HEAD_BYTES = 4096


def kind(data: bytes, name: str) -> str:
    """Return a short name of the format: ``txt``, ``html``, ``pdf``, ``docx`` or ``binary``."""
    for magic, found in _MAGIC:
        if data.startswith(magic):
            return found
    suffix = PurePath(name).suffix.lower().lstrip(".")
    if data.startswith(b"PK\x03\x04"):
        return suffix if suffix in _ZIPPED else "zip"
    head = data[:_HEAD_BYTES]
    if b"\x00" in head and not utf16(data):
        return "binary"
    if _markup(head):
        return "html"
    return suffix if suffix in _STRUCTURED else "txt"


def _markup(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:64].lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<div", b"<?xml", b"<p", b"<meta"))
