"""What is due when, by month: ``policygraph ask calendar --year 2018``.

A month counts the ``tasks`` with a deadline, a day or the end of a period in it, the ``targets`` due in it, and the
``bodies`` that lead these tasks or answer for them or for these targets. ``due`` are the days; ``first_task`` is the
first in the order of the text. ``policygraph ask due`` lists the tasks themselves.
"""

from __future__ import annotations

from policygraph.store.questions.doers import SCOPE, SCOPE_CYPHER
from policygraph.store.questions.question import FACTS, Parameter, Question

QUESTION = Question(
    name="calendar",
    summary="what is due when, by month: days, tasks, targets and bodies",
    example="policygraph ask calendar --year 2018",
    parameters=(
        Parameter("year", "year", "only this year"),
        Parameter("organisation", "organisation", "only what this body has a part in"),
        *FACTS,
    ),
    sql=f"""
WITH {SCOPE}, items(day, source, timed, target) AS (
    SELECT w.until, s.id, s.id, NULL FROM scope s CROSS JOIN times w ON w.task = s.id
    WHERE w.until IS NOT NULL AND w.kind IN ('by', 'on', 'during')
    UNION ALL
    SELECT json_extract(x.properties, '$.due'), s.id, NULL, x.id
    FROM scope s CROSS JOIN edges e ON e.source = s.id AND e.relation = 'HAS_TARGET'
         CROSS JOIN nodes x ON x.id = e.target
    WHERE json_extract(x.properties, '$.due') IS NOT NULL
), placed AS MATERIALIZED (
    SELECT substr(i.day, 1, 7) AS month, i.day, i.target, t.notice, json_extract(t.properties, '$.start') AS start,
           CASE WHEN t.label = 'Task' THEN i.source END AS task, CASE WHEN t.label = 'Task' THEN i.timed END AS timed
    FROM items i CROSS JOIN nodes t ON t.id = i.source
    WHERE :year IS NULL OR substr(i.day, 1, 4) = CAST(:year AS TEXT)
), days AS MATERIALIZED (
    SELECT DISTINCT month, day FROM placed
), held AS MATERIALIZED (
    SELECT p.month, count(DISTINCT d.organisation_id) AS bodies
    FROM (SELECT DISTINCT month, task FROM placed WHERE task IS NOT NULL) p CROSS JOIN duties d ON d.task = p.task
    WHERE d.role IN ('lead', 'responsible') GROUP BY p.month
), firsts AS (
    SELECT *, first_value(task) OVER (PARTITION BY month ORDER BY task IS NULL, notice, start, task) AS first_task
    FROM placed
)
SELECT f.month,
       (SELECT group_concat(day, '; ') FROM (SELECT day FROM days WHERE days.month = f.month ORDER BY day)) AS due,
       count(DISTINCT f.timed) AS tasks, count(DISTINCT f.target) AS targets,
       coalesce((SELECT bodies FROM held WHERE held.month = f.month), 0) AS bodies, f.first_task
FROM firsts f GROUP BY f.month, f.first_task ORDER BY f.month
""",  # noqa: S608 - parts of this package
    cypher=f"""
{SCOPE_CYPHER}
CALL {{
  WITH s
  MATCH (s)-[:DUE]->(w:Time) WHERE w.until IS NOT NULL AND w.kind IN ['by', 'on', 'during']
  RETURN w.until AS day, CASE WHEN s:Task THEN s.id END AS timed, null AS target
  UNION ALL
  WITH s
  MATCH (s)-[:HAS_TARGET]->(x:Target) WHERE x.due IS NOT NULL
  RETURN x.due AS day, null AS timed, x.id AS target
}}
WITH s, day, timed, target WHERE $year IS NULL OR substring(day, 0, 4) = toString($year)
OPTIONAL MATCH (m:Organisation)-[:LEADS|RESPONSIBLE_FOR]->(s)
WITH s, day, timed, target, m ORDER BY s.notice, s.start, s.id
WITH substring(day, 0, 7) AS month, collect(DISTINCT day) AS days, count(DISTINCT timed) AS tasks,
     count(DISTINCT target) AS targets, count(DISTINCT m.canonical) AS bodies,
     head(collect(CASE WHEN s:Task THEN s.id END)) AS first_task
UNWIND days AS day
WITH month, day, tasks, targets, bodies, first_task ORDER BY month, day
WITH month, collect(day) AS days, tasks, targets, bodies, first_task
RETURN month, reduce(d = head(days), x IN tail(days) | d + '; ' + x) AS due, tasks, targets, bodies, first_task
ORDER BY month
""",
)
