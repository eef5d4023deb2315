"""The whole path for one source: bytes → page → compact view → findings → notice.

:func:`parse` is pure: the same bytes give the same notices. :func:`build` adds the store and nothing else.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from policygraph import ids
from policygraph.errors import NotANotice, PolicygraphError
from policygraph.extract import (
    aliases,
    citations,
    context,
    defaults,
    doubts,
    flattened,
    indicators,
    prose,
    statements,
    targets,
    times,
)
from policygraph.models import Issue
from policygraph.read import DEFAULT, Limits, label, pages
from policygraph.resolve import duties, setting
from policygraph.resolve.notice import Findings, assemble
from policygraph.resolve.organisations import Bodies, place
from policygraph.segment import elements, ending, listed, outline, repeats, rows, several
from policygraph.text import brackets
from policygraph.text.view import compact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from policygraph.models import Elements, Notice, Page
    from policygraph.segment.elements import Found
    from policygraph.store.contract import Store
    from policygraph.store.ingest import BuildReport
    from policygraph.text.view import View

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LEAST_HAN_SHARE = 0.2
_UNLIKE = "this does not look like a notice: it has headings, but no number, issuer, addressee or date"


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
    read = pages(source, name=name, limits=limits, failed=failed)
    found = [part for page in read for part in _notices_on(page)]
    if len(found) == 1 and found[0][0].source == label(source, name):
        return [_notice(*found[0])]
    notices: list[Notice] = []
    for page, view in found:
        try:
            notices.append(_notice(page, view))
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
    return _notice(page, _view(page))


def _view(page: Page) -> View:
    return compact(page.text, tabular=bool(page.tables))


def _notices_on(page: Page) -> Iterator[tuple[Page, View]]:
    """Yield the pages of the notices on a page, each with its view; the one of a whole page is made once."""
    view = _view(page)
    for part in several.split(page, view):
        yield part, view if part is page else _view(part)


def _notice(page: Page, view: View) -> Notice:
    if not _is_chinese(view.text):
        raise NotANotice(page.source, "not a Chinese text", "give an official notice in Chinese")
    tables = [view.inner(*table.span) for table in page.tables]
    found = elements.find(view, tables)
    own = listed.complete(found.elements, page.metadata)
    where = setting.of(own, ids.notice_id(own, page.text))
    own = replace(own, jurisdiction=where.name)
    copies = repeats.find(view.text)
    blank = [(0, found.body), *((copy.start, copy.end) for copy in copies), *found.apart]
    in_cells = rows.find(view, page)
    text = _blanked(view.text, blank)
    text = text[: max([len(text.rstrip("\n")), *(row.end for row in in_cells)])]  # a copy at the end is not searched
    flat = rows.flat(text)
    headings = outline.find(
        view, text, flat, [(row.start, row.end) for row in in_cells], [first for first, _ in tables]
    )
    tasked = [*in_cells, *(row for one in flat for row in flattened.find(view, text, one, place(own.jurisdiction)))]
    pairs = brackets.pairs(text)
    stated = statements.find(text, tasked, pairs)
    if not _is_notice(found, len(headings), len(stated)):
        raise NotANotice(page.source, "not an official notice", "it has no number, addressees, signature or clauses")
    unlike = not stated and not tasked and not _formal(own)
    rules = defaults.find(text)
    year = own.plan_year or _issue_year(own)
    spoken = [(s.start, s.end) for s in stated]
    around = context.read(text, headings, year)
    told = prose.find(text, around, spoken)
    deadlines = [span for row in tasked for span in row.deadlines]
    timed = times.find(text, year=year, slots=[*spoken, *deadlines], deadlines=deadlines, context=around)
    tabled = indicators.find(view, page, text, year)
    timed = sorted([*timed, *tabled.times], key=lambda time: time.start)
    year_end = f"{own.plan_year}-12-31" if own.plan_year else None
    short = list(aliases.find(text))
    bodies = Bodies(where, {alias.short: alias.name for alias in short})
    return assemble(
        page,
        view,
        own,
        Findings(
            text=text,
            body=found.body,
            headings=headings,
            statements=stated,
            duties=duties.resolve(stated, rules, bodies),
            prose=told,
            prose_duties=duties.in_prose(told, bodies),
            rules=rules,
            targets=sorted(
                [
                    *tabled.targets,
                    *targets.find(
                        _blanked(text, [*spoken, *tabled.spans]), timed, rows=tasked, year_end=year_end, context=around
                    ),
                ],
                key=lambda target: target.start,
            ),
            qualitative=targets.qualitative(text),
            times=timed,
            citations=[c for c in citations.find(text, spoken) if not citations.own(text, c, own)],
            aliases=short,
            organisations=bodies.mentions(
                own.issuers, [name for one in short for name in (one.name, one.host) if name]
            ),
            repeats=copies,
            doubts=[
                *([Issue("segment", _UNLIKE)] if unlike else []),
                *_of_the_copy(page, view),
                *doubts.find(text, pairs, stated, timed, tasked),
                *tabled.doubts,
                *doubts.headless(view, page, text, in_cells),
            ],
        ),
    )


def build(
    paths: Iterable[str | Path] | str | Path,
    store: Store | str | Path,
    *,
    progress: Callable[[int, int, str], None] | None = None,
    limits: Limits = DEFAULT,
) -> BuildReport:
    """Read files and folders, or one of them, into a store; what is unchanged since the last build is skipped.

    A store is made where there is none, unless there is no file to read.
    """
    from policygraph.store import exists, open_store, sources  # noqa: PLC0415 - parsing needs no store
    from policygraph.store.ingest import BuildReport, ingest  # noqa: PLC0415

    given = [paths] if isinstance(paths, str | Path) else list(paths)
    if not isinstance(store, str | Path):
        return ingest(given, store, parse=parse, progress=progress, limits=limits)
    if not exists(store) and not sources.files(given):
        return BuildReport(errors=sources.lacking(given))
    with open_store(store) as opened:
        return ingest(given, opened, parse=parse, progress=progress, limits=limits)


def _of_the_copy(page: Page, view: View) -> list[Issue]:
    """Report what is wrong with a copy of a notice, whatever the notice says."""
    found: list[Issue] = []
    if spoiled := view.polluted:
        found.append(
            Issue("read", f"a polluted copy: {spoiled.share:.1%} of its characters stand for or between others")
        )
    in_table = any(table.span[1] >= len(page.text.rstrip()) for table in page.tables)
    if not in_table and (broken := ending.find(view.text)):
        found.append(Issue("read", "the page breaks off", broken))
    return found


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return the text with spans turned into line breaks, so that no offset moves and nothing is found there."""
    pieces: list[str] = []
    reach = 0
    for start, end in sorted(spans):
        if end > reach:
            pieces += text[reach:start], "\n" * (end - max(reach, start))
            reach = end
    return "".join([*pieces, text[reach:]])


def _is_chinese(text: str) -> bool:
    """Tell whether the least share of a text is Chinese characters; most texts show it in their first third."""
    wanted = len(text) - (1 - _LEAST_HAN_SHARE) * len(text)
    return any(sum(map(len, _HAN.findall(text, 0, end))) >= wanted for end in (len(text) // 3, len(text)))


def _is_notice(found: Found, headings: int, stated: int) -> bool:
    """Tell whether enough of GB/T 9704 is there: an addressed, numbered or signed text, or clauses."""
    own = found.elements
    formal = bool(own.document_number) + bool(own.recipients) + bool(own.issuers and own.issued_on) + bool(own.title)
    return formal > 1 or headings > 1 or stated > 0


def _formal(own: Elements) -> bool:
    """Tell whether a text has any element of GB/T 9704 beside a title."""
    return bool(own.document_number or own.listed_number or own.issuers or own.recipients or own.issued_on)


def _issue_year(own: Elements) -> int | None:
    return int(own.issued_on[:4]) if own.issued_on else None
