"""Scraped notices to pages, one for each record: ``{"title": "关于…的通知", "content": "<p>各县(市)区…</p>"}``.

The field that holds the notice is found by what it holds, HTML or text; of two copies the one with paragraphs is read.
Every other field is metadata under its own name. Records are told by their place: ``scrape.jsonl#3``.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from policygraph.errors import PolicygraphError, SourceError
from policygraph.models import Page
from policygraph.read import chrome, metadata, plaintext
from policygraph.read.compose import Draft, clean
from policygraph.read.encoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.read.limits import Limits

Value = Any
Part = Page | PolicygraphError

_HAN = re.compile(r"[\u3400-\u9fff]")
_MARKED = re.compile(r"<(?:p|div|br|span|table|tr|td|h[1-6]|section|strong|font)\b[^<>]*>", re.IGNORECASE)
_BLOCKS = re.compile(r"<(?:p|div|br|table|h[1-6])\b", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,7}|#x[\dA-Fa-f]{1,6});")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_LINE_BREAKS = re.compile(r"\\r\\n|\\n|\\r")
_LEAST_HAN = 120
_COPY_SHARE = 0.9
_VALUE_CHARS = 500
_EDGE_LINES = 20
_MARKS_PER_VALUE = 4  # commas stand in texts as well
_MOST_WRAPPED = 12
_NO_BODY = ("no field holds the text of a notice", "give records with the full text of a notice each")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A string of a record with the names that lead to it (``data.title``), and how many Chinese characters it has."""

    path: str
    text: str
    han: int


def leaf(path: str, text: str) -> Leaf:
    """Return a string of a record."""
    text = _SURROGATES.sub("\ufffd", text)
    return Leaf(path, text, len(_HAN.findall(text)))


