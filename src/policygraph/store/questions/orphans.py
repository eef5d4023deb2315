"""Tasks that nobody has: ``policygraph ask orphans``.

Nobody in the graph: 相关部门负责 names no body, and a name that can mean several is an issue and no duty. ``issues``
counts those from the task to the next one; ``policygraph ask unresolved`` tells them.
"""

from __future__ import annotations

from policygraph.store.questions.doers import DUTIES
from policygraph.store.questions.question import FACTS, Question

QUESTION = Question(
    name="orphans",
    summary="tasks that nobody has",
    example="policygraph ask orphans",
    parameters=FACTS,
    sql="""
SELECT t.task, t.clause, t.title, t.text, t.due,
       (SELECT count(*) FROM nodes i WHERE i.notice = t.notice AND +i.label = 'Issue'
        AND json_extract(i.properties, '$.start') >= t.start AND NOT EXISTS (
            SELECT 1 FROM nodes u WHERE u.notice = t.notice AND +u.label = 'Task'
            AND json_extract(u.properties, '$.start') > t.start
            AND json_extract(u.properties, '$.start') <= json_extract(i.properties, '$.start'))) AS issues,
       t.notice, t.notice_title, t.start, t."end"
FROM tasks t
WHERE (:notice IS NULL OR t.notice IN (SELECT value FROM json_each(:notice)))
  AND NOT EXISTS (SELECT 1 FROM edges e WHERE e.target = t.task
                  AND e.relation IN ('LEADS', 'SUPPORTS', 'RESPONSIBLE_FOR', 'IMPLEMENTS', 'SUPERVISES'))
ORDER BY t.notice, t.start, t.task
""",
    cypher=f"""
MATCH (t:Task)
WHERE ($notice IS NULL OR t.notice IN $notice) AND NOT EXISTS {{ MATCH (:Organisation)-[:{DUTIES}]->(t) }}
MATCH (n:Notice {{id: t.notice}})
OPTIONAL MATCH (t)-[:DUE]->(w:Time) WHERE w.kind IN ['by', 'on', 'during']
WITH t, n, w ORDER BY w.until
WITH t, n, collect(DISTINCT w.until) AS days
RETURN t.id AS task, t.path AS clause, t.title AS title, t.text AS text,
       CASE WHEN size(days) = 0 THEN null ELSE reduce(s = head(days), x IN tail(days) | s + '; ' + x) END AS due,
       COUNT {{ MATCH (n)-[:HAS_ISSUE]->(i:Issue) WHERE t.start <= i.start
               AND NOT EXISTS {{ MATCH (u:Task {{notice: n.id}}) WHERE u.start > t.start AND u.start <= i.start }} }}
       AS issues,
       t.notice AS notice, n.title AS notice_title, t.start AS start, t.end AS end
ORDER BY notice, start, task
""",
)
