"""What could not be read, or can be read two ways: ``policygraph ask unresolved``.

区政府无相关工作职能的,由市政府直属责任部门负责 is an exception to a default rule: it is found, not applied, and listed
here for people to decide. ``words`` are the published text of the span, which the notice's node holds in Neo4j. The
task is the one whose text or statement holds it.
"""

from __future__ import annotations

from policygraph.store.questions.question import NOTICE, Question

QUESTION = Question(
    name="unresolved",
    summary="what could not be read, or can be read two ways",
    example="policygraph ask unresolved",
    parameters=(NOTICE,),
    sql="""
WITH issues AS (
    SELECT id, notice, json_extract(properties, '$.stage') AS stage, json_extract(properties, '$.reason') AS reason,
           json_extract(properties, '$.start') AS start, json_extract(properties, '$.end') AS "end"
    FROM nodes WHERE label = 'Issue'
)
SELECT i.stage, i.reason, substr(x.text, i.start + 1, i."end" - i.start) AS words,
       (SELECT t.task FROM tasks t WHERE t.notice = i.notice AND t.start <= i.start
        AND i.start < max(t."end", coalesce(t.statement_end, 0)) ORDER BY t.start DESC LIMIT 1) AS task,
       i.notice, n.title AS notice_title, i.start, i."end"
FROM issues i JOIN notices n ON n.notice = i.notice JOIN texts x ON x.notice = i.notice
WHERE :notice IS NULL OR i.notice = :notice
ORDER BY i.notice, coalesce(i.start, -1), i.id
""",
    cypher="""
MATCH (n:Notice)-[:HAS_ISSUE]->(i:Issue) WHERE $notice IS NULL OR n.id = $notice
OPTIONAL MATCH (n)-[:HAS_CLAUSE]->(:Clause)-[:HAS_TASK]->(t:Task) WHERE t.start <= i.start
OPTIONAL MATCH (:Organisation)-[d:LEADS|SUPPORTS|RESPONSIBLE_FOR|IMPLEMENTS|SUPERVISES]->(t)
WITH n, i, t, coalesce(max(d.statement_end), 0) AS reach
WITH n, i, CASE WHEN i.start < t.end OR i.start < reach THEN t END AS t ORDER BY t.start DESC
WITH n, i, head(collect(t.id)) AS task
RETURN i.stage AS stage, i.reason AS reason, substring(n.text, i.start, i.end - i.start) AS words, task AS task,
       n.id AS notice, n.title AS notice_title, i.start AS start, i.end AS end
ORDER BY notice, coalesce(i.start, -1), i.id
""",
)
