"""A notice from what was found in its text: every finding in the published coordinates, under its task.

The finders work on the compact text; here, and only here, their spans become spans of :attr:`Page.text`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from msgspec import Struct

from policygraph import ids
from policygraph.extract import strength, units
from policygraph.models import (
    Alias,
    Citation,
    Clause,
    Duty,
    Issue,
    Mention,
    Notice,
    Qualitative,
    Repeat,
    Rule,
    Statement,
    Target,
    Task,
    Time,
)
from policygraph.segment import tasks as segmentation
from policygraph.text.normalise import whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygraph.extract.aliases import FoundAlias
    from policygraph.extract.citations import FoundCitation
    from policygraph.extract.defaults import FoundRule
    from policygraph.extract.found import FoundTime
    from policygraph.extract.prose import FoundProse
    from policygraph.extract.statements import FoundStatement
    from policygraph.extract.targets import FoundQualitative, FoundTarget
    from policygraph.models import Elements, Page, Span
    from policygraph.resolve.duties import ResolvedDuty
    from policygraph.segment.heads import Heading
    from policygraph.segment.repeats import FoundRepeat
    from policygraph.segment.rows import Row
    from policygraph.text.view import View


class Findings(Struct, frozen=True):
    """Everything found in one notice's compact text ``text``, whose body begins at ``body``."""

    text: str
    body: int
    headings: Sequence[Heading]
    statements: Sequence[FoundStatement]
    duties: Sequence[Sequence[ResolvedDuty]]
    prose: Sequence[FoundProse]
    prose_duties: Sequence[Sequence[ResolvedDuty]]
    rules: Sequence[FoundRule]
    targets: Sequence[FoundTarget]
    qualitative: Sequence[FoundQualitative]
    times: Sequence[FoundTime]
    citations: Sequence[FoundCitation]
    aliases: Sequence[FoundAlias]
    repeats: Sequence[FoundRepeat]
    organisations: Sequence[Mention] = ()
    doubts: Sequence[Issue] = ()


class _Piece(Struct, frozen=True):
    """A task before it has an id: its text ``start:end``, and ``first:reach``, where what is found is its own.

    That is the text with the statement behind it; in a table it is the row, whose text may be a merged cell above it.
    """

    start: int
    end: int
    first: int
    reach: int
    statement: int | None


