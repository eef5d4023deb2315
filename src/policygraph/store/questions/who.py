"""Which bodies have to do with something: ``policygraph ask who 黑臭水体``.

The tasks are those that ``search`` finds, counted for each body by its role; ``first_task`` is the first of them in the
order of the text.
"""

from __future__ import annotations

from policygraph.store.questions.doers import DUTIES, counts
from policygraph.store.questions.question import FACTS, Parameter, Question
from policygraph.store.questions.search import MATCHED, MATCHED_CYPHER

QUESTION = Question(
    name="who",
    summary="bodies by role in the tasks whose text holds some words",
    example="policygraph ask who 黑臭水体",
    parameters=(Parameter("text", "text", "the words", required=True), *FACTS),
    sql=f"""
{MATCHED}, placed AS (
    SELECT d.organisation_id, d.organisation, d.task, d.role,
           first_value(d.task) OVER (PARTITION BY d.organisation_id ORDER BY t.notice, t.start, t.task) AS first_task
    FROM matched m CROSS JOIN tasks t ON t.task = m.task CROSS JOIN duties d ON d.task = t.task
    WHERE :notice IS NULL OR t.notice IN (SELECT value FROM json_each(:notice))
)
SELECT organisation, {counts("role", "task", quote='"')},
       count(DISTINCT task) AS tasks, first_task, organisation_id
FROM placed GROUP BY organisation_id, organisation, first_task ORDER BY tasks DESC, organisation_id
""",  # noqa: S608 - parts of this package
    cypher=f"""
{MATCHED_CYPHER}
  AND ($notice IS NULL OR t.notice IN $notice)
MATCH (m:Organisation)-[d:{DUTIES}]->(t)
MATCH (o:Organisation {{id: m.canonical}})
WITH o, d, t ORDER BY t.notice, t.start, t.id
RETURN o.name AS organisation, {counts("d.role", "t.id")},
       count(DISTINCT t.id) AS tasks, head(collect(t.id)) AS first_task, o.id AS organisation_id
ORDER BY tasks DESC, organisation_id
""",
)
