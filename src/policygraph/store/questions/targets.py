"""What is to be reached: ``policygraph ask targets --organisation 市农委``.

``due_from`` is where the due date stands; one taken from the plan year stands in no words.
``role`` is what the body asked for has to do with the target's task; without one it is empty.
"""

from __future__ import annotations

from policygraph.store.questions.doers import DUTIES, SCOPE, SCOPE_CYPHER
from policygraph.store.questions.question import FACTS, Parameter, Question

QUESTION = Question(
    name="targets",
    summary="numbers to be reached, with unit, due date and who answers for them",
    example="policygraph ask targets --organisation 市农委",
    parameters=(
        Parameter("organisation", "organisation", "only targets of tasks of this body"),
        Parameter("text", "text", "only targets whose words hold this text"),
        *FACTS,
    ),
    sql=f"""
WITH {SCOPE}
SELECT json_extract(x.properties, '$.indicator') AS indicator, json_extract(x.properties, '$.comparator') AS comparator,
       json_extract(x.properties, '$.value') AS value, json_extract(x.properties, '$.value_max') AS value_max,
       json_extract(x.properties, '$.unit') AS unit, json_extract(x.properties, '$.change') AS change,
       json_extract(x.properties, '$.due') AS due, json_extract(x.properties, '$.due_from') AS due_from,
       json_extract(x.properties, '$.strength') AS strength,
       (SELECT group_concat(role, '; ') FROM
          (SELECT role FROM duties d WHERE d.task = e.source
           AND d.organisation_id IN (SELECT value FROM json_each(:organisation)) GROUP BY role ORDER BY min(place))
       ) AS role, t."by", json_extract(x.properties, '$.words') AS words, t.task, x.notice,
       n.title AS notice_title, json_extract(x.properties, '$.start') AS start,
       json_extract(x.properties, '$.end') AS "end"
FROM scope s CROSS JOIN edges e ON e.source = s.id AND e.relation = 'HAS_TARGET' CROSS JOIN nodes x ON x.id = e.target
     CROSS JOIN notices n ON n.notice = x.notice LEFT JOIN tasks t ON t.task = s.id
WHERE :text IS NULL OR instr(json_extract(x.properties, '$.words'), :text) > 0
ORDER BY x.notice, start, x.id
""",  # noqa: S608 - a part of this package
    cypher=f"""
{SCOPE_CYPHER}
MATCH (s)-[:HAS_TARGET]->(x:Target) WHERE $text IS NULL OR x.words CONTAINS $text
MATCH (n:Notice {{id: x.notice}})
OPTIONAL MATCH (b:Organisation)-[r:{DUTIES}]->(s) WHERE b.canonical IN $organisation
WITH x, s, n, r ORDER BY r.key
WITH x, s, n, collect(DISTINCT r.role) AS roles
OPTIONAL MATCH (m:Organisation)-[d:LEADS|RESPONSIBLE_FOR]->(s)
OPTIONAL MATCH (o:Organisation {{id: m.canonical}})
WITH x, s, n, roles, o, d ORDER BY d.key
WITH x, s, n, roles, collect(DISTINCT o.name) AS names
RETURN x.indicator AS indicator, x.comparator AS comparator, x.value AS value, x.value_max AS value_max,
       x.unit AS unit, x.change AS change, x.due AS due, x.due_from AS due_from, x.strength AS strength,
       CASE WHEN size(roles) = 0 THEN null ELSE reduce(z = head(roles), y IN tail(roles) | z + '; ' + y) END AS role,
       CASE WHEN size(names) = 0 THEN null ELSE reduce(s = head(names), y IN tail(names) | s + '、' + y) END AS by,
       x.words AS words, CASE WHEN s:Task THEN s.id END AS task, x.notice AS notice,
       n.title AS notice_title, x.start AS start, x.end AS end
ORDER BY notice, start, x.id
""",
)