class _Assembly:
    """The maps that place findings: clauses and tasks by where they begin in the compact text."""

    def __init__(self, page: Page, view: View, elements: Elements, found: Findings) -> None:
        self.page, self.view, self.elements, self.found = page, view, elements, found
        self.id = ids.notice_id(elements, page.text)
        self.rows = sorted((one.row for one in found.statements if one.row), key=lambda row: row.start)
        self.row_starts = [row.start for row in self.rows]
        self.clauses = self._clauses()
        self.clause_starts = [start for start, _ in self.clauses]
        self.assigned = self._assigned()
        self.tasks = self._tasks()
        self.task_starts = [piece.first for piece, _ in self.tasks]
        self.deadlines = self._deadlines()
        self.deadline_starts = [start for (start, _), _ in self.deadlines]

    def _clauses(self) -> list[tuple[int, Clause]]:
        headings = self.found.headings
        first = headings[0].start if headings else len(self.found.text)
        made: list[tuple[int, Clause]] = []
        if preamble := self._span(self.found.body, first):
            made.append((self.found.body, Clause(ids.clause_id(self.id, "", 1), "", None, 0, None, preamble)))
        seen: dict[str, int] = {}
        for heading in headings:
            occurrence = seen[heading.path] = seen.get(heading.path, 0) + 1
            title = self._words(*heading.title) if heading.title else None
            span = self._span(heading.start, heading.end)
            identifier = ids.clause_id(self.id, heading.path, occurrence)
            if span:
                clause = Clause(identifier, heading.path, heading.label, heading.level, title, span)
                made.append((heading.start, clause))
        return made

    def _tasks(self) -> list[tuple[_Piece, Task]]:
        pieces = sorted([*self.assigned, *self._unassigned()], key=lambda piece: (piece.first, piece.end))
        counts: dict[str, int] = {}
        made: list[tuple[_Piece, Task]] = []
        for piece in pieces:
            clause = self.clause_at(piece.start)
            span = self._span(piece.start, piece.end)
            if clause and span:
                meant = strength.find(self.found.text, piece.start, piece.end)
                ordinal = counts[clause.id] = counts.get(clause.id, 0) + 1
                made.append((piece, Task(ids.task_id(clause.id, ordinal), clause.id, span, meant)))
        return made

    def _deadlines(self) -> list[tuple[Span, list[str]]]:
        """Return the cells of deadlines in order, each with the tasks of the rows that it stands in."""
        held: dict[Span, list[str]] = {}
        for piece, task in self.tasks:
            row = self.found.statements[piece.statement].row if piece.statement is not None else None
            for cell in row.deadlines if row else ():
                held.setdefault(cell, []).append(task.id)
        return sorted(held.items())

    def _assigned(self) -> list[_Piece]:
        told = self.found.statements
        spans = [(one.start, one.row.end if one.row else one.end) for one in told]
        scopes = segmentation.scopes(self.found.text, self.found.headings, spans, self.found.body)
        return [
            _Piece(*one.row.scope, one.row.start, one.row.end, index)
            if one.row
            else _Piece(*scope, scope[0], one.end, index)
            for index, (one, scope) in enumerate(zip(told, scopes, strict=True))
        ]

    def _unassigned(self) -> list[_Piece]:
        """Return what no statement governs: the rest of a clause, or of a preamble that commits to something.

        An item that is one short sentence has nothing below its title; the title is then the task.
        """
        ends = sorted(piece.reach for piece in self.assigned)
        groups = (self.found.targets, self.found.times, self.found.qualitative, self.found.prose)
        binding = sorted(one.start for group in groups for one in group)
        titled = {heading.start: heading.title[1] for heading in self.found.headings if heading.title}
        made: list[_Piece] = []
        below = [*(clause.level for _, clause in self.clauses[1:]), 0]
        for (start, clause), end, level in zip(self.clauses, self.clause_ends(), below, strict=True):
            inside = self._row_around(end)
            stop = inside.start if inside else end
            last = bisect_right(ends, stop) - 1
            begin = max(titled.get(start, start), ends[last] if last >= 0 and ends[last] > start else start)
            inside = self._row_around(begin)
            begin = inside.end if inside else begin
            left = segmentation.rest(self.found.text, begin, stop)
            if left is None and begin == titled.get(start) and level <= clause.level:
                full_stop = self.found.text[begin : begin + 1] == "。"
                commits = bisect_left(binding, start) < bisect_left(binding, begin)
                left = segmentation.rest(self.found.text, start, stop) if full_stop or commits else None
            if left and (clause.label or bisect_left(binding, left[0]) < bisect_left(binding, left[1])):
                made.append(_Piece(*left, *left, None))
        return made

    def _row_around(self, position: int) -> Row | None:
        """Return the row of a task table that a position parts."""
        index = bisect_left(self.row_starts, position) - 1
        return self.rows[index] if index >= 0 and position < self.rows[index].end else None

    def clause_ends(self) -> list[int]:
        return [*[start for start, _ in self.clauses[1:]], len(self.found.text)] if self.clauses else []

    def clause_at(self, position: int) -> Clause | None:
        index = bisect_right(self.clause_starts, position) - 1
        return self.clauses[index][1] if index >= 0 else None

    def task_at(self, position: int) -> str | None:
        """Return the task whose text, statement or row holds a position."""
        index = bisect_right(self.task_starts, position) - 1
        if index < 0 or position >= self.tasks[index][0].reach:
            return None
        return self.tasks[index][1].id

    def tasks_due(self, position: int) -> list[str | None]:
        """Return the tasks of a time: those of the rows whose cell of deadlines it is in, else the one it is in."""
        index = bisect_right(self.deadline_starts, position) - 1
        (_, end), tasks = self.deadlines[index] if index >= 0 else ((0, 0), [])
        return [*tasks] if position < end else [self.task_at(position)]

    def _span(self, start: int, end: int) -> Span | None:
        """Return the published span of a stretch of compact text, or ``None`` if it holds no words."""
        while start < end and self.found.text[start] in " \n":
            start += 1
        while end > start and self.found.text[end - 1] in " \n":
            end -= 1
        return self.view.span(start, end) if start < end else None

    def span(self, start: int, end: int) -> Span:
        return self.view.span(start, end)

    def _words(self, start: int, end: int) -> str:
        """Return words as published, without the spaces and line breaks of the layout and with whole characters."""
        return whole(self.view.published(self.page.text, start, end)).replace("\n", "")


