"""Every duty of a body, whatever its role: ``policygraph ask duties 市农委``."""

from __future__ import annotations

from policygraph.store.questions.question import NOTICE, Parameter, Question

QUESTION = Question(
    name="duties",
    summary="every task of a body, with its role",
    example="policygraph ask duties 市农委",
    parameters=(
        Parameter("organisation", "organisation", "the body, by any of its names", required=True),
        Parameter(
            "role", "choice", "one role only", choices=("lead", "support", "responsible", "implement", "supervise")
        ),
        NOTICE,
    ),
    sql="""
SELECT d.organisation, d.role, d.basis, d.surface, t.task, t.clause, t.title, t.text, t.due,
       t.notice, t.notice_title, d.start, d."end"
FROM duties d JOIN tasks t ON t.task = d.task
WHERE d.organisation_id IN (SELECT value FROM json_each(:organisation)) AND (:role IS NULL OR d.role = :role)
  AND (:notice IS NULL OR t.notice = :notice)
ORDER BY t.notice, t.start, d.organisation, d.place
""",
    cypher="""
MATCH (o:Organisation)-[d:LEADS|SUPPORTS|RESPONSIBLE_FOR|IMPLEMENTS|SUPERVISES]->(t:Task)
WHERE o.id IN $organisation AND ($role IS NULL OR d.role = $role)
  AND ($notice IS NULL OR t.notice = $notice)
MATCH (n:Notice {id: t.notice})
OPTIONAL MATCH (t)-[:DUE]->(w:Time) WHERE w.kind IN ['by', 'on', 'during']
WITH o, d, t, n, w ORDER BY w.until
WITH o, d, t, n, collect(DISTINCT w.until) AS days
RETURN o.name AS organisation, d.role AS role, d.basis AS basis, d.surface AS surface, t.id AS task,
       t.path AS clause, t.title AS title, t.text AS text,
       CASE WHEN size(days) = 0 THEN null ELSE reduce(s = head(days), x IN tail(days) | s + '; ' + x) END AS due,
       t.notice AS notice, n.title AS notice_title, d.start AS start, d.end AS end
ORDER BY notice, t.start, organisation, d.key
""",
)
