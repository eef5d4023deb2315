"""What falls due, by its date: ``policygraph ask due --before 2018-12-31``."""

from __future__ import annotations

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
    sql="""
SELECT w.until AS due, w.kind, w.words, t.task, t.clause, t.title, t.text, t."by",
       t.notice, t.notice_title, w.start, w."end"
FROM times w JOIN tasks t ON t.task = w.task
WHERE w.until IS NOT NULL AND w.kind IN ('by', 'on', 'during')
  AND (:before IS NULL OR w.until <= :before) AND (:after IS NULL OR w.until >= :after)
  AND (:notice IS NULL OR t.notice IN (SELECT value FROM json_each(:notice)))
  AND (:organisation IS NULL OR EXISTS (SELECT 1 FROM duties d WHERE d.task = t.task
       AND d.organisation_id IN (SELECT value FROM json_each(:organisation))))
ORDER BY w.until, t.notice, w.start, w.time
""",
    cypher="""
MATCH (t:Task)-[:DUE]->(w:Time)
WHERE w.until IS NOT NULL AND w.kind IN ['by', 'on', 'during']
  AND ($before IS NULL OR w.until <= $before) AND ($after IS NULL OR w.until >= $after)
  AND ($notice IS NULL OR t.notice IN $notice)
  AND ($organisation IS NULL OR EXISTS {
       MATCH (b:Organisation)-[:LEADS|SUPPORTS|RESPONSIBLE_FOR|IMPLEMENTS|SUPERVISES]->(t)
       WHERE b.id IN $organisation })
MATCH (n:Notice {id: t.notice})
OPTIONAL MATCH (o:Organisation)-[d:LEADS|RESPONSIBLE_FOR]->(t)
WITH w, t, n, o, d ORDER BY d.key
WITH w, t, n, collect(DISTINCT o.name) AS names
RETURN w.until AS due, w.kind AS kind, w.words AS words, t.id AS task, t.path AS clause, t.title AS title,
       t.text AS text,
       CASE WHEN size(names) = 0 THEN null ELSE reduce(s = head(names), x IN tail(names) | s + '、' + x) END AS by,
       t.notice AS notice, n.title AS notice_title, w.start AS start, w.end AS end
ORDER BY due, notice, start, w.id
""",
)
