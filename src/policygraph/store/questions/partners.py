"""With whom a body shares tasks: ``policygraph ask partners 市水务局``.

The roles are the partner's; where it has one role in each task, they add up to ``tasks``. ``inherited`` counts those
that a default rule gave. ``first_task`` is the first shared task in the order of the text.
"""

from __future__ import annotations

from policygraph.store.questions.question import NOTICE, Parameter, Question

QUESTION = Question(
    name="partners",
    summary="bodies that share tasks with a body, most first",
    example="policygraph ask partners 市水务局",
    parameters=(Parameter("organisation", "organisation", "the body, by any of its names", required=True), NOTICE),
    sql="""
WITH own AS (
    SELECT DISTINCT task FROM duties WHERE organisation_id IN (SELECT value FROM json_each(:organisation))
), shared AS (
    SELECT d.organisation_id, d.organisation, d.task, d.role, d.basis,
           first_value(d.task) OVER (PARTITION BY d.organisation_id ORDER BY t.notice, t.start, t.task) AS first_task
    FROM duties d JOIN own ON own.task = d.task JOIN tasks t ON t.task = d.task
    WHERE d.organisation_id NOT IN (SELECT value FROM json_each(:organisation))
      AND (:notice IS NULL OR t.notice = :notice)
)
SELECT organisation AS partner, count(DISTINCT task) AS tasks,
       count(DISTINCT CASE WHEN role = 'lead' THEN task END) AS "lead",
       count(DISTINCT CASE WHEN role = 'support' THEN task END) AS support,
       count(DISTINCT CASE WHEN role = 'responsible' THEN task END) AS responsible,
       count(DISTINCT CASE WHEN role = 'implement' THEN task END) AS implement,
       count(DISTINCT CASE WHEN role = 'supervise' THEN task END) AS supervise,
       count(DISTINCT CASE WHEN basis = 'inherited' THEN task END) AS inherited,
       first_task, organisation_id AS partner_id
FROM shared GROUP BY organisation_id, organisation, first_task ORDER BY tasks DESC, organisation_id
""",
    cypher="""
MATCH (o:Organisation)-[:LEADS|SUPPORTS|RESPONSIBLE_FOR|IMPLEMENTS|SUPERVISES]->(t:Task)
WHERE o.id IN $organisation AND ($notice IS NULL OR t.notice = $notice)
WITH DISTINCT t
MATCH (p:Organisation)-[d:LEADS|SUPPORTS|RESPONSIBLE_FOR|IMPLEMENTS|SUPERVISES]->(t) WHERE NOT p.id IN $organisation
WITH p, d, t ORDER BY t.notice, t.start, t.id
RETURN p.name AS partner, count(DISTINCT t.id) AS tasks,
       count(DISTINCT CASE WHEN d.role = 'lead' THEN t.id END) AS lead,
       count(DISTINCT CASE WHEN d.role = 'support' THEN t.id END) AS support,
       count(DISTINCT CASE WHEN d.role = 'responsible' THEN t.id END) AS responsible,
       count(DISTINCT CASE WHEN d.role = 'implement' THEN t.id END) AS implement,
       count(DISTINCT CASE WHEN d.role = 'supervise' THEN t.id END) AS supervise,
       count(DISTINCT CASE WHEN d.basis = 'inherited' THEN t.id END) AS inherited,
       head(collect(t.id)) AS first_task, p.id AS partner_id
ORDER BY tasks DESC, partner_id
""",
)
