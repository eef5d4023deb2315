"""With whom a body shares tasks: ``policygraph ask partners 市水务局``.

The roles are the partner's; where it has one role in each task, they add up to ``tasks``. ``inherited`` counts those
that a default rule gave. ``first_task`` is the first shared task in the order of the text. With ``--expand`` a body
also shares what the collectives have to do that it is in, and so do their members; ``through`` tells which is which.
"""

from __future__ import annotations

from policygraph.store.questions.doers import DUTIES, counts
from policygraph.store.questions.question import EXPAND, FACTS, Parameter, Question

QUESTION = Question(
    name="partners",
    summary="bodies that share tasks with a body, most first",
    example="policygraph ask partners 市水务局",
    parameters=(
        Parameter("organisation", "organisation", "the body, by any of its names", required=True),
        EXPAND,
        *FACTS,
    ),
    sql=f"""
WITH asked(id) AS (
    SELECT value FROM json_each(:organisation)
), doers(id, through) AS (
    SELECT id, NULL FROM asked
    UNION
    SELECT m.collective, o.organisation || ' as member of ' || c.organisation
    FROM asked CROSS JOIN memberships m ON m.member = asked.id CROSS JOIN bodies o ON o.organisation_id = asked.id
         CROSS JOIN bodies c ON c.organisation_id = m.collective
    WHERE :expand IS NOT NULL
), own AS (
    SELECT DISTINCT w.id AS doer, w.through, d.task FROM doers w CROSS JOIN duties d ON d.organisation_id = w.id
), others AS (
    SELECT own.doer, own.through, d.organisation_id, d.organisation, NULL AS member_of,
           d.task, d.role, d.basis
    FROM own CROSS JOIN duties d ON d.task = own.task
    UNION ALL
    SELECT own.doer, own.through, m.member, o.organisation, 'member of ' || d.organisation,
           d.task, d.role, d.basis
    FROM own CROSS JOIN duties d ON d.task = own.task CROSS JOIN memberships m ON m.collective = d.organisation_id
         CROSS JOIN bodies o ON o.organisation_id = m.member
    WHERE :expand IS NOT NULL
), shared AS (
    SELECT d.organisation_id, d.organisation, d.task, d.role, d.basis,
           coalesce(d.through || '; ' || d.member_of, d.through, d.member_of) AS through, t.notice, t.start
    FROM others d CROSS JOIN tasks t ON t.task = d.task
    WHERE d.organisation_id <> d.doer AND d.organisation_id NOT IN (SELECT id FROM asked)
      AND (:notice IS NULL OR t.notice IN (SELECT value FROM json_each(:notice)))
), placed AS (
    SELECT *, first_value(task) OVER (PARTITION BY organisation_id, through ORDER BY notice, start, task) AS first_task
    FROM shared
)
SELECT organisation AS partner, count(DISTINCT task) AS tasks, {counts("role", "task", quote='"')},
       count(DISTINCT CASE WHEN basis = 'inherited' THEN task END) AS inherited,
       first_task, through, organisation_id AS partner_id
FROM placed GROUP BY organisation_id, organisation, first_task, through
ORDER BY tasks DESC, organisation_id, coalesce(through, '')
""",  # noqa: S608 - parts of this package
    cypher=f"""
MATCH (b:Organisation) WHERE b.id IN $organisation
OPTIONAL MATCH (:Organisation {{canonical: b.id}})-[:MEMBER_OF]->(c:Organisation) WHERE $expand IS NOT NULL
WITH b, collect(DISTINCT c.canonical) AS collectives
UNWIND [null] + collectives AS id
OPTIONAL MATCH (c:Organisation {{id: id}})
WITH coalesce(id, b.id) AS doer, CASE WHEN c IS NOT NULL THEN b.name + ' as member of ' + c.name END AS mine
MATCH (:Organisation {{canonical: doer}})-[:{DUTIES}]->(t:Task) WHERE $notice IS NULL OR t.notice IN $notice
WITH DISTINCT doer, mine, t
MATCH (m:Organisation)-[d:{DUTIES}]->(t)
WITH m.canonical AS theirs, collect({{doer: doer, mine: mine, t: t, d: d}}) AS shared
MATCH (q:Organisation {{id: theirs}})
OPTIONAL MATCH (:Organisation {{canonical: theirs}})<-[:MEMBER_OF]-(m:Organisation) WHERE $expand IS NOT NULL
WITH q, shared, collect(DISTINCT m.canonical) AS members
UNWIND [null] + members AS id
MATCH (p:Organisation {{id: coalesce(id, q.id)}}) WHERE NOT p.id IN $organisation
UNWIND shared AS x
WITH p, x.d AS d, x.t AS t, x.doer AS doer, x.mine AS mine,
     CASE WHEN id IS NOT NULL THEN 'member of ' + q.name END AS theirs
WHERE p.id <> doer
WITH p, d, t, coalesce(mine + '; ' + theirs, mine, theirs) AS through ORDER BY t.notice, t.start, t.id
RETURN p.name AS partner, count(DISTINCT t.id) AS tasks, {counts("d.role", "t.id")},
       count(DISTINCT CASE WHEN d.basis = 'inherited' THEN t.id END) AS inherited,
       head(collect(t.id)) AS first_task, through, p.id AS partner_id
ORDER BY tasks DESC, partner_id, coalesce(through, '')
""",
)
