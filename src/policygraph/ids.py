"""Identifiers from raw facts, so that reading the same notice again gives the same ids.

A notice is its document number (``佳政办发〔2018〕17号``), the one its page lists where the text states none; without
one, a hash of issuers, title and date, or of the text when it has none of these. Clauses and tasks add their path:
``佳政办发〔2018〕17号:二/一/1`` and ``佳政办发〔2018〕17号:二/一/1:2``, the second task of that clause.
"""

from __future__ import annotations

from hashlib import sha256

from policygraph.models import Elements


def notice_id(elements: Elements, text: str) -> str:
    """Identify a notice by the fewest stable facts it states."""
    if number := elements.document_number or elements.listed_number:
        return number
    facts = (*elements.issuers, elements.title or "", elements.issued_on or "")
    seed = "\x1f".join(facts) if elements.title else text
    return "n-" + sha256(seed.encode()).hexdigest()[:12]


def clause_id(notice: str, path: str, occurrence: int) -> str:
    """Identify a clause by its path; a path that comes again (two plans in one notice) is told by ``~2``."""
    return f"{notice}:{path}" if occurrence == 1 else f"{notice}:{path}~{occurrence}"


def task_id(clause: str, ordinal: int) -> str:
    """Identify a task by its clause and its place in it, counted from 1."""
    return f"{clause}:{ordinal}"


def statement_id(notice: str, ordinal: int) -> str:
    """Identify a responsibility statement by its place in the notice, counted from 1."""
    return f"{notice}:s{ordinal}"


def finding_id(notice: str, kind: str, ordinal: int) -> str:
    """Identify a target (``t``), time (``d``), issue (``i``), sentence (``p``) or change (``c``) by its place."""
    return f"{notice}:{kind}{ordinal}"


def source_id(path: str) -> str:
    """Identify a source by its path or address."""
    return f"source:{path}"


def series_id(first: str) -> str:
    """Identify a series by the id of its first notice."""
    return f"series:{first}"
