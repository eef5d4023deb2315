"""How a body is written, where, and why that means it: ``policygraph ask names 市水务局``.

One row for each name in each notice; task, words and place are those of its first duty under that name there, empty
where the notice only signs or hosts with it. A body that no notice names has one row with neither.
"""

from __future__ import annotations

from policygraph.store.questions.doers import DUTIES
from policygraph.store.questions.question import FACTS, Parameter, Question

QUESTION = Question(
    name="names",
    summary="every name of a body, where it is written and why it means that body",
    example="policygraph ask names 市水务局",
    parameters=(Parameter("organisation", "organisation", "the body, by any of its names", required=True), *FACTS),
    sql="""
WITH asked(id) AS (
    SELECT value FROM json_each(:organisation)
), said AS (
    SELECT m.* FROM asked CROSS JOIN mentions m ON m.organisation_id = asked.id
    WHERE :notice IS NULL OR m.notice IN (SELECT value FROM json_each(:notice))
), held AS (
    SELECT j.canonical AS organisation_id, e.notice, json_extract(e.properties, '$.name') AS name, e.target AS task,
           json_extract(e.properties, '$.surface') AS surface, json_extract(e.properties, '$.start') AS start,
           json_extract(e.properties, '$.end') AS "end", e.key AS place
    FROM asked CROSS JOIN judged j ON j.canonical = asked.id CROSS JOIN edges e ON e.source = j.id
    WHERE e.relation IN ('LEADS', 'SUPPORTS', 'RESPONSIBLE_FOR', 'IMPLEMENTS', 'SUPERVISES')
), firsts AS (
    SELECT *, row_number() OVER (PARTITION BY organisation_id, notice, name ORDER BY place) AS nth FROM held
)
SELECT b.organisation, m.name,
       CASE m.form WHEN 0 THEN 'full' WHEN 1 THEN 'statutory' WHEN 2 THEN 'colloquial' END AS form,
       coalesce(m.rule, 'no notice names it; known by what it follows, is in or is part of') AS rule,
       f.surface, f.task, m.notice, n.title AS notice_title, f.start, f."end",
       b.jurisdiction, b.place, b.kind, b.sort, b.organisation_id
FROM asked CROSS JOIN bodies b ON b.organisation_id = asked.id
     LEFT JOIN said m ON m.organisation_id = asked.id
     LEFT JOIN notices n ON n.notice = m.notice
     LEFT JOIN firsts f ON f.organisation_id = asked.id AND f.notice = m.notice AND f.name = m.name AND f.nth = 1
WHERE m.notice IS NOT NULL OR (:notice IS NULL)
ORDER BY b.organisation_id, coalesce(m.form, 9), m.name, m.notice, m.rule
""",
    cypher=f"""
MATCH (o:Organisation) WHERE o.id IN $organisation
CALL {{
  WITH o
  MATCH (c:Organisation {{canonical: o.id}})<-[m:MENTIONS]-(n:Notice) WHERE $notice IS NULL OR n.id IN $notice
  RETURN n.id AS notice, m.name AS name, null AS d,
         {{form: m.form, rule: m.rule + CASE WHEN c = o THEN '' ELSE '; judged one with ' + o.id END}} AS m
  UNION ALL
  WITH o
  MATCH (c:Organisation {{canonical: o.id}})-[d:{DUTIES}]->(:Task)
  RETURN d.notice AS notice, d.name AS name, d, null AS m
  UNION ALL
  WITH o
  WITH o WHERE $notice IS NULL AND NOT EXISTS {{ MATCH (:Organisation {{canonical: o.id}})<-[:MENTIONS]-(:Notice) }}
  RETURN null AS notice, null AS name, null AS d, {{form: null, rule: null}} AS m
}}
WITH o, notice, name, d, m ORDER BY d.key
WITH o, notice, name, head(collect(d)) AS d, collect(m) AS said
UNWIND said AS m
OPTIONAL MATCH (n:Notice {{id: notice}})
RETURN o.name AS organisation, name,
       CASE m.form WHEN 0 THEN 'full' WHEN 1 THEN 'statutory' WHEN 2 THEN 'colloquial' END AS form,
       coalesce(m.rule, 'no notice names it; known by what it follows, is in or is part of') AS rule,
       d.surface AS surface, endNode(d).id AS task, notice, n.title AS notice_title, d.start AS start, d.end AS end,
       o.jurisdiction AS jurisdiction, o.place AS place, o.kind AS kind, o.sort AS sort, o.id AS organisation_id
ORDER BY organisation_id, coalesce(m.form, 9), name, notice, rule
""",
)
