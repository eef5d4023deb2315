"""Tasks whose text holds some words: ``policygraph ask search 黑臭水体``."""

from __future__ import annotations

from policygraph.store.questions.question import FACTS, Parameter, Question

MATCHED = """
WITH matched(task) AS (
    SELECT r.task FROM task_texts x CROSS JOIN told r ON r.number = x.rowid
    WHERE :phrase IS NOT NULL AND task_texts MATCH :phrase AND instr(fold(x.text), fold(:text)) > 0
    UNION ALL
    SELECT r.task FROM (SELECT DISTINCT doc FROM task_terms WHERE :phrase IS NULL
                        AND term >= fold(:text) AND term < fold(:text) || char(1114111)) d
           CROSS JOIN told r ON r.number = d.doc
)
"""
"""The tasks whose text holds ``text``, by the trigram index; ``phrase`` is its query if the text is long enough."""

MATCHED_CYPHER = """
CALL {
  UNWIND CASE WHEN $words IS NULL THEN [] ELSE [$words] END AS words
  CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()
  CALL db.index.fulltext.queryNodes('policygraph_text', words) YIELD node AS t
  WITH t WHERE t:Task RETURN t
  UNION
  MATCH (t:Task) WHERE $words IS NULL RETURN t
}
WITH t WHERE toLower(t.text) CONTAINS toLower($text)
"""
"""The same tasks, as ``t``; ``words`` asks the full-text index for what is Chinese in the text.

Of what is not (PM2.5) it keeps words only; a text without Chinese is looked for in all.
"""

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
OPTIONAL MATCH (m:Organisation)-[d:LEADS|RESPONSIBLE_FOR]->(t)
OPTIONAL MATCH (o:Organisation {{id: m.canonical}})
WITH t, n, o, d ORDER BY d.key
WITH t, n, collect(DISTINCT o.name) AS names
RETURN t.id AS task, t.path AS clause, t.title AS title, t.text AS text,
       CASE WHEN size(names) = 0 THEN null ELSE reduce(s = head(names), x IN tail(names) | s + '、' + x) END AS by,
       t.notice AS notice, n.title AS notice_title, t.start AS start, t.end AS end
ORDER BY notice, start, task
""",
)
