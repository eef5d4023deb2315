"""Tasks whose text holds some words: ``policygraph ask search 黑臭水体``."""

from __future__ import annotations

from policygraph.store.questions.question import NOTICE, Parameter, Question

QUESTION = Question(
    name="search",
    summary="tasks whose text holds some words",
    example="policygraph ask search 黑臭水体",
    parameters=(Parameter("text", "text", "the words", required=True), NOTICE),
    sql="""
SELECT t.task, t.clause, t.title, t.text, t."by",
       t.notice, t.notice_title, t.start, t."end"
FROM tasks t
WHERE CASE WHEN :phrase IS NULL THEN instr(lower(t.text), lower(:text)) > 0
           ELSE t.task IN (SELECT task FROM task_texts WHERE task_texts MATCH :phrase) END
  AND (:notice IS NULL OR t.notice = :notice)
ORDER BY t.notice, t.start, t.task
""",
    cypher="""
MATCH (t:Task) WHERE toLower(t.text) CONTAINS toLower($text)
  AND ($notice IS NULL OR t.notice = $notice)
MATCH (n:Notice {id: t.notice})
OPTIONAL MATCH (o:Organisation)-[d:LEADS|RESPONSIBLE_FOR]->(t)
WITH t, n, o, d ORDER BY d.key
WITH t, n, collect(DISTINCT o.name) AS names
RETURN t.id AS task, t.path AS clause, t.title AS title, t.text AS text,
       CASE WHEN size(names) = 0 THEN null ELSE reduce(s = head(names), x IN tail(names) | s + '、' + x) END AS by,
       t.notice AS notice, n.title AS notice_title, t.start AS start, t.end AS end
ORDER BY notice, start, task
""",
)
