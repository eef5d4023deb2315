"""Which tasks a body leads: ``policygraph ask leads 市水务局``.

A task that a statement and a sentence both give is one row; ``basis`` tells both. ``through`` is empty for the body's
own tasks; ``--with-predecessors`` and ``--expand`` add others, which say there why they are added.
"""

from __future__ import annotations

from policygraph.store.questions.doers import LINE, LINE_CYPHER
from policygraph.store.questions.question import EXPAND, FACTS, WITH_PREDECESSORS, Parameter, Question

QUESTION = Question(
    name="leads",
    summary="tasks that a body leads",
    example="policygraph ask leads 市水务局",
    parameters=(
        Parameter("organisation", "organisation", "the body, by any of its names", required=True),
        WITH_PREDECESSORS,
        EXPAND,
        *FACTS,
    ),
    sql=f"""
{LINE}, led AS (
    SELECT * FROM own WHERE role = 'lead'
), firsts AS (
    SELECT organisation_id, organisation, through, task, min(place) AS place
    FROM led GROUP BY organisation_id, organisation, through, task
)
SELECT d.organisation, t.task, t.clause, t.title, t.text, t.due,
       (SELECT group_concat(basis, '; ') FROM (SELECT basis FROM led WHERE led.task = d.task
          AND led.organisation_id = d.organisation_id AND led.through IS d.through
          GROUP BY basis ORDER BY min(place))) AS basis,
       d.through, t.notice, t.notice_title, t.start, t."end"
FROM firsts d CROSS JOIN tasks t ON t.task = d.task
WHERE (:notice IS NULL OR t.notice IN (SELECT value FROM json_each(:notice)))
ORDER BY t.notice, t.start, d.organisation, d.place, coalesce(d.through, '')
""",  # noqa: S608 - parts of this package
    cypher=f"""
{LINE_CYPHER}
MATCH (doer)-[d:LEADS]->(t:Task)
WHERE $notice IS NULL OR t.notice IN $notice
WITH o, through, t, d ORDER BY d.key
WITH o, through, t, min(d.key) AS place, collect(DISTINCT d.basis) AS bases
MATCH (n:Notice {{id: t.notice}})
OPTIONAL MATCH (t)-[:DUE]->(w:Time) WHERE w.kind IN ['by', 'on', 'during']
WITH o, through, t, n, place, bases, w ORDER BY w.until
WITH o, through, t, n, place, bases, collect(DISTINCT w.until) AS days
RETURN o.name AS organisation, t.id AS task, t.path AS clause, t.title AS title, t.text AS text,
       CASE WHEN size(days) = 0 THEN null ELSE reduce(s = head(days), x IN tail(days) | s + '; ' + x) END AS due,
       reduce(s = head(bases), x IN tail(bases) | s + '; ' + x) AS basis, through,
       t.notice AS notice, n.title AS notice_title, t.start AS start, t.end AS end
ORDER BY notice, start, organisation, place, coalesce(through, '')
""",
)
