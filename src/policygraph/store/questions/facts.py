"""All that was found in a notice, with its characters, in the order of the text: ``policygraph ask facts 17号``.

``start`` and ``end`` show a fact in the published text. An inherited duty points at the rule that it comes from,
``statement_start`` and ``statement_end`` at the statement that inherits. A statement that assigns several tasks is one
row with the first of them. A doubt about the whole text has no place.
"""

from __future__ import annotations

from policygraph.store.questions.doers import DUTIES
from policygraph.store.questions.question import Parameter, Question

KINDS = ("duty", "statement", "target", "time", "citation", "name", "doubt")
"""What a fact can be; ``name`` is a short name that the notice defines for a body."""

QUESTION = Question(
    name="facts",
    summary="all that was found in a notice, each with the characters that show it",
    example="policygraph ask facts 17号",
    parameters=(
        Parameter("notice", "citing", "the notice, by its id or an end that no other shares", required=True),
        Parameter("kind", "choice", "one kind only", choices=KINDS),
    ),
    sql="""
WITH held AS (
    SELECT d.* FROM nodes t CROSS JOIN duties d ON d.task = t.id WHERE t.notice = :notice AND t.label = 'Task'
), found AS (
    SELECT 'duty' AS kind, role AS what, organisation AS value, surface AS words, basis, NULL AS due, task,
           organisation_id, start, "end", statement_start, statement_end FROM held
    UNION ALL
    SELECT 'statement', NULL, NULL, substr(x.text, statement_start + 1, statement_end - statement_start), NULL, NULL,
           min(task), NULL, statement_start, statement_end, statement_start, statement_end
    FROM held CROSS JOIN texts x ON x.notice = :notice GROUP BY statement_start, statement_end, x.text
    UNION ALL
    SELECT 'target', json_extract(x.properties, '$.indicator'), json_extract(x.properties, '$.comparator')
           || json_extract(x.properties, '$.value') || coalesce('—' || json_extract(x.properties, '$.value_max'), '')
           || coalesce(json_extract(x.properties, '$.unit'), ''),
           json_extract(x.properties, '$.words'), json_extract(x.properties, '$.due_from'),
           json_extract(x.properties, '$.due'), t.id, NULL,
           json_extract(x.properties, '$.start'), json_extract(x.properties, '$.end'), NULL, NULL
    FROM nodes x CROSS JOIN edges e ON e.target = x.id AND e.relation = 'HAS_TARGET'
         LEFT JOIN nodes t ON t.id = e.source AND t.label = 'Task'
    WHERE x.notice = :notice AND x.label = 'Target'
    UNION ALL
    SELECT 'time', w.kind, coalesce(
             w.every, CASE WHEN w.kind = 'during' THEN w.since || '–' || w.until END, w.until, w.since
           ), w.words, NULL, NULL, t.id, NULL, w.start, w."end", NULL, NULL
    FROM times w LEFT JOIN nodes t ON t.id = w.task AND t.label = 'Task' WHERE w.notice = :notice
    UNION ALL
    SELECT 'citation', json_extract(properties, '$.title'), target, NULL, NULL, NULL, NULL, NULL,
           json_extract(properties, '$.start'), json_extract(properties, '$.end'), NULL, NULL
    FROM edges WHERE source = :notice AND relation = 'CITES'
    UNION ALL
    SELECT 'name', json_extract(e.properties, '$.short'), b.organisation, NULL, NULL, NULL, NULL, b.organisation_id,
           json_extract(e.properties, '$.start'), json_extract(e.properties, '$.end'), NULL, NULL
    FROM edges e CROSS JOIN judged j ON j.id = e.target CROSS JOIN bodies b ON b.organisation_id = j.canonical
    WHERE e.source = :notice AND e.relation = 'NAMES'
    UNION ALL
    SELECT 'doubt', json_extract(properties, '$.stage'), json_extract(properties, '$.reason'), NULL, NULL, NULL, NULL,
           NULL, json_extract(properties, '$.start'), json_extract(properties, '$.end'), NULL, NULL
    FROM nodes WHERE notice = :notice AND label = 'Issue'
)
SELECT kind, what, value, words, basis, due, task, organisation_id, :notice AS notice, start, "end",
       statement_start, statement_end
FROM found WHERE :kind IS NULL OR kind = :kind
ORDER BY coalesce(start, -1), "end" DESC, kind, coalesce(what, ''), coalesce(value, ''), coalesce(task, ''),
         coalesce(basis, ''), coalesce(words, ''), coalesce(statement_start, -1)
""",
    cypher=f"""
MATCH (n:Notice {{id: $notice}})
CALL {{
  WITH n MATCH (n)-[:HAS_CLAUSE]->(:Clause)-[:HAS_TASK]->(t:Task) MATCH (m:Organisation)-[d:{DUTIES}]->(t)
  MATCH (o:Organisation {{id: m.canonical}})
  RETURN 'duty' AS kind, d.role AS what, o.name AS value, d.surface AS words, d.basis AS basis, null AS due,
         t.id AS task, o.id AS organisation_id, d.start AS start, d.end AS end,
         d.statement_start AS statement_start, d.statement_end AS statement_end
  UNION ALL
  WITH n MATCH (n)-[:HAS_CLAUSE]->(:Clause)-[:HAS_TASK]->(t:Task) MATCH (:Organisation)-[d:{DUTIES}]->(t)
  WITH n, d.statement_start AS start, d.statement_end AS end, min(t.id) AS task
  RETURN 'statement' AS kind, null AS what, null AS value, substring(n.text, start, end - start) AS words,
         null AS basis, null AS due, task, null AS organisation_id, start, end,
         start AS statement_start, end AS statement_end
  UNION ALL
  WITH n MATCH (s)-[:HAS_TARGET]->(x:Target {{notice: n.id}})
  RETURN 'target' AS kind, x.indicator AS what,
         x.comparator + x.value + coalesce('—' + x.value_max, '') + coalesce(x.unit, '') AS value, x.words AS words,
         x.due_from AS basis, x.due AS due, CASE WHEN s:Task THEN s.id END AS task, null AS organisation_id,
         x.start AS start, x.end AS end, null AS statement_start, null AS statement_end
  UNION ALL
  WITH n MATCH (s)-[:DUE]->(w:Time {{notice: n.id}})
  RETURN 'time' AS kind, w.kind AS what,
         coalesce(w.every, CASE WHEN w.kind = 'during' THEN w.since + '–' + w.until END, w.until, w.since) AS value,
         w.words AS words, null AS basis, null AS due, CASE WHEN s:Task THEN s.id END AS task,
         null AS organisation_id, w.start AS start, w.end AS end, null AS statement_start, null AS statement_end
  UNION ALL
  WITH n MATCH (n)-[c:CITES]->(r)
  RETURN 'citation' AS kind, c.title AS what, r.id AS value, null AS words, null AS basis, null AS due, null AS task,
         null AS organisation_id, c.start AS start, c.end AS end, null AS statement_start, null AS statement_end
  UNION ALL
  WITH n MATCH (n)-[s:NAMES]->(m:Organisation) MATCH (o:Organisation {{id: m.canonical}})
  RETURN 'name' AS kind, s.short AS what, o.name AS value, null AS words, null AS basis, null AS due, null AS task,
         o.id AS organisation_id, s.start AS start, s.end AS end, null AS statement_start, null AS statement_end
  UNION ALL
  WITH n MATCH (n)-[:HAS_ISSUE]->(i:Issue)
  RETURN 'doubt' AS kind, i.stage AS what, i.reason AS value, null AS words, null AS basis, null AS due, null AS task,
         null AS organisation_id, i.start AS start, i.end AS end, null AS statement_start, null AS statement_end
}}
WITH * WHERE $kind IS NULL OR kind = $kind
RETURN kind, what, value, words, basis, due, task, organisation_id, n.id AS notice, start, end,
       statement_start, statement_end
ORDER BY coalesce(start, -1), end DESC, kind, coalesce(what, ''), coalesce(value, ''), coalesce(task, ''),
         coalesce(basis, ''), coalesce(words, ''), coalesce(statement_start, -1)
""",
)
