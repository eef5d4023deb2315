"""Tasks whose text holds some words: ``policygraph ask search 黑臭水体``."""

from __future__ import annotations

from policygraph.store.questions.question import FACTS, Parameter, Question

MATCHED = """
WITH matched(task) AS (
    SELECT task FROM task_texts WHERE :phrase IS NOT NULL AND task_texts MATCH :phrase
    UNION ALL
    SELECT id FROM nodes
    WHERE :phrase IS NULL AND label = 'Task' AND instr(lower(json_extract(properties, '$.text')), lower(:text)) > 0
)
"""
"""The tasks whose text holds ``text``, by the trigram index where that is long enough for it."""

MATCHED_CYPHER = "MATCH (t:Task) WHERE toLower(t.text) CONTAINS toLower($text)"
"""The same tasks, as ``t``."""

QUESTION = Question(
    name="search",
    summary="tasks whose text holds some words",
    example="policygraph ask search 黑臭水体",
    parameters=(Parameter("text", "text", "the words", required=True), *FACTS),
    sql=f"""
{MATCHED}
SELECT t.task, t.clause, t.title, t.text, t."by",
       t.notice, t.notice_title, t.start, t."end"
FROM matched m CROSS JOIN tasks t ON t.task = m.task
WHERE :notice IS NULL OR t.notice IN (SELECT value FROM json_each(:notice))
ORDER BY t.notice, t.start, t.task
""",  # noqa: S608 - parts of this package
    cypher=f"""
{MATCHED_CYPHER}
  AND ($notice IS NULL OR t.notice IN $notice)
MATCH (n:Notice {{id: t.notice}})
OPTIONAL MATCH (o:Organisation)-[d:LEADS|RESPONSIBLE_FOR]->(t)
WITH t, n, o, d ORDER BY d.key
WITH t, n, collect(DISTINCT o.name) AS names
RETURN t.id AS task, t.path AS clause, t.title AS title, t.text AS text,
       CASE WHEN size(names) = 0 THEN null ELSE reduce(s = head(names), x IN tail(names) | s + '、' + x) END AS by,
       t.notice AS notice, n.title AS notice_title, t.start AS start, t.end AS end
ORDER BY notice, start, task
""",
)
