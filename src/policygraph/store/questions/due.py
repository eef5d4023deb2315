"""What falls due, by its date: ``policygraph ask due --before 2018-12-31``."""

from __future__ import annotations

from policygraph.store.questions.doers import SCOPE, SCOPE_CYPHER
from policygraph.store.questions.question import FACTS, Parameter, Question

QUESTION = Question(
    name="due",
    summary="tasks by the date they are due",
    example="policygraph ask due --before 2018-12-31",
    parameters=(
        Parameter("before", "date", "due on this day or before"),
        Parameter("after", "date", "due on this day or after"),
        Parameter("organisation", "organisation", "only tasks of this body"),
        *FACTS,
    ),
    sql=f"""
WITH {SCOPE}
SELECT w.until AS due, w.kind, w.words, t.task, t.clause, t.title, t.text, t."by",
       t.notice, t.notice_title, w.start, w."end"
FROM scope s CROSS JOIN times w ON w.task = s.id CROSS JOIN tasks t ON t.task = s.id
WHERE w.until IS NOT NULL AND w.kind IN ('by', 'on', 'during')
  AND (:before IS NULL OR w.until <= :before) AND (:after IS NULL OR w.until >= :after)
ORDER BY w.until, t.notice, w.start, w.time
""",  # noqa: S608 - a part of this package
    cypher=f"""
{SCOPE_CYPHER}
MATCH (s)-[:DUE]->(w:Time)
WHERE s:Task AND w.until IS NOT NULL AND w.kind IN ['by', 'on', 'during']
  AND ($before IS NULL OR w.until <= $before) AND ($after IS NULL OR w.until >= $after)
MATCH (n:Notice {{id: s.notice}})
OPTIONAL MATCH (m:Organisation)-[d:LEADS|RESPONSIBLE_FOR]->(s)
OPTIONAL MATCH (o:Organisation {{id: m.canonical}})
WITH w, s AS t, n, o, d ORDER BY d.key
WITH w, t, n, collect(DISTINCT o.name) AS names
RETURN w.until AS due, w.kind AS kind, w.words AS words, t.id AS task, t.path AS clause, t.title AS title,
       t.text AS text,
       CASE WHEN size(names) = 0 THEN null ELSE reduce(s = head(names), x IN tail(names) | s + '、' + x) END AS by,
       t.notice AS notice, n.title AS notice_title, w.start AS start, w.end AS end
ORDER BY due, notice, start, w.id
""",
)
