"""Which tasks a body leads: ``policygraph ask leads 市水务局``."""

from __future__ import annotations

from policygraph.store.questions.question import NOTICE, Parameter, Question

QUESTION = Question(
    name="leads",
    summary="tasks that a body leads",
    example="policygraph ask leads 市水务局",
    parameters=(Parameter("organisation", "organisation", "the body, by any of its names", required=True), NOTICE),
    sql="""
SELECT d.organisation, t.task, t.clause, t.title, t.text, t.due,
       d.basis, t.notice, t.notice_title, t.start, t."end"
FROM duties d JOIN tasks t ON t.task = d.task
WHERE d.role = 'lead' AND d.organisation_id IN (SELECT value FROM json_each(:organisation))
  AND (:notice IS NULL OR t.notice = :notice)
ORDER BY t.notice, t.start, d.organisation, d.place
""",
    cypher="""
MATCH (o:Organisation)-[d:LEADS]->(t:Task)
WHERE o.id IN $organisation AND ($notice IS NULL OR t.notice = $notice)
MATCH (n:Notice {id: t.notice})
OPTIONAL MATCH (t)-[:DUE]->(w:Time) WHERE w.kind IN ['by', 'on', 'during']
WITH o, d, t, n, w ORDER BY w.until
WITH o, d, t, n, collect(DISTINCT w.until) AS days
RETURN o.name AS organisation, t.id AS task, t.path AS clause, t.title AS title, t.text AS text,
       CASE WHEN size(days) = 0 THEN null ELSE reduce(s = head(days), x IN tail(days) | s + '; ' + x) END AS due,
       d.basis AS basis, t.notice AS notice, n.title AS notice_title, t.start AS start, t.end AS end
ORDER BY notice, start, organisation, d.key
""",
)
