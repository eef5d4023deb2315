"""What a body followed and what followed it: ``policygraph ask history 市生态环境局``.

The chain is whole: 市卫生局, 市卫生和计划生育委员会, 市卫生健康委员会. A duty that moved (水功能区划) is a row where it
came to or left a body of the chain, and leads no further. A change that is only ``probable`` in a place is shown by the
first notice, dated when it began or later, that writes the successor's name: ``shown_in``. That the body is there shows
no moved duty.
"""

from __future__ import annotations

from policygraph.store.questions.doers import chain
from policygraph.store.questions.question import Parameter, Question

QUESTION = Question(
    name="history",
    summary="what a body followed and what followed it, with dates, grades and sources",
    example="policygraph ask history 市生态环境局",
    parameters=(Parameter("organisation", "organisation", "the body, by any of its names", required=True),),
    sql="""
WITH RECURSIVE asked(id) AS (
    SELECT value FROM json_each(:organisation)
), before(asked, id) AS (
    SELECT id, id FROM asked
    UNION SELECT b.asked, s.predecessor FROM before b CROSS JOIN successions s ON s.successor = b.id
    WHERE s.change <> 'duty moved'
), after(asked, id) AS (
    SELECT id, id FROM asked
    UNION SELECT a.asked, s.successor FROM after a CROSS JOIN successions s ON s.predecessor = a.id
    WHERE s.change <> 'duty moved'
), steps AS (
    SELECT b.asked, 'predecessor' AS direction, s.* FROM before b CROSS JOIN successions s ON s.successor = b.id
    UNION SELECT a.asked, 'successor', s.* FROM after a CROSS JOIN successions s ON s.predecessor = a.id
), shown AS (
    SELECT DISTINCT s.successor, s."on", first_value(m.notice) OVER first AS shown_in,
           first_value(n.day) OVER first AS shown_on, first_value(m.name) OVER first AS shown_as
    FROM (SELECT DISTINCT successor, "on" FROM steps WHERE grade = 'probable') s
         CROSS JOIN mentions m ON m.organisation_id = s.successor CROSS JOIN dated n ON n.notice = m.notice
    WHERE m.form <= 2 AND n.day >= substr(s."on" || '/', 1, instr(s."on" || '/', '/') - 1)
    WINDOW first AS (PARTITION BY s.successor, s."on" ORDER BY n.day, m.notice, m.name)
)
SELECT o.organisation, s.direction, p.organisation AS predecessor, s.change, q.organisation AS successor, s."on",
       s.grade, s.evidence, w.shown_in, w.shown_on, w.shown_as, s.duties,
       s.asked AS organisation_id, s.predecessor AS predecessor_id, s.successor AS successor_id
FROM steps s CROSS JOIN bodies o ON o.organisation_id = s.asked CROSS JOIN bodies p ON p.organisation_id = s.predecessor
     CROSS JOIN bodies q ON q.organisation_id = s.successor
     LEFT JOIN shown w ON w.successor = s.successor AND w."on" = s."on" AND s.grade = 'probable'
                          AND s.change <> 'duty moved'
ORDER BY s.asked, s.direction, s."on", s.predecessor, s.successor, s.change, s.grade, s.evidence
""",
    cypher=f"""
MATCH (o:Organisation) WHERE o.id IN $organisation
WITH o, {chain("[o.id]", back=True)} AS before,
     {chain("[o.id]", back=False)} AS after
CALL {{
  WITH before
  UNWIND before AS id
  WITH DISTINCT id
  MATCH (b:Organisation {{canonical: id}})<-[s:SUCCEEDED_BY]-(a:Organisation)
  RETURN DISTINCT 'predecessor' AS direction, a.canonical AS older, id AS newer, s.on AS day, s.kind AS change,
                  s.grade AS grade, s.evidence AS evidence, s.duties AS duties
  UNION
  WITH after
  UNWIND after AS id
  WITH DISTINCT id
  MATCH (b:Organisation {{canonical: id}})-[s:SUCCEEDED_BY]->(a:Organisation)
  RETURN DISTINCT 'successor' AS direction, id AS older, a.canonical AS newer, s.on AS day, s.kind AS change,
                  s.grade AS grade, s.evidence AS evidence, s.duties AS duties
}}
MATCH (p:Organisation {{id: older}}) MATCH (q:Organisation {{id: newer}})
OPTIONAL MATCH (n:Notice)-[m:MENTIONS]->(:Organisation {{canonical: newer}})
WHERE grade = 'probable' AND change <> 'duty moved' AND m.form <= 2
  AND coalesce(n.issued_on, n.published_on, toString(n.plan_year)) >= head(split(day, '/'))
WITH o, direction, p, q, day, change, grade, evidence, duties, n, m,
     coalesce(n.issued_on, n.published_on, toString(n.plan_year)) AS dated
ORDER BY dated, n.id, m.name
WITH o, direction, p, q, day, change, grade, evidence, duties,
     head(collect(CASE WHEN n IS NOT NULL THEN [n.id, dated, m.name] END)) AS shown
RETURN o.name AS organisation, direction, p.name AS predecessor, change, q.name AS successor, day AS on,
       grade, evidence, shown[0] AS shown_in, shown[1] AS shown_on, shown[2] AS shown_as, duties,
       o.id AS organisation_id, p.id AS predecessor_id, q.id AS successor_id
ORDER BY organisation_id, direction, on, predecessor_id, successor_id, change, grade, evidence
""",
)
