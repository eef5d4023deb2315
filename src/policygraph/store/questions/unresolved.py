"""What could not be read, or can be read two ways: ``policygraph ask unresolved``.

区政府无相关工作职能的,由市政府直属责任部门负责 is an exception to a default rule: it is found, not applied, and listed
here for people to decide. A name that can mean several bodies is an issue whose reason names the candidates; one that
means no known body is listed with the place of its first duty. ``words`` are the published text of the span, which the
notice's node holds in Neo4j, or such a name. The task is the one whose text or statement holds it.
"""

from __future__ import annotations

from policygraph.store.questions.doers import DUTIES
from policygraph.store.questions.question import FACTS, Question

QUESTION = Question(
    name="unresolved",
    summary="what could not be read, or can be read two ways, and names without a body",
    example="policygraph ask unresolved",
    parameters=FACTS,
    sql="""
WITH issues AS (
    SELECT id, notice, json_extract(properties, '$.stage') AS stage, json_extract(properties, '$.reason') AS reason,
           json_extract(properties, '$.start') AS start, json_extract(properties, '$.end') AS "end"
    FROM nodes WHERE label = 'Issue'
), strangers AS (
    SELECT m.notice, m.name, m.rule,
           (SELECT json_array(d.target, json_extract(d.properties, '$.start'), json_extract(d.properties, '$.end'))
            FROM judged j CROSS JOIN edges d ON d.source = j.id
            WHERE j.canonical = o.organisation_id AND d.notice = m.notice
            AND json_extract(d.properties, '$.name') = m.name
            AND d.relation IN ('LEADS', 'SUPPORTS', 'RESPONSIBLE_FOR', 'IMPLEMENTS', 'SUPERVISES')
            ORDER BY d.key LIMIT 1) AS first
    FROM bodies o CROSS JOIN mentions m ON m.organisation_id = o.organisation_id WHERE o.sort = 'unknown'
), listed AS (
    SELECT i.id, i.stage, i.reason, substr(x.text, i.start + 1, i."end" - i.start) AS words,
           (SELECT t.task FROM tasks t WHERE t.notice = i.notice AND t.start <= i.start
            AND i.start < max(t."end", coalesce(t.statement_end, 0)) ORDER BY t.start DESC LIMIT 1) AS task,
           i.notice, i.start, i."end"
    FROM issues i CROSS JOIN texts x ON x.notice = i.notice
    UNION ALL
    SELECT s.name, 'resolve', 'a name without a body: ' || s.rule, s.name, json_extract(s.first, '$[0]'), s.notice,
           json_extract(s.first, '$[1]'), json_extract(s.first, '$[2]')
    FROM strangers s
)
SELECT i.stage, i.reason, i.words, i.task, i.notice, n.title AS notice_title, i.start, i."end"
FROM listed i CROSS JOIN notices n ON n.notice = i.notice
WHERE :notice IS NULL OR i.notice IN (SELECT value FROM json_each(:notice))
ORDER BY i.notice, coalesce(i.start, -1), i.id, i.reason
""",
    cypher=f"""
CALL {{
  MATCH (n:Notice)-[:HAS_ISSUE]->(i:Issue) WHERE $notice IS NULL OR n.id IN $notice
  OPTIONAL MATCH (n)-[:HAS_CLAUSE]->(:Clause)-[:HAS_TASK]->(t:Task) WHERE t.start <= i.start
  OPTIONAL MATCH (:Organisation)-[d:{DUTIES}]->(t)
  WITH n, i, t, coalesce(max(d.statement_end), 0) AS reach
  WITH n, i, CASE WHEN i.start < t.end OR i.start < reach THEN t END AS t ORDER BY t.start DESC
  WITH n, i, head(collect(t.id)) AS task
  RETURN i.id AS id, i.stage AS stage, i.reason AS reason, substring(n.text, i.start, i.end - i.start) AS words, task,
         n, i.start AS start, i.end AS end
  UNION ALL
  MATCH (o:Organisation {{sort: 'unknown'}}) WHERE o.canonical = o.id
  MATCH (n:Notice)-[m:MENTIONS]->(c:Organisation {{canonical: o.id}}) WHERE $notice IS NULL OR n.id IN $notice
  OPTIONAL MATCH (:Organisation {{canonical: o.id}})-[d:{DUTIES}]->(t:Task) WHERE d.notice = n.id AND d.name = m.name
  WITH n, m, c, o, d, t ORDER BY d.key
  WITH n, m, c, o, head(collect(d)) AS d, head(collect(t.id)) AS task
  RETURN m.name AS id, 'resolve' AS stage, 'a name without a body: ' + m.rule +
         CASE WHEN c = o THEN '' ELSE '; judged one with ' + o.id END AS reason, m.name AS words, task,
         n, d.start AS start, d.end AS end
}}
RETURN stage, reason, words, task, n.id AS notice, n.title AS notice_title, start, end
ORDER BY notice, coalesce(start, -1), id, reason
""",
)
