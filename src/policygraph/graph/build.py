"""The nodes and edges that one notice contributes, in the order of its text.

``(市水务局牵头,市农委配合)`` gives two edges to one task, each with the characters that say so. Nothing here depends on
what a store already holds, so that building is repeatable and order does not matter.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from policygraph import ids
from policygraph.graph import organisations
from policygraph.graph.schema import RELATION_OF, Edge, Graph, Label, Node, Properties, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.graph.schema import Scalar
    from policygraph.models import Clause, Notice, Span, Strength


class _Contribution:
    """Nodes by id and edges of one notice, gathered in order."""

    def __init__(self, notice: Notice) -> None:
        self.notice = notice
        self.mentions = {mention.name: mention for mention in notice.organisations}
        self.nodes: dict[str, Node] = {}
        self.edges: list[Edge] = []

    def own(self, identifier: str, label: Label, properties: Properties) -> str:
        """Add a node of this notice's own."""
        self.nodes[identifier] = Node(identifier, label, self.notice.id, properties)
        return identifier

    def organisation(self, name: str) -> str | None:
        """Return the node of the body that a name means, ``None`` if it can mean several."""
        mention = self.mentions.get(name)
        return mention.organisation if mention else None

    def share(self, *nodes: Node | None) -> None:
        """Add nodes that other notices may contribute too."""
        for node in nodes:
            if node:
                self.nodes.setdefault(node.id, node)

    def edge(self, source: str, relation: Relation, target: str, key: str = "", **properties: Scalar) -> None:
        self.edges.append(Edge(source, relation, target, key, self.notice.id, properties))

    def words(self, span: Span) -> str:
        return self.notice.page.text[slice(*span)]


def build(notice: Notice) -> Graph:
    """Return the graph of one notice."""
    part = _Contribution(notice)
    _organisations(part)
    _notice(part)
    _clauses(part)
    _tasks(part)
    _duties(part)
    _targets(part)
    _times(part)
    _citations(part)
    _aliases(part)
    _issues(part)
    return Graph(tuple(part.nodes.values()), tuple(part.edges))


def _notice(part: _Contribution) -> None:
    notice, own = part.notice, part.notice.elements
    part.own(
        notice.id,
        Label.NOTICE,
        {
            "title": own.title,
            "document_number": own.document_number or own.listed_number,
            "issuers": _list(own.issuers),
            "recipients": _list(own.recipients),
            "issued_on": own.issued_on,
            "published_on": own.published_on,
            "origin": own.origin,
            "plan_year": own.plan_year,
            "jurisdiction": own.jurisdiction,
            "attachments": _list(own.attachments),
            "path": notice.page.source,
            "sha256": notice.page.sha256,
            "chars": len(notice.page.text),
        },
    )
    for issuer in own.issuers:
        if body := part.organisation(issuer):
            part.edge(notice.id, Relation.ISSUED_BY, body)


def _organisations(part: _Contribution) -> None:
    """Add the bodies that the notice names, why each name means its body, and how they stand to others."""
    notice = part.notice.id
    for mention in part.notice.organisations:
        body = mention.organisation
        part.share(organisations.mentioned(mention))
        if body is None:
            continue
        form = organisations.FORMS[mention.form]
        part.edge(
            notice, Relation.MENTIONS, body, mention.name,
            name=mention.name, full=mention.full, form=form, rule=mention.rule,
            place=mention.place, kind=mention.kind, sort=mention.sort,
        )  # fmt: skip
        if mention.within:
            part.share(organisations.known(mention.within))
            part.edge(body, Relation.WITHIN, mention.within, notice)
        for member in mention.members:
            part.share(organisations.known(member))
            part.edge(member, Relation.MEMBER_OF, body, notice, basis="the places below, by the registry")
    for body in sorted(node.id for node in list(part.nodes.values()) if node.properties["sort"] == "body"):
        _succession(part, body)


def _succession(part: _Contribution, body: str) -> None:
    for edge in organisations.successions(body):
        part.share(*organisations.ends(edge))
        part.edge(
            edge.predecessor,
            Relation.SUCCEEDED_BY,
            edge.successor,
            f"{edge.kind} {part.notice.id}",
            on=edge.on,
            kind=edge.kind,
            grade=edge.grade,
            evidence=edge.source,
            duties=edge.duties,
        )


def _clauses(part: _Contribution) -> None:
    for clause, parent in _with_parents(part.notice.clauses):
        start, end = clause.span
        told: Properties = {"path": clause.path, "label": clause.label, "level": clause.level, "title": clause.title}
        part.own(clause.id, Label.CLAUSE, {**told, "start": start, "end": end})
        part.edge(part.notice.id, Relation.HAS_CLAUSE, clause.id)
        if parent:
            part.edge(clause.id, Relation.PART_OF, parent.id)


