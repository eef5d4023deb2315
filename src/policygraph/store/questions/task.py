"""All that is known of one task: ``policygraph ask task 二/一/1:1``."""

from __future__ import annotations

from policygraph.store.questions.question import Parameter, Question

QUESTION = Question(
    name="task",
    summary="one task with its duties, targets and times",
    example="policygraph ask task 二/一/1:1",
    parameters=(Parameter("task", "task", "the task's id, or an end of it that no other task shares", required=True),),
    sql="""
SELECT 'duty' AS kind, d.role AS what, d.organisation AS value, d.surface AS words, d.basis AS basis,
       NULL AS due, NULL AS due_from, d.task AS task, t.notice AS notice, t.notice_title AS notice_title,
       d.start AS start, d."end" AS "end"
FROM duties d JOIN tasks t ON t.task = d.task WHERE d.task = :task
UNION ALL
SELECT 'target', json_extract(x.properties, '$.indicator'),
       json_extract(x.properties, '$.comparator') || json_extract(x.properties, '$.value')
       || coalesce('—' || json_extract(x.properties, '$.value_max'), '')
       || coalesce(json_extract(x.properties, '$.unit'), ''),
       json_extract(x.properties, '$.words'), NULL, json_extract(x.properties, '$.due'),
       json_extract(x.properties, '$.due_from'), t.task, t.notice, t.notice_title,
       json_extract(x.properties, '$.start'), json_extract(x.properties, '$.end')
FROM edges e JOIN nodes x ON x.id = e.target JOIN tasks t ON t.task = e.source
WHERE e.relation = 'HAS_TARGET' AND e.source = :task
UNION ALL
SELECT 'time', w.kind, coalesce(
         w.every, CASE WHEN w.kind = 'during' THEN w.since || '–' || w.until END, w.until, w.since
       ), w.words, NULL, NULL, NULL, t.task,
       t.notice, t.notice_title, w.start, w."end"
FROM times w JOIN tasks t ON t.task = w.task WHERE w.task = :task
ORDER BY kind, start, value, what
""",
    cypher="""
MATCH (t:Task {id: $task})
MATCH (n:Notice {id: t.notice})
CALL {
  WITH t MATCH (m:Organisation)-[d:LEADS|SUPPORTS|RESPONSIBLE_FOR|IMPLEMENTS|SUPERVISES]->(t)
  MATCH (o:Organisation {id: m.canonical})
  RETURN 'duty' AS kind, d.role AS what, o.name AS value, d.surface AS words, d.basis AS basis,
         null AS due, null AS due_from, d.start AS start, d.end AS end
  UNION ALL
  WITH t MATCH (t)-[:HAS_TARGET]->(x:Target)
  RETURN 'target' AS kind, x.indicator AS what,
         x.comparator + x.value + coalesce('—' + x.value_max, '') + coalesce(x.unit, '') AS value, x.words AS words,
         null AS basis, x.due AS due, x.due_from AS due_from, x.start AS start, x.end AS end
  UNION ALL
  WITH t MATCH (t)-[:DUE]->(w:Time)
  RETURN 'time' AS kind, w.kind AS what,
         coalesce(w.every, CASE WHEN w.kind = 'during' THEN w.since + '–' + w.until END, w.until, w.since) AS value,
         w.words AS words, null AS basis, null AS due, null AS due_from, w.start AS start, w.end AS end
}
RETURN kind AS kind, what AS what, value AS value, words AS words, basis AS basis, due AS due, due_from AS due_from,
       t.id AS task, t.notice AS notice, n.title AS notice_title, start AS start, end AS end
ORDER BY kind, start, value, what
""",
)
