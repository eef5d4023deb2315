"""What format some bytes are in, by their content first and their name last.

Archives of notices name files wrongly often enough (a ``.doc`` that is HTML, a ``.wps`` that is DOCX) that the suffix
only decides what the content leaves open.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

from policygraph.read.encoding import utf16

_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "rar"),
    (b"{\\rtf", "rtf"),
    (b"SQLite format 3\x00", "sqlite"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("EncryptedPackage", "doc"),  # its reader says what it is
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ZIP_ENTRY = b"PK\x01\x02"
_MOST_ENTRIES = 50_000  # more than any document has
_ZIP_MEMBERS = (
    (re.compile(r"word/\w*document\w*\.xml"), "docx"),
    (re.compile(r"xl/workbook\.(?:xml|bin)"), "xlsx"),
    (re.compile(r"ppt/presentation\.xml"), "pptx"),
    (re.compile(r"OFD\.xml"), "ofd"),
    (re.compile(r"content\.xml"), "odt"),
)
_ZIPPED = frozenset(["docx", "xlsx", "pptx", "ofd"])
_NAMED = {"csv": "csv", "tsv": "csv", "md": "md", "markdown": "md", "json": "json", "jsonl": "json", "ndjson": "json"}
_MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|div|p|meta|table|title|span|section|article|link|script|style|center|font|h[1-6]"
    r"|ul|ol|dl|li|tr|td|br|a|b|strong|pre|main|header|form|jsp:)[\s>/:]|<%@",
    re.IGNORECASE,
)
_PAGE = re.compile(r"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_JSON = re.compile(r"\{\s*(?:\"(?:[^\"\\]|\\.)*\"\s*:|\}\s*\Z)|\[\s*[{\"\[]\s*")
_MIME = re.compile(r"MIME-Version:|From: [^\n]{0,200}\n(?:Snapshot-Content-Location|Subject):", re.IGNORECASE)
_HEAD_BYTES = 4096
_CONTROL = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_SHARE = 0.05  # a tenth of random bytes; text in any encoding but UTF-16 and UTF-32 has next to none


def kind(data: bytes, name: str) -> str:
    """Return a short name of the format: ``txt``, ``html``, ``json``, ``pdf``, ``docx`` or ``binary``."""
    start = data[:_HEAD_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    for magic, found in _MAGIC:
        if start.startswith(magic):
            return found
    suffix = PurePath(name).suffix.lower().lstrip(".")
    if data.startswith(_OLE):
        return _compound(data, suffix)
    if data.startswith(_ZIP):
        return _zipped(data, suffix)
    encoding = utf16(data)
    head = data[:_HEAD_BYTES]
    if not encoding and (b"\x00" in head or len(_CONTROL.findall(head)) > _CONTROL_SHARE * len(head)):
        return "binary"
    return _textual(head.decode(encoding or "utf-8", errors="replace").lstrip("\ufeff \t\r\n"), suffix)


def _textual(head: str, suffix: str) -> str:
    """Tell the formats that are text apart."""
    if _MARKUP.match(head) and not (_NAMED.get(suffix) == "md" and not _PAGE.match(head)):
        return "html"
    if head.startswith(("<?xml", "<!--")) and re.search(r"<(?:html|body|div|p|table)\b", head, re.IGNORECASE):
        return "html"
    if head.startswith("<?xml"):
        return "xml"
    if _JSON.match(head):
        return "json"
    if _MIME.match(head):
        return "mhtml"
    return _NAMED.get(suffix, "txt")


def _compound(data: bytes, suffix: str) -> str:
    """Tell what program wrote an OLE compound file, by the streams it names, else by the file's name."""
    for stream, found in _OLE_STREAMS:
        if stream.encode("utf-16-le") + b"\x00\x00" in data:
            return found
    return suffix if suffix in ("xls", "ppt") else "doc"


def _zipped(data: bytes, suffix: str) -> str:
    """Tell what a ZIP archive holds; one that cannot be listed is what its name says."""
    if data.count(_ZIP_ENTRY) > _MOST_ENTRIES:
        return "zip"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return suffix if suffix in _ZIPPED else "zip"
    for pattern, found in _ZIP_MEMBERS:
        if any(pattern.fullmatch(member) for member in names):
            return found
    return "zip"