def assemble(page: Page, view: View, elements: Elements, found: Findings) -> Notice:
    """Return the notice that the findings make."""
    parts = _Assembly(page, view, elements, found)
    statements, duties = _statements(parts)
    return Notice(
        id=parts.id,
        page=page,
        elements=elements,
        clauses=tuple(clause for _, clause in parts.clauses),
        tasks=tuple(task for _, task in parts.tasks),
        statements=tuple(statements),
        duties=tuple(duties),
        rules=tuple(
            Rule(parts.span(r.start, r.end), r.effect, r.name.full if r.name else None, r.role) for r in found.rules
        ),
        qualitative=tuple(
            Qualitative(parts.task_at(q.start), q.words, parts.span(q.start, q.end)) for q in found.qualitative
        ),
        targets=tuple(_target(parts, target) for target in found.targets),
        times=tuple(_time(parts, time, task) for time in found.times for task in parts.tasks_due(time.start)),
        citations=tuple(_citation(parts, citation) for citation in found.citations),
        aliases=tuple(Alias(a.name, a.short, a.host, parts.span(a.start, a.end)) for a in found.aliases),
        organisations=_named(found, elements, duties),
        repeats=tuple(Repeat(parts.span(r.start, r.end), parts.span(r.first, r.first_end)) for r in found.repeats),
        issues=tuple(_issues(parts)),
    )


def _statements(parts: _Assembly) -> tuple[list[Statement], list[Duty]]:
    statements: list[Statement] = []
    duties: list[Duty] = []
    by_statement = {piece.statement: (piece, task) for piece, task in parts.tasks if piece.statement is not None}
    for index, (found, resolved) in enumerate(zip(parts.found.statements, parts.found.duties, strict=True)):
        identifier = ids.statement_id(parts.id, index + 1)
        span = parts.span(found.start, found.end)
        piece, task = by_statement.get(index, (None, None))
        scope = parts.span(piece.start, piece.end) if piece else (span[0], span[0])
        statements.append(Statement(identifier, span, scope, (task.id,) if task else ()))
        if task:
            duties += [_duty(parts, one, task.id, identifier) for one in resolved]
    for number, (sentence, told) in enumerate(zip(parts.found.prose, parts.found.prose_duties, strict=True), 1):
        identifier, at = ids.finding_id(parts.id, "p", number), parts.task_at(sentence.start)
        span = parts.span(sentence.start, sentence.end)
        if at:
            statements.append(Statement(identifier, span, span, (at,)))
            duties += [_duty(parts, one, at, identifier) for one in told]
    return statements, duties


def _duty(parts: _Assembly, one: ResolvedDuty, task: str, statement: str) -> Duty:
    span = parts.span(one.start, one.end)
    return Duty(task, statement, one.organisation, one.name, one.surface, one.role, one.basis, span)


def _target(parts: _Assembly, one: FoundTarget) -> Target:
    return Target(
        parts.task_at(one.start),
        one.indicator.replace("\n", ""),
        one.comparator,
        one.value,
        one.value_max,
        one.unit,
        one.change,
        one.baseline,
        one.due,
        one.strength,
        parts.span(one.start, one.end),
        *units.base(one.value, one.unit),
        one.due_from,
    )


def _time(parts: _Assembly, one: FoundTime, task: str | None) -> Time:
    span = parts.span(one.start, one.end)
    return Time(task, one.kind, one.since, one.until, one.every, one.days, span)


def _citation(parts: _Assembly, one: FoundCitation) -> Citation:
    title = parts.found.text[slice(*one.title)] if one.title else None
    return Citation(title, one.document_number, parts.span(one.start, one.end))


def _issues(parts: _Assembly) -> list[Issue]:
    """Report what a reader must decide: exceptions to default rules, and statements that govern no text."""
    issues = [
        Issue("resolve", "a default rule has an exception that is not applied", parts.span(*rule.exception))
        for rule in parts.found.rules
        if rule.exception
    ]
    issues += _several(parts)
    issues += [Issue(d.stage, d.reason, parts.span(*d.span) if d.span else None) for d in parts.found.doubts]
    assigned = {piece.statement for piece, _ in parts.tasks}
    for index, found in enumerate(parts.found.statements):
        if index not in assigned:
            reason = "a responsibility statement follows no text that it could govern"
            issues.append(Issue("segment", reason, parts.span(found.start, found.end)))
    return issues


def _named(found: Findings, elements: Elements, duties: Sequence[Duty]) -> tuple[Mention, ...]:
    """Return the mentions of bodies that have a duty, sign, are given a short name, or are part of another."""
    used = {*elements.issuers, *(duty.name for duty in duties)}
    used |= {name for one in found.aliases for name in (one.name, one.host) if name}
    return tuple(mention for mention in found.organisations if mention.name in used or mention.within)


def _several(parts: _Assembly) -> list[Issue]:
    """Report, once each, the names in duties that can mean several bodies."""
    doubtful = {mention.name: mention for mention in parts.found.organisations if mention.organisation is None}
    issues: list[Issue] = []
    for one in (one for resolved in (*parts.found.duties, *parts.found.prose_duties) for one in resolved):
        if mention := doubtful.pop(one.name, None):
            reason = f"{mention.name} may be {' or '.join(mention.candidates)}: {mention.rule}"
            issues.append(Issue("resolve", reason, parts.span(one.start, one.end)))
    return issues