def _with_parents(clauses: tuple[Clause, ...]) -> Iterator[tuple[Clause, Clause | None]]:
    """Yield each clause with the one above it in the outline."""
    chain: list[Clause] = []
    for clause in clauses:
        while chain and chain[-1].level >= clause.level:
            chain.pop()
        parent = chain[-1] if chain and chain[-1].label else None
        chain.append(clause)
        yield clause, parent


def _tasks(part: _Contribution) -> None:
    clauses = {clause.id: clause for clause in part.notice.clauses}
    for task in part.notice.tasks:
        clause = clauses[task.clause]
        start, end = task.span
        part.own(
            task.id,
            Label.TASK,
            {
                "path": clause.path,
                "title": clause.title,
                "text": part.words(task.span),
                "start": start,
                "end": end,
                **_strength(task.strength),
            },
        )
        part.edge(task.clause, Relation.HAS_TASK, task.id)


def _duties(part: _Contribution) -> None:
    statements = {statement.id: statement for statement in part.notice.statements}
    for index, duty in enumerate(part.notice.duties):
        if duty.organisation is None:
            continue
        statement = statements[duty.statement]
        start, end = duty.span or statement.span
        part.edge(
            duty.organisation,
            RELATION_OF[duty.role],
            duty.task,
            f"{index:05}",
            role=duty.role,
            basis=duty.basis,
            name=duty.name,
            surface=duty.surface,
            start=start,
            end=end,
            statement=duty.statement,
            statement_start=statement.span[0],
            statement_end=statement.span[1],
        )


def _targets(part: _Contribution) -> None:
    for index, target in enumerate(part.notice.targets, 1):
        identifier = part.own(
            ids.finding_id(part.notice.id, "t", index),
            Label.TARGET,
            {
                "indicator": target.indicator,
                "comparator": target.comparator,
                "value": target.value,
                "value_max": target.value_max,
                "unit": target.unit,
                "change": target.change,
                "baseline": target.baseline,
                "due": target.due,
                "due_from": target.due_from,
                "base_value": target.base_value,
                "base_unit": target.base_unit,
                **_strength(target.strength),
                "words": part.words(target.span),
                "start": target.span[0],
                "end": target.span[1],
            },
        )
        part.edge(target.task or part.notice.id, Relation.HAS_TARGET, identifier)


def _times(part: _Contribution) -> None:
    for index, time in enumerate(part.notice.times, 1):
        identifier = part.own(
            ids.finding_id(part.notice.id, "d", index),
            Label.TIME,
            {
                "kind": time.kind,
                "since": time.start,
                "until": time.end,
                "every": time.every,
                "days": time.days,
                "words": part.words(time.span),
                "start": time.span[0],
                "end": time.span[1],
            },
        )
        part.edge(time.task or part.notice.id, Relation.DUE, identifier)


def _citations(part: _Contribution) -> None:
    for index, citation in enumerate(part.notice.citations):
        identifier = citation.document_number or f"《{citation.title}》"
        known = citation.title if citation.document_number is None else None
        part.nodes.setdefault(
            identifier,
            Node(identifier, Label.REFERENCE, None, {"document_number": citation.document_number, "title": known}),
        )
        start, end = citation.span
        part.edge(part.notice.id, Relation.CITES, identifier, f"{index:05}", title=citation.title, start=start, end=end)


def _aliases(part: _Contribution) -> None:
    for alias in part.notice.aliases:
        body = part.organisation(alias.name)
        if body is None:
            continue
        start, end = alias.span
        part.edge(part.notice.id, Relation.NAMES, body, alias.short, short=alias.short, start=start, end=end)
        if alias.host and (host := part.organisation(alias.host)):
            part.edge(body, Relation.HOSTED_BY, host, part.notice.id, start=start, end=end)


def _issues(part: _Contribution) -> None:
    for index, issue in enumerate(part.notice.page.issues + part.notice.issues, 1):
        start, end = issue.span or (None, None)
        identifier = part.own(
            ids.finding_id(part.notice.id, "i", index),
            Label.ISSUE,
            {"stage": issue.stage, "reason": issue.reason, "start": start, "end": end},
        )
        part.edge(part.notice.id, Relation.HAS_ISSUE, identifier)


def _list(items: tuple[str, ...]) -> str:
    return json.dumps(items, ensure_ascii=False)


def _strength(meant: Strength | None) -> Properties:
    return {"strength": meant.grade if meant else None, "strength_word": meant.word if meant else None}
