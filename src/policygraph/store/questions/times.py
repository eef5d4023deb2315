"""Every time and how often: ``policygraph ask times --kind every``.

自2018年起每季度公开 is one time from 2018-01-01 and one that comes every P3M. A time outside every task has no task.
"""

from __future__ import annotations

from typing import get_args

from policygraph.models import TimeKind
from policygraph.store.questions.doers import SCOPE, SCOPE_CYPHER
from policygraph.store.questions.question import FACTS, Parameter, Question

QUESTION = Question(
    name="times",
    summary="every time: deadlines, periods, recurrences, from when and how long",
    example="policygraph ask times --kind every",
    parameters=(
        Parameter("kind", "choice", "one kind only", choices=get_args(TimeKind)),
        Parameter("organisation", "organisation", "only times of tasks of this body"),
        *FACTS,
    ),
    sql=f"""
WITH {SCOPE}
SELECT w.kind, w.since, w.until, w.every, w.days, w.words, t.task, t.clause, t.title, t."by",
       w.notice, n.title AS notice_title, w.start, w."end"
FROM scope s CROSS JOIN times w ON w.task = s.id CROSS JOIN notices n ON n.notice = w.notice
     LEFT JOIN tasks t ON t.task = s.id
WHERE :kind IS NULL OR w.kind = :kind
ORDER BY w.notice, w.start, w.time
""",  # noqa: S608 - a part of this package
    cypher=f"""
{SCOPE_CYPHER}
MATCH (s)-[:DUE]->(w:Time) WHERE $kind IS NULL OR w.kind = $kind
MATCH (n:Notice {{id: w.notice}})
OPTIONAL MATCH (m:Organisation)-[d:LEADS|RESPONSIBLE_FOR]->(s)
OPTIONAL MATCH (o:Organisation {{id: m.canonical}})
WITH w, s, n, o, d ORDER BY d.key
WITH w, s, n, collect(DISTINCT o.name) AS names
RETURN w.kind AS kind, w.since AS since, w.until AS until, w.every AS every, w.days AS days, w.words AS words,
       CASE WHEN s:Task THEN s.id END AS task, CASE WHEN s:Task THEN s.path END AS clause,
       CASE WHEN s:Task THEN s.title END AS title,
       CASE WHEN size(names) = 0 THEN null ELSE reduce(x = head(names), y IN tail(names) | x + '、' + y) END AS by,
       w.notice AS notice, n.title AS notice_title, w.start AS start, w.end AS end
ORDER BY notice, start, w.id
""",
)
