"""Every task of a body, whatever its role: ``policygraph ask duties 市农委``.

A task is one row for each body, though its statement and a sentence both name it: ``role`` and ``basis`` tell all, a
statement's before those of sentences; ``surface`` and the place are those of the first. ``through`` is empty for the
body's own tasks; ``--with-predecessors`` and ``--expand`` add others, which say there why they are added.
"""

from __future__ import annotations

from policygraph.store.questions.doers import DUTIES, LINE, LINE_CYPHER
from policygraph.store.questions.question import EXPAND, FACTS, WITH_PREDECESSORS, Parameter, Question

QUESTION = Question(
    name="duties",
    summary="every task of a body, with its role",
    example="policygraph ask duties 市农委",
    parameters=(
        Parameter("organisation", "organisation", "the body, by any of its names", required=True),
        Parameter(
            "role", "choice", "one role only", choices=("lead", "support", "responsible", "implement", "supervise")
        ),
        WITH_PREDECESSORS,
        EXPAND,
        *FACTS,
    ),
    sql=f"""
{LINE}, held AS (
    SELECT *, row_number() OVER (PARTITION BY task, organisation_id, through ORDER BY place) AS nth
    FROM own WHERE :role IS NULL OR role = :role
)
SELECT d.organisation,
       (SELECT group_concat(role, '; ') FROM (SELECT role FROM held WHERE held.task = d.task
          AND held.organisation_id = d.organisation_id AND held.through IS d.through
          GROUP BY role ORDER BY min(place))) AS role,
       (SELECT group_concat(basis, '; ') FROM (SELECT basis FROM held WHERE held.task = d.task
          AND held.organisation_id = d.organisation_id AND held.through IS d.through
          GROUP BY basis ORDER BY min(place))) AS basis,
       d.through, d.surface, t.task, t.clause, t.title, t.text, t.due, t.notice, t.notice_title, d.start, d."end"
FROM held d CROSS JOIN tasks t ON t.task = d.task
WHERE (:notice IS NULL OR t.notice IN (SELECT value FROM json_each(:notice))) AND d.nth = 1
ORDER BY t.notice, t.start, d.organisation, d.place, coalesce(d.through, '')
""",  # noqa: S608 - parts of this package
    cypher=f"""
{LINE_CYPHER}
MATCH (doer)-[d:{DUTIES}]->(t:Task)
WHERE ($role IS NULL OR d.role = $role) AND ($notice IS NULL OR t.notice IN $notice)
WITH o, through, t, d ORDER BY d.key
WITH o, through, t, head(collect(d)) AS d, collect(DISTINCT d.role) AS roles, collect(DISTINCT d.basis) AS bases
MATCH (n:Notice {{id: t.notice}})
OPTIONAL MATCH (t)-[:DUE]->(w:Time) WHERE w.kind IN ['by', 'on', 'during']
WITH o, through, d, t, n, roles, bases, w ORDER BY w.until
WITH o, through, d, t, n, roles, bases, collect(DISTINCT w.until) AS days
RETURN o.name AS organisation, reduce(s = head(roles), x IN tail(roles) | s + '; ' + x) AS role,
       reduce(s = head(bases), x IN tail(bases) | s + '; ' + x) AS basis, through, d.surface AS surface, t.id AS task,
       t.path AS clause, t.title AS title, t.text AS text,
       CASE WHEN size(days) = 0 THEN null ELSE reduce(s = head(days), x IN tail(days) | s + '; ' + x) END AS due,
       t.notice AS notice, n.title AS notice_title, d.start AS start, d.end AS end
ORDER BY notice, t.start, organisation, d.key, coalesce(through, '')
""",
)
