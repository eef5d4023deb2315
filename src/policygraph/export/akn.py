"""A notice as Akoma Ntoso 3.0 (OASIS LegalDocML): its outline as levels, what was found in it as inline elements.

``(市水务局牵头)`` becomes ``<role refersTo="#lead"><organization refersTo="#org_1">市水务局</organization></role>``. A
target is a ``quantity``, a time with a day a ``date``, a citation a ``ref``. All characters of the notice but its line
breaks stand in the file, in their order. Ids (``eId``) follow from the paths of clauses and are always the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from policygraph.export import document
from policygraph.export.iris import BASE, escaped
from policygraph.text.xmlchars import allowed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from policygraph.export.document import Document, Heading
    from policygraph.export.elements import Counts
    from policygraph.models import Notice
    from policygraph.store.contract import Store

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
UNKNOWN_DATE = "0001-01-01"
"""Stands where the schema wants a date and the notice has none; its name is then ``unknown``."""
_SELF = "policygraph"
_NOT_IN_NAMES = re.compile(r'[\s/\\:*?"<>|]+')
_NOT_IN_IDS = re.compile(r"\s+")
_NUMBER = re.compile(r"[\s(（\[〔第]*{}[章节条款项]?[)）\]〕、.．。:：\s]*")


class _Inline(NamedTuple):
    start: int
    end: int
    rank: int
    tag: str
    attributes: dict[str, str]


def write(store: Store, folder: Path, *, notice: str | None = None) -> Counts:
    """Write each notice of a store, or one by its id or an end of it, into a file of its own, named by its id.

    Raises:
        UnknownId: there is no such notice.

    """
    from policygraph.store import lookup  # noqa: PLC0415 - only a store needs it

    every = sorted(str(row["notice"]) for row in store.ask("notices"))
    chosen = [lookup.notice(notice, store.run)] if notice else every
    for one in chosen:
        (folder / f"{_NOT_IN_NAMES.sub('_', one)}.xml").write_bytes(content(document.of_store(store, one)))
    return {"notices": len(chosen)}


def of_notice(notice: Notice) -> bytes:
    """Return a parsed notice as a file."""
    return content(document.of_notice(notice))


def content(own: Document) -> bytes:
    """Return a document as a file in UTF-8."""
    from lxml import etree  # noqa: PLC0415 - heavy

    made: bytes = etree.tostring(_Writer(own, etree).root(), encoding="utf-8", xml_declaration=True)
    return made


class _Writer:
    """One document on its way into elements; what its text refers to is gathered for its head."""

    def __init__(self, own: Document, etree: Any) -> None:  # noqa: ANN401 - a module
        self._own, self._etree = own, etree
        self._told: dict[str, tuple[str, str, str]] = {}
        self._inlines = sorted(self._all_inlines(), key=lambda one: (one.start, -one.end, one.rank))

    def root(self) -> Any:  # noqa: ANN401 - an element
        root = self._etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap={None: NAMESPACE})
        doc = self._add(root, "doc", name="notice", contains="originalVersion")
        meta = self._add(doc, "meta")
        text, spans = self._own.text, list(self._spans())
        begins, ends = (spans[0][0].start, spans[-1][1]) if spans else (len(text), len(text))
        numbered = [index for index, (one, _) in enumerate(spans) if one.label is not None]
        first = numbered[0] if numbered else 0  # without an outline all is the body
        self._part(doc, "preface", 0, begins)
        if first:
            self._part(doc, "preamble", begins, spans[first][0].start)
        body = self._add(doc, "mainBody", eId="body")
        self._levels(body, spans[first:])
        if not len(body):
            self._add(body, "p")
        self._part(doc, "conclusions", ends, len(text))
        self._meta(meta)
        return root

    def _spans(self) -> Iterator[tuple[Heading, int]]:
        """Yield each clause with where the next begins, so that nothing between two is lost."""
        clauses = self._own.clauses
        for one, other in zip(clauses, [*clauses[1:], None], strict=False):
            yield one, other.start if other else one.end

    def _part(self, doc: Any, tag: str, start: int, end: int) -> None:  # noqa: ANN401 - an element
        """Add a part of the document if it has words."""
        if self._own.text[start:end].strip():
            self._paragraphs(self._add(doc, tag, eId=tag), start, end, tag)

    def _levels(self, body: Any, spans: list[tuple[Heading, int]]) -> None:  # noqa: ANN401 - an element
        chain: list[tuple[int, Any]] = [(-1, body)]
        for index, (clause, end) in enumerate(spans):
            while chain[-1][0] >= clause.level:
                chain.pop()
            identifier = self._id(clause)
            level = self._add(chain[-1][1], "level", eId=identifier)
            begins = self._head(level, clause, end)
            has_children = index + 1 < len(spans) and spans[index + 1][0].level > clause.level
            if self._own.text[begins:end].strip():
                tag = "intro" if has_children else "content"
                self._paragraphs(self._add(level, tag, eId=f"{identifier}__{tag}"), begins, end, identifier)
            chain.append((clause.level, level))

    def _id(self, clause: Heading) -> str:
        path = clause.id.removeprefix(f"{self._own.id}:")
        return "__".join(f"level_{_NOT_IN_IDS.sub('_', part)}" for part in path.split("/"))

    def _head(self, level: Any, clause: Heading, end: int) -> int:  # noqa: ANN401 - an element
        """Add number and heading as they are written; return where the rest of the clause begins."""
        text = self._own.text
        start, line_end = clause.start, text.find("\n", clause.start, end)
        line_end = end if line_end < 0 else line_end
        number = re.compile(_NUMBER.pattern.format(re.escape(clause.label or ""))).match(text, start, line_end)
        if number and number.end() > start:
            self._add(level, "num").text = allowed(number[0])
            start = number.end()
        stop = start + len(clause.title or "")
        if clause.title and stop <= line_end and text.startswith(clause.title, start):
            stop += text[stop:line_end].startswith(("。", "：", ":", "."))
            self._fill(self._add(level, "heading"), start, stop)
            start = stop
        return start

    def _paragraphs(self, parent: Any, start: int, end: int, prefix: str) -> None:  # noqa: ANN401 - an element
        """Add a paragraph for each line that has words."""
        for line in re.finditer(r"[^\n]+", self._own.text[start:end]):
            if line[0].strip():
                number = len(parent) + 1
                self._fill(
                    self._add(parent, "p", eId=f"{prefix}__p_{number}"), start + line.start(), start + line.end()
                )

    def _fill(self, parent: Any, start: int, end: int) -> None:  # noqa: ANN401 - an element
        """Write characters into an element, with the inline elements that lie wholly in them and nest."""
        stack: list[tuple[Any, int]] = [(parent, end)]
        at = start
        for one in self._inlines:
            if one.start < start or one.end > end:
                continue
            while one.start >= stack[-1][1] and len(stack) > 1:
                at = self._text(stack[-1][0], at, stack[-1][1])
                stack.pop()
            if one.start < at or one.end > stack[-1][1]:
                continue  # it crosses another
            at = self._text(stack[-1][0], at, one.start)
            stack.append((self._add(stack[-1][0], one.tag, **one.attributes), one.end))
        while stack:
            element, stop = stack.pop()
            at = self._text(element, at, stop)

    def _text(self, element: Any, start: int, end: int) -> int:  # noqa: ANN401 - an element
        """Append characters to what an element holds so far."""
        words = allowed(self._own.text[start:end])
        if len(element):
            element[-1].tail = (element[-1].tail or "") + words
        else:
            element.text = (element.text or "") + words
        return end

    def _all_inlines(self) -> Iterable[_Inline]:
        own = self._own
        for mark in own.marks:
            known = mark.details
            if mark.group == "duties":
                role = self._refer("role", mark.label, "Role", mark.label)
                yield _Inline(mark.start, mark.end, 1, "role", {"refersTo": role})
            elif mark.group == "organisations":
                body = self._refer("org", known["organisation"] or known["name"], "Organization", known["name"])
                yield _Inline(mark.start, mark.end, 2, "organization", {"refersTo": body})
            elif mark.group == "targets":
                concept = self._refer("indicator", known["indicator"], "Concept", known["indicator"])
                value = {"refersTo": concept, "normalized": known["value"]}
                yield _Inline(mark.start, mark.end, 0, "quantity", value)
            elif known["until"]:
                yield _Inline(mark.start, mark.end, 0, "date", {"date": known["until"]})
        for cited in own.citations:
            yield _Inline(cited.start, cited.end, 0, "ref", {"href": BASE + escaped(cited.id)})
        for words, tag in ((own.number, "docNumber"), (own.title, "docTitle")):
            at = own.text.find(words) if words else -1
            if words and 0 <= at < (own.clauses[0].start if own.clauses else len(own.text)):
                yield _Inline(at, at + len(words), 0, tag, {})

    def _refer(self, prefix: str, key: str, kind: str, shown: str) -> str:
        """Return a reference to something in the head of the file, which is told there once."""
        place = f"{prefix}:{key}"
        if place not in self._told:
            number = sum(known.startswith(f"{prefix}:") for known in self._told) + 1
            identifier = key if prefix == "role" else f"{prefix}_{number}"
            self._told[place] = (identifier, kind, shown)
        return f"#{self._told[place][0]}"

    def _meta(self, meta: Any) -> None:  # noqa: ANN401 - an element
        own = self._own
        date, name = (own.issued_on, "issued") if own.issued_on else (UNKNOWN_DATE, "unknown")
        year = own.issued_on[:4] if own.issued_on else "unknown"
        work = f"/akn/cn/doc/{year}/{escaped(own.id)}"
        expression = f"{work}/zho@{own.issued_on or ''}"
        issuers = [self._refer("issuer", one, "Organization", one) for one in own.issuers] or [f"#{_SELF}"]
        identification = self._add(meta, "identification", source=f"#{_SELF}")
        for tag, uri, authors, file in (
            ("FRBRWork", work, issuers, "/!main"),
            ("FRBRExpression", expression, issuers, "/!main"),
            ("FRBRManifestation", expression, [f"#{_SELF}"], "/!main.xml"),
        ):
            part = self._add(identification, tag)
            self._add(part, "FRBRthis", value=uri + file)
            self._add(part, "FRBRuri", value=uri + (".akn" if tag == "FRBRManifestation" else ""))
            self._add(part, "FRBRdate", date=date, name=name)
            for author in authors:
                self._add(part, "FRBRauthor", href=author)
            if tag == "FRBRWork":
                self._add(part, "FRBRcountry", value="cn")
                self._add(part, "FRBRnumber", value=own.number or own.id)
                if own.title:
                    self._add(part, "FRBRname", value=own.title)
            elif tag == "FRBRExpression":
                self._add(part, "FRBRlanguage", language="zho")
            else:
                self._add(part, "FRBRformat", value="application/akn+xml")
        if own.published_on:
            self._add(meta, "publication", date=own.published_on, name="web", showAs="发布")
        references = self._add(meta, "references", source=f"#{_SELF}")
        for place, (identifier, kind, shown) in self._told.items():
            href = f"/ontology/{kind.lower()}/{escaped(place.partition(':')[2])}"
            self._add(references, f"TLC{kind}", eId=identifier, href=href, showAs=allowed(shown))
        self._add(references, "TLCOrganization", eId=_SELF, href="/ontology/organization/policygraph", showAs=_SELF)

    def _add(self, parent: Any, tag: str, **attributes: str) -> Any:  # noqa: ANN401 - an element
        told = {name: allowed(value) for name, value in attributes.items()}
        return self._etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", told)
