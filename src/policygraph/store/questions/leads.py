"""Which tasks a body leads: ``policygraph ask leads 市水务局``.

A task that a statement and a sentence both give is one row; ``basis`` tells both.
"""

from __future__ import annotations

from policygraph.store.questions.question import NOTICE, Parameter, Question

QUESTION = Question(
    name="leads",
    summary="tasks that a body leads",
    example="policygraph ask leads 市水务局",
    parameters=(Parameter("organisation", "organisation", "the body, by any of its names", required=True), NOTICE),
    sql="""
WITH own AS (
    SELECT * FROM duties WHERE role = 'lead' AND organisation_id IN (SELECT value FROM json_each(:organisation))
)
SELECT d.organisation, t.task, t.clause, t.title, t.text, t.due,
       (SELECT group_concat(basis, '; ') FROM (SELECT basis FROM own WHERE own.task = d.task
          AND own.organisation_id = d.organisation_id GROUP BY basis ORDER BY min(place))) AS basis,
       t.notice, t.notice_title, t.start, t."end"
FROM own d JOIN tasks t ON t.task = d.task
WHERE (:notice IS NULL OR t.notice = :notice)
  AND d.place = (SELECT min(place) FROM own WHERE own.task = d.task AND own.organisation_id = d.organisation_id)
ORDER BY t.notice, t.start, d.organisation, d.place
""",
    cypher="""
MATCH (o:Organisation)-[d:LEADS]->(t:Task)
WHERE o.id IN $organisation AND ($notice IS NULL OR t.notice = $notice)
WITH o, t, d ORDER BY d.key
WITH o, t, min(d.key) AS place, collect(DISTINCT d.basis) AS bases
MATCH (n:Notice {id: t.notice})
OPTIONAL MATCH (t)-[:DUE]->(w:Time) WHERE w.kind IN ['by', 'on', 'during']
WITH o, t, n, place, bases, w ORDER BY w.until
WITH o, t, n, place, bases, collect(DISTINCT w.until) AS days
RETURN o.name AS organisation, t.id AS task, t.path AS clause, t.title AS title, t.text AS text,
       CASE WHEN size(days) = 0 THEN null ELSE reduce(s = head(days), x IN tail(days) | s + '; ' + x) END AS due,
       reduce(s = head(bases), x IN tail(bases) | s + '; ' + x) AS basis,
       t.notice AS notice, n.title AS notice_title, t.start AS start, t.end AS end
ORDER BY notice, start, organisation, place
""",
)
