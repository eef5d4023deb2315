"""What a plan changed for a body against the year before: ``policygraph ask changes 市水务局``.

A change concerns a body that has a duty in one of its tasks, on the old side or the new one. Each row has the words of
both sides and where they stand: ``task``, ``start`` and ``end`` in the later ``notice``, ``old_task``, ``old_start``
and ``old_end`` in the earlier ``old_notice``; a side that is not there is empty.
"""

from __future__ import annotations

from typing import get_args

from policygraph.compare.values import Kind
from policygraph.store.questions.doers import DUTIES, LINE, LINE_CYPHER
from policygraph.store.questions.question import EXPAND, FACTS, WITH_PREDECESSORS, Parameter, Question

QUESTION = Question(
    name="changes",
    summary="what a plan changed for a body against the year before, with both texts",
    example="policygraph ask changes 市水务局",
    parameters=(
        Parameter("organisation", "organisation", "the body, by any of its names", required=True),
        Parameter("kind", "choice", "one kind of change only", choices=get_args(Kind)),
        WITH_PREDECESSORS,
        EXPAND,
        *FACTS,
    ),
    sql=f"""
{LINE}, concerned AS (
    SELECT w.organisation_id, w.organisation, w.through, e.target AS change
    FROM own w CROSS JOIN edges e ON e.source = w.task AND e.relation = 'HAS_CHANGE'
    UNION
    SELECT w.organisation_id, w.organisation, w.through, e.source
    FROM own w CROSS JOIN edges e ON e.target = w.task AND e.relation = 'CHANGED_FROM'
)
SELECT w.organisation, json_extract(c.properties, '$.kind') AS kind,
       json_extract(c.properties, '$.old_value') AS old_value, json_extract(c.properties, '$.new_value') AS new_value,
       json_extract(c.properties, '$.old_text') AS old_text, json_extract(c.properties, '$.new_text') AS new_text,
       json_extract(c.properties, '$.why') AS why, w.through, json_extract(c.properties, '$.new_task') AS task,
       c.notice, n.title AS notice_title, json_extract(c.properties, '$.new_start') AS start,
       json_extract(c.properties, '$.new_end') AS "end", json_extract(c.properties, '$.old_task') AS old_task,
       o.notice AS old_notice, o.title AS old_notice_title, json_extract(c.properties, '$.old_start') AS old_start,
       json_extract(c.properties, '$.old_end') AS old_end, w.organisation_id
FROM concerned w CROSS JOIN nodes c ON c.id = w.change CROSS JOIN notices n ON n.notice = c.notice
     CROSS JOIN notices o ON o.notice = json_extract(c.properties, '$.old_notice')
     CROSS JOIN dated d ON d.notice = c.notice
WHERE (:kind IS NULL OR json_extract(c.properties, '$.kind') = :kind)
  AND (:notice IS NULL OR c.notice IN (SELECT value FROM json_each(:notice)))
ORDER BY w.organisation_id, d.year, c.notice, json_extract(c.properties, '$.number'), w.through
""",  # noqa: S608 - parts of this package
    cypher=f"""
{LINE_CYPHER}
MATCH (doer)-[:{DUTIES}]->(t:Task)
WITH DISTINCT o, through, t
CALL {{
  WITH t MATCH (t)-[:HAS_CHANGE]->(c:Change) RETURN c
  UNION
  WITH t MATCH (c:Change)-[:CHANGED_FROM]->(t) RETURN c
}}
WITH DISTINCT o, through, c
WHERE ($kind IS NULL OR c.kind = $kind) AND ($notice IS NULL OR c.notice IN $notice)
MATCH (n:Notice {{id: c.notice}})
MATCH (m:Notice {{id: c.old_notice}})
RETURN o.name AS organisation, c.kind AS kind, c.old_value AS old_value, c.new_value AS new_value,
       c.old_text AS old_text, c.new_text AS new_text, c.why AS why, through, c.new_task AS task,
       c.notice AS notice, n.title AS notice_title, c.new_start AS start, c.new_end AS end, c.old_task AS old_task,
       m.id AS old_notice, m.title AS old_notice_title, c.old_start AS old_start, c.old_end AS old_end,
       o.id AS organisation_id
ORDER BY organisation_id, coalesce(n.plan_year, toInteger(substring(n.issued_on, 0, 4))), notice, c.number,
         coalesce(through, '')
""",
)
