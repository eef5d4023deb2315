"""Which bodies bear one local name: ``policygraph ask same-name 市水务局``.

佳木斯市水务局 and 鹤岗市水务局 are two bodies. Asked by the full name of one, it answers with all that share its local
name. Bodies that no notice names, known only by what they followed, bear it nowhere and are left out.
"""

from __future__ import annotations

from policygraph.store.questions.doers import DUTIES
from policygraph.store.questions.question import Parameter, Question

QUESTION = Question(
    name="same-name",
    summary="the bodies of several places that bear one local name",
    example="policygraph ask same-name 市水务局",
    parameters=(Parameter("organisation", "organisation", "a body, by any of its names", required=True),),
    sql="""
WITH asked(id) AS (
    SELECT value FROM json_each(:organisation)
), bearing(id) AS (
    SELECT id FROM asked
    UNION SELECT organisation_id FROM bodies
    WHERE local IN (SELECT b.local FROM asked CROSS JOIN bodies b ON b.organisation_id = asked.id)
)
SELECT b.local AS name, b.jurisdiction, b.place, b.organisation,
       (SELECT count(DISTINCT m.notice) FROM mentions m WHERE m.organisation_id = b.organisation_id) AS notices,
       (SELECT count(DISTINCT d.task) FROM duties d WHERE d.organisation_id = b.organisation_id) AS tasks,
       b.organisation_id
FROM bearing CROSS JOIN bodies b ON b.organisation_id = bearing.id
WHERE EXISTS (SELECT 1 FROM mentions m WHERE m.organisation_id = b.organisation_id)
ORDER BY coalesce(b.place, ''), b.organisation_id
""",
    cypher=f"""
MATCH (a:Organisation) WHERE a.id IN $organisation
WITH collect(DISTINCT a.local) AS locals
MATCH (o:Organisation) WHERE o.local IN locals AND o.canonical = o.id
MATCH (n:Notice)-[:MENTIONS]->(:Organisation {{canonical: o.id}})
WITH o, count(DISTINCT n.id) AS notices
OPTIONAL MATCH (:Organisation {{canonical: o.id}})-[:{DUTIES}]->(t:Task)
RETURN o.local AS name, o.jurisdiction AS jurisdiction, o.place AS place, o.name AS organisation, notices,
       count(DISTINCT t.id) AS tasks, o.id AS organisation_id
ORDER BY coalesce(place, ''), organisation_id
""",
)
