"""A task through the years: ``policygraph ask follows 二/一/1:1``, with what it followed and what followed it.

Each row is a task and ``via``, the one of the neighbouring year that leads to it, with how alike the two are and which
kinds of changes lie between them. A task that was merged or split has several.
"""

from __future__ import annotations

from policygraph.store.questions.question import Parameter, Question

QUESTION = Question(
    name="follows",
    summary="a task through the years: what it followed and what followed it",
    example="policygraph ask follows 二/一/1:1",
    parameters=(Parameter("task", "task", "the task's id, or an end of it that no other task shares", required=True),),
    sql="""
WITH RECURSIVE before(id) AS (
    SELECT :task UNION SELECT e.target FROM before b CROSS JOIN edges e ON e.source = b.id WHERE e.relation = 'FOLLOWS'
), after(id) AS (
    SELECT :task UNION SELECT e.source FROM after a CROSS JOIN edges e ON e.target = a.id WHERE e.relation = 'FOLLOWS'
), line AS (
    SELECT 'asked' AS direction, :task AS task, NULL AS via, NULL AS properties
    UNION ALL
    SELECT 'earlier', e.target, b.id, e.properties
    FROM before b CROSS JOIN edges e ON e.source = b.id WHERE e.relation = 'FOLLOWS'
    UNION ALL
    SELECT 'later', e.source, a.id, e.properties
    FROM after a CROSS JOIN edges e ON e.target = a.id WHERE e.relation = 'FOLLOWS'
)
SELECT d.year, l.direction, t.title, t.text, t."by", json_extract(l.properties, '$.similarity') AS similarity,
       json_extract(l.properties, '$.kinds') AS changes, json_extract(l.properties, '$.evidence') AS evidence, l.via,
       t.task, t.notice, t.notice_title, t.start, t."end"
FROM line l CROSS JOIN tasks t ON t.task = l.task CROSS JOIN dated d ON d.notice = t.notice
ORDER BY d.year, d.day, t.notice, t.start, t.task, l.via
""",
    cypher="""
MATCH (asked:Task {id: $task})
CALL {
  WITH asked RETURN 'asked' AS direction, asked AS t, null AS via, null AS f
  UNION ALL
  WITH asked MATCH (asked)-[:FOLLOWS*0..30]->(v:Task)
  WITH DISTINCT v MATCH (v)-[f:FOLLOWS]->(t:Task)
  RETURN 'earlier' AS direction, t, v.id AS via, f
  UNION ALL
  WITH asked MATCH (asked)<-[:FOLLOWS*0..30]-(v:Task)
  WITH DISTINCT v MATCH (v)<-[f:FOLLOWS]-(t:Task)
  RETURN 'later' AS direction, t, v.id AS via, f
}
MATCH (n:Notice {id: t.notice})
OPTIONAL MATCH (m:Organisation)-[d:LEADS|RESPONSIBLE_FOR]->(t)
OPTIONAL MATCH (o:Organisation {id: m.canonical})
WITH direction, t, via, f, n, o, d ORDER BY d.key
WITH direction, t, via, f, n, collect(DISTINCT o.name) AS names,
     coalesce(n.plan_year, toInteger(substring(n.issued_on, 0, 4))) AS year,
     coalesce(n.issued_on, n.published_on, toString(n.plan_year)) AS day
RETURN year, direction, t.title AS title, t.text AS text,
       CASE WHEN size(names) = 0 THEN null ELSE reduce(s = head(names), y IN tail(names) | s + '、' + y) END AS by,
       f.similarity AS similarity, f.kinds AS changes, f.evidence AS evidence, via,
       t.id AS task, t.notice AS notice, n.title AS notice_title, t.start AS start, t.end AS end
ORDER BY year, day, notice, start, task, coalesce(via, '')
""",
)
