"""A notice as a document: its text, outline, marks and citations, from a parsed notice or from a store."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from policygraph.annotate import marks
from policygraph.segment import repeats
from policygraph.text.view import compact

if TYPE_CHECKING:
    from policygraph.annotate.marks import Mark
    from policygraph.models import Notice
    from policygraph.store.contract import Store


class Heading(NamedTuple):
    """A clause: its id, label, level and title, and where its own text begins and ends."""

    id: str
    label: str | None
    level: int
    title: str | None
    start: int
    end: int


class Cited(NamedTuple):
    """Characters that cite a document, by its id."""

    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A notice with all that is marked in it; offsets are of ``text``, which ends before a copy of the notice."""

    id: str
    title: str | None
    number: str | None
    issuers: tuple[str, ...]
    issued_on: str | None
    published_on: str | None
    text: str
    clauses: tuple[Heading, ...]
    marks: tuple[Mark, ...]
    citations: tuple[Cited, ...]


class _Query(NamedTuple):
    sql: str
    cypher: str


_CLAUSES = _Query(
    sql="""
SELECT id, json_extract(properties, '$.label') AS label, json_extract(properties, '$.level') AS level,
       json_extract(properties, '$.title') AS title, json_extract(properties, '$.start') AS start,
       json_extract(properties, '$.end') AS "end"
FROM nodes WHERE notice = :notice AND label = 'Clause' ORDER BY start, id
""",
    cypher="""
MATCH (c:Clause {notice: $notice})
RETURN c.id AS id, c.label AS label, c.level AS level, c.title AS title, c.start AS start, c.end AS end
ORDER BY start, id
""",
)
_CITATIONS = _Query(
    sql="""
SELECT target AS id, json_extract(properties, '$.start') AS start, json_extract(properties, '$.end') AS "end"
FROM edges WHERE source = :notice AND relation = 'CITES' ORDER BY start, target
""",
    cypher="MATCH (:Notice {id: $notice})-[e:CITES]->(c) RETURN c.id AS id, e.start AS start, e.end AS end "
    "ORDER BY start, id",
)


def of_notice(notice: Notice) -> Document:
    """Return the document of a parsed notice."""
    own, text = notice.elements, notice.page.text
    clauses = sorted((Heading(c.id, c.label, c.level, c.title, *c.span) for c in notice.clauses), key=_place)
    cited = [Cited(c.document_number or f"《{c.title}》", *c.span) for c in notice.citations]
    return Document(
        notice.id, own.title, own.document_number or own.listed_number, own.issuers, own.issued_on, own.published_on,
        text[: _copy(text)], tuple(clauses), tuple(marks.of_notice(notice)), tuple(cited),
    )  # fmt: skip


def of_store(store: Store, notice: str) -> Document:
    """Return the document of a stored notice, by its id."""
    own = cast("dict[str, Any]", store.text_of(notice))
    given: dict[str, object] = {"notice": notice}
    clauses = [Heading(**row) for row in cast("list[dict[str, Any]]", store.run(_CLAUSES, given))]
    cited = [Cited(**row) for row in cast("list[dict[str, Any]]", store.run(_CITATIONS, given))]
    return Document(
        notice, own["title"], own["document_number"], tuple(json.loads(own["issuers"])), own["issued_on"],
        own["published_on"], own["text"][: _copy(own["text"])], tuple(sorted(clauses, key=_place)),
        tuple(marks.of_store(store, notice)), tuple(cited),
    )  # fmt: skip


def _place(clause: Heading) -> tuple[int, int, str]:
    return clause.start, clause.level, clause.id


def _copy(text: str) -> int:
    """Return where a copy of the notice begins that ends the page, or the length of the text."""
    view = compact(text)
    end = len(text)
    for copy in reversed(repeats.find(view.text)):
        start, stop = view.span(copy.start, copy.end)
        if text[stop:end].strip():
            break
        end = start
    return end
