"""With whom a body shares tasks: ``policygraph ask partners 市水务局``."""

from __future__ import annotations

from policygraph.store.questions.question import Parameter, Question

QUESTION = Question(
    name="partners",
    summary="bodies that share tasks with a body, most first",
    example="policygraph ask partners 市水务局",
    parameters=(Parameter("organisation", "organisation", "the body, by any of its names", required=True),),
    sql="""
WITH own AS (
    SELECT DISTINCT task FROM duties WHERE organisation_id IN (SELECT value FROM json_each(:organisation))
), shared AS (
    SELECT d.organisation_id, d.organisation, d.task, d.role, d.basis FROM duties d JOIN own ON own.task = d.task
    WHERE d.organisation_id NOT IN (SELECT value FROM json_each(:organisation))
)
SELECT organisation AS partner, count(DISTINCT task) AS tasks,
       count(DISTINCT CASE WHEN role = 'lead' THEN task END) AS leads,
       count(DISTINCT CASE WHEN role = 'support' THEN task END) AS supports,
       count(DISTINCT CASE WHEN basis = 'inherited' THEN task END) AS inherited,
       min(task) AS first_task, organisation_id AS partner_id
FROM shared GROUP BY organisation_id, organisation ORDER BY tasks DESC, organisation_id
""",
    cypher="""
MATCH (o:Organisation)-[:LEADS|SUPPORTS|RESPONSIBLE_FOR|IMPLEMENTS|SUPERVISES]->(t:Task) WHERE o.id IN $organisation
WITH DISTINCT t
MATCH (p:Organisation)-[d:LEADS|SUPPORTS|RESPONSIBLE_FOR|IMPLEMENTS|SUPERVISES]->(t) WHERE NOT p.id IN $organisation
RETURN p.name AS partner, count(DISTINCT t.id) AS tasks,
       count(DISTINCT CASE WHEN d.role = 'lead' THEN t.id END) AS leads,
       count(DISTINCT CASE WHEN d.role = 'support' THEN t.id END) AS supports,
       count(DISTINCT CASE WHEN d.basis = 'inherited' THEN t.id END) AS inherited,
       min(t.id) AS first_task, p.id AS partner_id
ORDER BY tasks DESC, partner_id
""",
)
