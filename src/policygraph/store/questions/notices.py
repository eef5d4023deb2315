"""What the graph is made of: ``policygraph ask notices``."""

from __future__ import annotations

from policygraph.store.questions.question import Question

QUESTION = Question(
    name="notices",
    summary="the notices in the graph, with how much each holds",
    example="policygraph ask notices",
    parameters=(),
    sql="""
SELECT n.id AS notice, json_extract(n.properties, '$.title') AS notice_title,
       json_extract(n.properties, '$.issued_on') AS issued_on, json_extract(n.properties, '$.plan_year') AS plan_year,
       (SELECT count(*) FROM nodes x WHERE x.notice = n.id AND x.label = 'Task') AS tasks,
       (SELECT count(*) FROM nodes x WHERE x.notice = n.id AND x.label = 'Target') AS targets,
       (SELECT count(*) FROM nodes x WHERE x.notice = n.id AND x.label = 'Issue') AS issues,
       json_extract(n.properties, '$.path') AS path
FROM nodes n WHERE n.label = 'Notice' ORDER BY n.id
""",
    cypher="""
MATCH (n:Notice)
RETURN n.id AS notice, n.title AS notice_title, n.issued_on AS issued_on, n.plan_year AS plan_year,
       COUNT { MATCH (x:Task) WHERE x.notice = n.id } AS tasks,
       COUNT { MATCH (x:Target) WHERE x.notice = n.id } AS targets,
       COUNT { MATCH (x:Issue) WHERE x.notice = n.id } AS issues, n.path AS path
ORDER BY notice
""",
)
