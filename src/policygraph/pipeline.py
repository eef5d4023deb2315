"""The whole path for one source: bytes → page → compact view → findings → notice.

:func:`parse` is pure: the same bytes give the same notices. :func:`build` adds the store and nothing else.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph.errors import NotANotice, PolicygraphError
from policygraph.extract import aliases, citations, defaults, statements, targets, times
from policygraph.read import DEFAULT, Limits, label, pages
from policygraph.resolve import duties
from policygraph.resolve.notice import Findings, assemble
from policygraph.segment import elements, outline, repeats
from policygraph.text.view import compact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from policygraph.models import Notice, Page
    from policygraph.segment.elements import Found
    from policygraph.store.contract import Store
    from policygraph.store.ingest import BuildReport

_HAN = re.compile(r"[\u4e00-\u9fff]")
_LEAST_HAN_SHARE = 0.2


def parse(
    source: str | Path | bytes,
    *,
    name: str | None = None,
    limits: Limits = DEFAULT,
    failed: Callable[[PolicygraphError], None] | None = None,
) -> list[Notice]:
    """Read one source and return the notices it holds: one, or one for each page of an archive or a scrape.

    Args:
        source: a path, ``"-"`` for standard input, or the bytes themselves.
        name: what messages and the notices call the source; a path names itself.
        limits: how large the source may be.
        failed: called with the error of each page, among several, that cannot be read or is no notice; the others
            go on. Without it the first error is raised.

    Raises:
        SourceError: the source cannot be read.
        NotANotice: it was read, and no official Chinese notice is in it.

    """
    found = pages(source, name=name, limits=limits, failed=failed)
    if len(found) == 1 and found[0].source == label(source, name):
        return [notice(found[0])]
    notices: list[Notice] = []
    for page in found:
        try:
            notices.append(notice(page))
        except NotANotice as error:
            if failed is None:
                raise
            failed(error)
    if not notices:
        raise NotANotice(label(source, name), "no official notice in it", "give an archive or a scrape of notices")
    return notices


def notice(page: Page) -> Notice:
    """Return the notice on a page.

    Raises:
        NotANotice: the page holds no official Chinese notice.

    """
    view = compact(page.text)
    if len(_HAN.findall(view.text)) < _LEAST_HAN_SHARE * len(view.text):
        raise NotANotice(page.source, "not a Chinese text", "give an official notice in Chinese")
    found = elements.find(view)
    copies = repeats.find(view.text)
    blank = [(0, found.body), *((copy.start, copy.end) for copy in copies), *found.apart]
    text = _blanked(view.text, blank)
    headings = outline.find(view, text)
    stated = statements.find(text)
    if not _is_notice(found, len(headings), len(stated)):
        raise NotANotice(page.source, "not an official notice", "it has no number, addressees, signature or clauses")
    rules = list(defaults.find(text))
    year = found.elements.plan_year or _issue_year(found)
    timed = times.find(text, year=year, slots=[(s.start, s.end) for s in stated])
    year_end = f"{found.elements.plan_year}-12-31" if found.elements.plan_year else None
    return assemble(
        page,
        view,
        found.elements,
        Findings(
            text=text,
            body=found.body,
            headings=headings,
            statements=stated,
            duties=duties.resolve(stated, rules, found.elements.jurisdiction),
            rules=rules,
            targets=targets.find(text, timed, year_end=year_end),
            qualitative=targets.qualitative(text),
            times=timed,
            citations=[c for c in citations.find(text) if not _own(text, c.title, found.elements.title)],
            aliases=list(aliases.find(text)),
            repeats=copies,
        ),
    )


def build(
    paths: Iterable[str | Path],
    store: Store | str | Path,
    *,
    progress: Callable[[int, int, str], None] | None = None,
    limits: Limits = DEFAULT,
) -> BuildReport:
    """Read files and folders into a store; what is unchanged since the last build is skipped."""
    from policygraph.store import open_store  # noqa: PLC0415 - parsing needs no store
    from policygraph.store.ingest import ingest  # noqa: PLC0415

    if isinstance(store, str | Path):
        with open_store(str(store)) as opened:
            return ingest(paths, opened, parse=parse, progress=progress, limits=limits)
    return ingest(paths, store, parse=parse, progress=progress, limits=limits)


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return the text with spans turned into line breaks, so that no offset moves and nothing is found there."""
    for start, end in spans:
        text = text[:start] + "\n" * (end - start) + text[end:]
    return text


def _is_notice(found: Found, headings: int, stated: int) -> bool:
    """Tell whether enough of GB/T 9704 is there: an addressed, numbered or signed text, or clauses."""
    own = found.elements
    formal = bool(own.document_number) + bool(own.recipients) + bool(own.issuers and own.issued_on) + bool(own.title)
    return formal > 1 or headings > 1 or stated > 0


def _issue_year(found: Found) -> int | None:
    date = found.elements.issued_on
    return int(date[:4]) if date else None


def _own(text: str, title: tuple[int, int] | None, notice_title: str | None) -> bool:
    """Tell whether a cited title is of what the notice itself puts in force."""
    return title is not None and notice_title is not None and text[slice(*title)] in notice_title
