"""Who has how many tasks in which role: ``policygraph ask matrix``."""

from __future__ import annotations

from policygraph.store.questions.question import NOTICE, Question

QUESTION = Question(
    name="matrix",
    summary="organisation by role: how many tasks each has",
    example="policygraph ask matrix",
    parameters=(NOTICE,),
    sql="""
SELECT d.organisation, count(DISTINCT CASE WHEN d.role = 'lead' THEN d.task END) AS "lead",
       count(DISTINCT CASE WHEN d.role = 'support' THEN d.task END) AS support,
       count(DISTINCT CASE WHEN d.role = 'responsible' THEN d.task END) AS responsible,
       count(DISTINCT CASE WHEN d.role = 'implement' THEN d.task END) AS implement,
       count(DISTINCT CASE WHEN d.role = 'supervise' THEN d.task END) AS supervise,
       count(DISTINCT CASE WHEN d.basis = 'inherited' THEN d.task END) AS of_these_inherited,
       count(DISTINCT d.task) AS tasks, d.organisation_id
FROM duties d JOIN tasks t ON t.task = d.task WHERE :notice IS NULL OR t.notice = :notice
GROUP BY d.organisation_id, d.organisation ORDER BY tasks DESC, d.organisation_id
""",
    cypher="""
MATCH (o:Organisation)-[d:LEADS|SUPPORTS|RESPONSIBLE_FOR|IMPLEMENTS|SUPERVISES]->(t:Task)
WHERE $notice IS NULL OR t.notice = $notice
RETURN o.name AS organisation, count(DISTINCT CASE WHEN d.role = 'lead' THEN t.id END) AS lead,
       count(DISTINCT CASE WHEN d.role = 'support' THEN t.id END) AS support,
       count(DISTINCT CASE WHEN d.role = 'responsible' THEN t.id END) AS responsible,
       count(DISTINCT CASE WHEN d.role = 'implement' THEN t.id END) AS implement,
       count(DISTINCT CASE WHEN d.role = 'supervise' THEN t.id END) AS supervise,
       count(DISTINCT CASE WHEN d.basis = 'inherited' THEN t.id END) AS of_these_inherited,
       count(DISTINCT t.id) AS tasks, o.id AS organisation_id
ORDER BY tasks DESC, organisation_id
""",
)
