"""Who does what, task by task: ``policygraph ask assignments --year 2018`` (任务分工).

One row for each task and body, in the order of the text, as a 任务分工表 lists them; a task that is nobody's is one row
without a body. Roles and bases of one body stand together, a statement's before those of sentences. With an
organisation the rows are all bodies of its tasks. ``start`` and ``end`` show the name in the text (or the rule that an
inherited duty comes from), ``passage_start`` and ``passage_end`` the task with the statement that assigns it.
"""

from __future__ import annotations

from policygraph.store.questions.doers import DUTIES
from policygraph.store.questions.question import FACTS, Parameter, Question

QUESTION = Question(
    name="assignments",
    summary="who does what: each task with each of its bodies and roles",
    example="policygraph ask assignments --year 2018",
    parameters=(
        Parameter("organisation", "organisation", "only tasks of this body, with everybody's part in them"),
        Parameter("year", "year", "only of plans of this year"),
        *FACTS,
    ),
    sql="""
WITH chosen AS (
    SELECT t.*, n.year FROM dated n CROSS JOIN tasks t ON t.notice = n.notice
    WHERE (:notice IS NULL OR n.notice IN (SELECT value FROM json_each(:notice))) AND (:year IS NULL OR n.year = :year)
      AND (:organisation IS NULL OR EXISTS (SELECT 1 FROM duties d WHERE d.task = t.task
           AND d.organisation_id IN (SELECT value FROM json_each(:organisation))))
), parts AS (
    SELECT task, organisation_id, organisation, min(place) AS place
    FROM duties WHERE task IN (SELECT task FROM chosen) GROUP BY task, organisation_id, organisation
)
SELECT t.year, t.task, t.clause, t.title, p.organisation,
       (SELECT group_concat(role, '; ') FROM (SELECT role FROM duties d WHERE d.task = t.task
          AND d.organisation_id = p.organisation_id GROUP BY role ORDER BY min(place))) AS role,
       (SELECT group_concat(basis, '; ') FROM (SELECT basis FROM duties d WHERE d.task = t.task
          AND d.organisation_id = p.organisation_id GROUP BY basis ORDER BY min(place))) AS basis,
       t.text, t.due, t.notice, t.notice_title,
       (SELECT json_extract(x.properties, '$.path') FROM nodes x WHERE x.id = t.notice) AS path,
       coalesce(d.start, t.start) AS start, coalesce(d."end", t."end") AS "end",
       min(t.start, coalesce(t.statement_start, t.start)) AS passage_start,
       max(t."end", coalesce(t.statement_end, t."end")) AS passage_end, p.organisation_id
FROM chosen t LEFT JOIN parts p ON p.task = t.task
     LEFT JOIN duties d ON d.task = p.task AND d.organisation_id = p.organisation_id AND d.place = p.place
GROUP BY t.task, p.organisation_id
ORDER BY t.notice, t.start, t.task, p.place, p.organisation_id
""",
    cypher=f"""
MATCH (t:Task) MATCH (n:Notice {{id: t.notice}})
WITH t, n, coalesce(n.plan_year, toInteger(substring(n.issued_on, 0, 4))) AS year
WHERE ($notice IS NULL OR n.id IN $notice) AND ($year IS NULL OR year = $year)
  AND ($organisation IS NULL OR EXISTS {{ MATCH (b:Organisation)-[:{DUTIES}]->(t) WHERE b.canonical IN $organisation }})
OPTIONAL MATCH (m:Organisation)-[d:{DUTIES}]->(t)
OPTIONAL MATCH (o:Organisation {{id: m.canonical}})
WITH t, n, year, o, d ORDER BY d.key
WITH t, n, year, o, head(collect(d)) AS d, collect(DISTINCT d.role) AS roles, collect(DISTINCT d.basis) AS bases
OPTIONAL MATCH (:Organisation)-[s:{DUTIES}]->(t)
WITH t, n, year, o, d, roles, bases, min(s.statement_start) AS statement_start, max(s.statement_end) AS statement_end
OPTIONAL MATCH (t)-[:DUE]->(w:Time) WHERE w.kind IN ['by', 'on', 'during']
WITH t, n, year, o, d, roles, bases, statement_start, statement_end, w ORDER BY w.until
WITH t, n, year, o, d, roles, bases, statement_start, statement_end, collect(DISTINCT w.until) AS days
RETURN year, t.id AS task, t.path AS clause, t.title AS title, o.name AS organisation,
       CASE WHEN size(roles) = 0 THEN null ELSE reduce(z = head(roles), x IN tail(roles) | z + '; ' + x) END AS role,
       CASE WHEN size(bases) = 0 THEN null ELSE reduce(z = head(bases), x IN tail(bases) | z + '; ' + x) END AS basis,
       t.text AS text,
       CASE WHEN size(days) = 0 THEN null ELSE reduce(z = head(days), x IN tail(days) | z + '; ' + x) END AS due,
       t.notice AS notice, n.title AS notice_title, n.path AS path,
       coalesce(d.start, t.start) AS start, coalesce(d.end, t.end) AS end,
       CASE WHEN statement_start < t.start THEN statement_start ELSE t.start END AS passage_start,
       CASE WHEN statement_end > t.end THEN statement_end ELSE t.end END AS passage_end, o.id AS organisation_id
ORDER BY notice, t.start, task, coalesce(d.key, ''), coalesce(organisation_id, '')
""",
)