def split(data: bytes, source: str, limits: Limits) -> Iterator[Part]:
    """Yield the page of each record of a JSON or JSON-lines file, or the error of one that cannot be read.

    Raises:
        UndecodableText: the bytes are no text.
        SourceError: it is no JSON, no record holds a notice, or a limit is passed.

    """
    text, _ = decode(data, source)
    limits.hold(source, "elements", sum(map(text.count, "{[,")) // _MARKS_PER_VALUE)
    found: list[list[Leaf] | PolicygraphError] = []
    for value in _values(text, source):
        if isinstance(value, PolicygraphError):
            found.append(value)
        else:
            found += [_leaves(record, source, limits)[0] for record in _records(value, source, limits)]
        limits.hold(source, "members", len(found))
    yield from pages(found, data, source, limits, "application/json")


def pages(
    found: list[list[Leaf] | PolicygraphError], data: bytes, source: str, limits: Limits, media_type: str
) -> Iterator[Part]:
    """Yield the page or the error of each record of a source.

    Raises:
        SourceError: no record holds a notice.

    """
    if not any(isinstance(record, list) and body(record) for record in found):
        raise next((one for one in found if isinstance(one, PolicygraphError)), SourceError(source, *_NO_BODY))
    single = len(found) == 1
    for number, record in enumerate(found, 1):
        called = source if single else f"{source}#{number}"
        if isinstance(record, PolicygraphError):
            yield record
            continue
        seed = data if single else json.dumps([(one.path, one.text) for one in record]).encode()
        try:
            yield replace(_page(record, Draft(seed, called, limits)), media_type=media_type)
        except SourceError as error:
            yield error


def body(record: list[Leaf]) -> Leaf | None:
    """Return the string that holds the notice: of the longest copies the one that shows its paragraphs."""
    most = max((one.han for one in record), default=0)
    if most < _LEAST_HAN:
        return None
    copies = [one for one in record if one.han >= _COPY_SHARE * most]
    return max(copies, key=lambda one: (_shows_paragraphs(one.text), one.han))


def _shows_paragraphs(text: str) -> int:
    return 2 if _BLOCKS.search(text) else int("\n" in text.strip())


def _values(text: str, source: str) -> Iterator[Value]:
    """Yield the JSON values of a text, one after the other; a broken line is an error and the next lines go on.

    Raises:
        SourceError: the text does not begin with JSON.

    """
    decoder = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
    position = count = 0
    while match := re.compile(r"[^\s,]").search(text, position):
        count += 1
        try:
            value, position = decoder.raw_decode(text, match.start())
        except (ValueError, RecursionError) as error:
            what = "nested too deep" if isinstance(error, RecursionError) else _problem(error)
            if count == 1:
                raise SourceError(source, f"not valid JSON: {what}", "fetch the file again") from None
            yield SourceError(f"{source}#{count}", f"not valid JSON: {what}", "fetch the record again")
            line = re.compile(r"\n\s*(?=[{\[])").search(text, match.start())
            position = line.end() if line else len(text)
        else:
            yield value


def _problem(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.lower()} at line {error.lineno} column {error.colno}"
    return str(error).lower()


def _records(value: Value, source: str, limits: Limits, depth: int = 0) -> list[Value]:
    """Return the records of a JSON value: the items of the list that holds most text, else the value itself.

    Interfaces wrap their records (``{"code": 0, "data": {"list": […]}}``); a record may have lists of its own
    (attachments, sections), which hold less text than it or no field beside them does.
    """
    limits.hold(source, "depth", depth)
    if isinstance(value, list):
        return [record for item in value for record in _records(item, source, limits, depth + 1)]
    if not isinstance(value, dict) or depth > _MOST_WRAPPED:
        return [value]
    strings, lists = _leaves(value, source, limits)
    if lists and max((one.han for one in strings), default=0) < _LEAST_HAN:
        sizes = [sum(one.han for item in found for one in _leaves(item, source, limits)[0]) for found in lists]
        if max(sizes) >= _LEAST_HAN:
            return _records(lists[sizes.index(max(sizes))], source, limits, depth + 1)
    parts = list(value.values())
    if len(parts) > 1 and all(isinstance(part, dict) for part in parts):
        bodies = [body(_leaves(part, source, limits)[0]) for part in parts]
        if sum(one is not None for one in bodies) * 2 > len(parts):
            return parts
    return [value]


def _leaves(value: Value, source: str, limits: Limits) -> tuple[list[Leaf], list[list[Value]]]:
    """Return the strings of a value, in order, and the lists of objects in it, which are not gone into.

    A list of plain values is one string of several lines.
    """
    strings: list[Leaf] = []
    lists: list[list[Value]] = []
    waiting: list[tuple[str, Value, int]] = [("", value, 0)]
    while waiting:
        path, item, depth = waiting.pop()
        limits.hold(source, "depth", depth)
        if isinstance(item, dict):
            inner = [(f"{path}.{name}" if path else name, one, depth + 1) for name, one in item.items()]
            waiting += reversed(inner)
        elif isinstance(item, list) and any(isinstance(one, dict | list) for one in item):
            lists.append(item)
        elif isinstance(item, list):
            strings.append(leaf(path, "\n".join(one for one in item if isinstance(one, str))))
        elif isinstance(item, str):
            strings.append(leaf(path, item))
    return [one for one in strings if one.text.strip()], lists


def _page(record: list[Leaf], draft: Draft) -> Page:
    """Return the page of one record; its media type is that of the body.

    Raises:
        SourceError: no field holds a notice, or a limit is passed.

    """
    chosen = body(record)
    if chosen is None:
        raise SourceError(draft.source, *_NO_BODY)
    last = Counter(one.path.rsplit(".", 1)[-1] for one in record)
    for one in record:
        name = one.path.rsplit(".", 1)[-1]
        words = " ".join(unescape(_TAG.sub("", one.text)).split()).strip("\u200b\ufeff")
        if one is chosen:
            continue
        if one.han >= _COPY_SHARE * chosen.han:
            draft.drop("copy of the text", f"{one.path}: {words}")
        elif len(words) > _VALUE_CHARS:
            draft.drop("long field", f"{one.path}: {words}")
        else:
            draft.tell(name if last[name] == 1 else one.path, words)
    if "\ufffd" in chosen.text:
        draft.issue("characters that could not be decoded")
    return _marked(chosen.text, draft) if _MARKED.search(chosen.text) else _plain(chosen.text, draft)


def _marked(text: str, draft: Draft) -> Page:
    from policygraph.read import html  # noqa: PLC0415 - text needs no parser of pages

    return html.of_markup(text, draft)


def _plain(text: str, draft: Draft) -> Page:
    """Return a page of scraped text; furniture and page lines at its edges leave it."""
    draft.limits.hold(draft.source, "text_chars", len(text))
    if _ENTITY.search(text):
        text = unescape(text)
    if "\n" not in text and len(_LINE_BREAKS.findall(text)) > 1:
        text = _LINE_BREAKS.sub("\n", text)
    lines = clean(text).strip("\n").split("\n")
    kept: list[str] = []
    for index, line in enumerate(lines):
        head, tail = index < _EDGE_LINES, index >= len(lines) - _EDGE_LINES
        reason = chrome.of_line(line) if head or tail else None
        values = metadata.of_line(line) if head and not reason else None
        for name, value in (values or {}).items():
            draft.tell(name, value)
        if reason or values:
            draft.drop(reason or "page line", line)
        else:
            kept.append(line)
    words = "\n".join(kept).strip("\n")
    tables = tuple(plaintext.tables(words, draft.source, draft.limits))
    page = draft.page("text/plain", [words])
    return replace(page, text=words, tables=tables)
