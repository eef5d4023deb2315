"""The values of one indicator over the years: ``policygraph ask trend 用水总量``, with place and unit.

``changed`` says what a later plan did to the target of the plan before, where the two belong together: ``target
tightened``. Values are in ``unit`` as written; ``base_value`` is the same number in a unit that years share.
"""

from __future__ import annotations

from policygraph.store.questions.question import FACTS, Parameter, Question

QUESTION = Question(
    name="trend",
    summary="the values of one indicator over the years, by place",
    example="policygraph ask trend 用水总量",
    parameters=(
        Parameter("text", "text", "words that the indicator's name holds", required=True),
        Parameter("organisation", "organisation", "only targets of tasks of this body"),
        *FACTS,
    ),
    sql="""
SELECT json_extract(d.properties, '$.jurisdiction') AS place, json_extract(x.properties, '$.indicator') AS indicator,
       y.year, json_extract(x.properties, '$.comparator') AS comparator, json_extract(x.properties, '$.value') AS value,
       json_extract(x.properties, '$.value_max') AS value_max, json_extract(x.properties, '$.unit') AS unit,
       json_extract(x.properties, '$.change') AS change, json_extract(x.properties, '$.baseline') AS baseline,
       json_extract(x.properties, '$.base_value') AS base_value, json_extract(x.properties, '$.base_unit') AS base_unit,
       json_extract(x.properties, '$.due') AS due,
       (SELECT group_concat(kind, '; ') FROM
          (SELECT DISTINCT json_extract(c.properties, '$.kind') AS kind
           FROM edges h CROSS JOIN nodes c ON c.id = h.target
           WHERE h.source = e.source AND h.relation = 'HAS_CHANGE'
             AND json_extract(c.properties, '$.new_start') = json_extract(x.properties, '$.start')
             AND json_extract(c.properties, '$.new_end') = json_extract(x.properties, '$.end') ORDER BY kind)
       ) AS changed, t."by", json_extract(x.properties, '$.words') AS words, t.task, x.notice,
       json_extract(d.properties, '$.title') AS notice_title, json_extract(x.properties, '$.start') AS start,
       json_extract(x.properties, '$.end') AS "end"
FROM nodes x CROSS JOIN edges e ON e.target = x.id AND e.relation = 'HAS_TARGET'
     CROSS JOIN nodes d ON d.id = x.notice CROSS JOIN dated y ON y.notice = x.notice
     LEFT JOIN tasks t ON t.task = e.source
WHERE x.label = 'Target' AND instr(lower(json_extract(x.properties, '$.indicator')), lower(:text)) > 0
  AND (:notice IS NULL OR x.notice IN (SELECT value FROM json_each(:notice)))
  AND (:organisation IS NULL OR EXISTS (SELECT 1 FROM duties o WHERE o.task = e.source
       AND o.organisation_id IN (SELECT value FROM json_each(:organisation))))
ORDER BY coalesce(place, ''), y.year, y.day, x.notice, start, x.id
""",
    cypher="""
MATCH (s)-[:HAS_TARGET]->(x:Target)
WHERE toLower(x.indicator) CONTAINS toLower($text)
  AND ($organisation IS NULL OR EXISTS {
       MATCH (b:Organisation)-[:LEADS|SUPPORTS|RESPONSIBLE_FOR|IMPLEMENTS|SUPERVISES]->(s)
       WHERE b.canonical IN $organisation })
MATCH (n:Notice {id: x.notice}) WHERE $notice IS NULL OR n.id IN $notice
OPTIONAL MATCH (s)-[:HAS_CHANGE]->(c:Change) WHERE c.new_start = x.start AND c.new_end = x.end
WITH x, s, n, c ORDER BY c.kind
WITH x, s, n, collect(DISTINCT c.kind) AS kinds
OPTIONAL MATCH (m:Organisation)-[d:LEADS|RESPONSIBLE_FOR]->(s)
OPTIONAL MATCH (o:Organisation {id: m.canonical})
WITH x, s, n, kinds, o, d ORDER BY d.key
WITH x, s, n, kinds, collect(DISTINCT o.name) AS names,
     coalesce(n.issued_on, n.published_on, toString(n.plan_year)) AS day
RETURN n.jurisdiction AS place, x.indicator AS indicator,
       coalesce(n.plan_year, toInteger(substring(n.issued_on, 0, 4))) AS year, x.comparator AS comparator,
       x.value AS value, x.value_max AS value_max, x.unit AS unit, x.change AS change, x.baseline AS baseline,
       x.base_value AS base_value, x.base_unit AS base_unit, x.due AS due,
       CASE WHEN size(kinds) = 0 THEN null ELSE reduce(z = head(kinds), y IN tail(kinds) | z + '; ' + y) END AS changed,
       CASE WHEN size(names) = 0 THEN null ELSE reduce(z = head(names), y IN tail(names) | z + '、' + y) END AS by,
       x.words AS words, CASE WHEN s:Task THEN s.id END AS task, x.notice AS notice, n.title AS notice_title,
       x.start AS start, x.end AS end
ORDER BY coalesce(place, ''), year, day, notice, start, x.id
""",
)
