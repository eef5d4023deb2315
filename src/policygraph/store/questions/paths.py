"""How two bodies are connected: ``policygraph ask paths 市水务局 市城乡建设局``.

A step leads from a body to one that it shares tasks with, is in or part of, hosts, followed or was followed by, in
either direction. For each two bodies asked for, the ways with the fewest steps are told, three at most; of all these
the ten with the fewest steps and the most tasks shared with the two ends. A row is one step of one way: ``tie`` says
how the two stand to each other, ``tasks`` how many they share, ``first_task`` which is first in the order of the text.
"""

from __future__ import annotations

from policygraph.store.questions.doers import DUTIES
from policygraph.store.questions.question import Parameter, Question

_MOST_WAYS = 10
_TIES = "MEMBER_OF|WITHIN|HOSTED_BY|SUCCEEDED_BY"


def _near(name: str, start: str) -> str:
    """Return the bodies one step from those of ``start``, with the number of tasks shared."""
    return f"""{name}(one, other, tasks) AS MATERIALIZED (
    SELECT one, other, count(task) FROM (
        SELECT s.id AS one, d.organisation_id AS other, d.task FROM {start} s
               CROSS JOIN duties o ON o.organisation_id = s.id CROSS JOIN duties d ON d.task = o.task
        UNION SELECT s.id, t.other, NULL FROM {start} s CROSS JOIN ties t ON t.one = s.id
        UNION SELECT s.id, t.one, NULL FROM {start} s CROSS JOIN ties t ON t.other = s.id
    ) WHERE other <> one GROUP BY one, other
)"""  # noqa: S608 - two fixed names


_NEAR_CYPHER = """CALL {{
  WITH {0}
  CALL {{
    WITH {0}
    MATCH (m:Organisation {{canonical: {0}}})-[:{2}]->(t:Task) WITH DISTINCT t
    MATCH (q:Organisation)-[:{2}]->(t) RETURN q.canonical AS x, t.id AS task
    UNION
    WITH {0}
    MATCH (m:Organisation {{canonical: {0}}})-[r:{3}]-(q:Organisation) WHERE coalesce(r.kind, '') <> 'duty moved'
    RETURN q.canonical AS x, null AS task
  }}
  WITH {0}, x, count(DISTINCT task) AS tasks WHERE x <> {0}
  RETURN collect({{x: x, tasks: tasks}}) AS {1}
}}"""
_FROM_A = _NEAR_CYPHER.format("a", "fa", DUTIES, _TIES)
_FROM_B = _NEAR_CYPHER.format("b", "fb", DUTIES, _TIES)

QUESTION = Question(
    name="paths",
    summary="how two bodies are connected, in at most three steps",
    example="policygraph ask paths 市水务局 市城乡建设局",
    parameters=(
        Parameter("organisation", "organisation", "one body, by any of its names", required=True),
        Parameter("other", "organisation", "the other body", required=True),
    ),
    sql=f"""
WITH a(id) AS (
    SELECT value FROM json_each(:organisation)
), b(id) AS (
    SELECT value FROM json_each(:other)
), {_near("from_a", "a")}, {_near("from_b", "b")}, direct(a, b, tasks) AS MATERIALIZED (
    SELECT one, other, tasks FROM from_a WHERE other IN (SELECT id FROM b)
), by_one(a, x, b, tasks) AS MATERIALIZED (
    SELECT f.one, f.other, t.one, f.tasks + t.tasks FROM from_a f JOIN from_b t ON t.other = f.other
    WHERE f.one <> t.one AND NOT EXISTS (SELECT 1 FROM direct d WHERE d.a = f.one AND d.b = t.one)
), apart(a, b) AS MATERIALIZED (
    SELECT a.id, b.id FROM a CROSS JOIN b WHERE a.id <> b.id
    AND NOT EXISTS (SELECT 1 FROM direct d WHERE d.a = a.id AND d.b = b.id)
    AND NOT EXISTS (SELECT 1 FROM by_one o WHERE o.a = a.id AND o.b = b.id)
), middle(id) AS (
    SELECT DISTINCT f.other FROM apart p CROSS JOIN from_a f ON f.one = p.a
), {_near("from_middle", "middle")}, by_two(a, x, y, b, tasks) AS (
    SELECT p.a, f.other, m.other, p.b, f.tasks + t.tasks FROM apart p JOIN from_a f ON f.one = p.a
           JOIN from_middle m ON m.one = f.other JOIN from_b t ON t.one = p.b AND t.other = m.other
), found(steps, a, x, y, b, tasks) AS (
    SELECT 1, a, NULL, NULL, b, tasks FROM direct
    UNION ALL SELECT 2, a, x, NULL, b, tasks FROM by_one
    UNION ALL SELECT 3, a, x, y, b, tasks FROM by_two
), ways AS MATERIALIZED (
    SELECT *, row_number() OVER (ORDER BY steps, tasks DESC, a, b, coalesce(x, ''), coalesce(y, '')) AS way FROM found
    ORDER BY way LIMIT {_MOST_WAYS}
), legs(way, step, one, other) AS MATERIALIZED (
    SELECT way, 1, a, coalesce(x, b) FROM ways
    UNION ALL SELECT way, 2, x, coalesce(y, b) FROM ways WHERE x IS NOT NULL
    UNION ALL SELECT way, 3, y, b FROM ways WHERE y IS NOT NULL
), joined(one, other) AS (
    SELECT DISTINCT one, other FROM legs
), shared AS MATERIALIZED (
    SELECT DISTINCT j.one, j.other, t.id AS task, t.notice, json_extract(t.properties, '$.start') AS start
    FROM joined j CROSS JOIN duties o ON o.organisation_id = j.one
         CROSS JOIN duties d ON d.task = o.task AND d.organisation_id = j.other CROSS JOIN nodes t ON t.id = d.task
), tied AS MATERIALIZED (
    SELECT j.one, j.other, t.tie FROM joined j CROSS JOIN ties t ON t.one = j.one AND t.other = j.other
    UNION SELECT j.one, j.other, t.back FROM joined j CROSS JOIN ties t ON t.other = j.one AND t.one = j.other
    UNION SELECT one, other, 'share tasks' FROM shared
)
SELECT l.way, l.step, o.organisation,
       (SELECT group_concat(tie, '; ') FROM (SELECT tie FROM tied t WHERE t.one = l.one AND t.other = l.other
                                              ORDER BY tie)) AS tie,
       p.organisation AS other,
       (SELECT count(*) FROM shared s WHERE s.one = l.one AND s.other = l.other) AS tasks,
       (SELECT s.task FROM shared s WHERE s.one = l.one AND s.other = l.other
        ORDER BY s.notice, s.start, s.task LIMIT 1) AS first_task,
       l.one AS organisation_id, l.other AS other_id
FROM legs l CROSS JOIN bodies o ON o.organisation_id = l.one CROSS JOIN bodies p ON p.organisation_id = l.other
ORDER BY l.way, l.step
""",  # noqa: S608 - parts of this package
    cypher=f"""
UNWIND $organisation AS a UNWIND $other AS b
WITH a, b WHERE a <> b
{_FROM_A}
{_FROM_B}
WITH a, b, fa, fb, [f IN fa | f.x] AS around_a, [f IN fb | f.x] AS around_b
CALL {{
  WITH a, b, fa
  UNWIND fa AS f
  WITH f, b WHERE f.x = b
  RETURN 1 AS steps, null AS x, null AS y, f.tasks AS tasks
  UNION ALL
  WITH a, b, fa, fb, around_a
  WITH * WHERE NOT b IN around_a
  UNWIND fa AS f UNWIND fb AS t
  WITH f, t WHERE f.x = t.x
  RETURN 2 AS steps, f.x AS x, null AS y, f.tasks + t.tasks AS tasks
  UNION ALL
  WITH a, b, fa, fb, around_a, around_b
  WITH * WHERE NOT b IN around_a AND none(x IN around_a WHERE x IN around_b)
  UNWIND fa AS f
  CALL {{
    WITH f, around_b
    MATCH (m:Organisation {{canonical: f.x}})-[:{DUTIES}]->(t:Task) WITH DISTINCT t, around_b
    MATCH (q:Organisation)-[:{DUTIES}]->(t) WHERE q.canonical IN around_b RETURN q.canonical AS y
    UNION
    WITH f, around_b
    MATCH (m:Organisation {{canonical: f.x}})-[r:{_TIES}]-(q:Organisation)
    WHERE q.canonical IN around_b AND coalesce(r.kind, '') <> 'duty moved' RETURN q.canonical AS y
  }}
  UNWIND fb AS t
  WITH f, y, t WHERE t.x = y
  RETURN 3 AS steps, f.x AS x, y, f.tasks + t.tasks AS tasks
}}
WITH steps, a, x, y, b, tasks ORDER BY steps, tasks DESC, a, b, coalesce(x, ''), coalesce(y, '') LIMIT {_MOST_WAYS}
WITH collect([z IN [a, x, y, b] WHERE z IS NOT NULL]) AS ways
UNWIND range(0, size(ways) - 1) AS number
UNWIND range(1, size(ways[number]) - 1) AS step
WITH number + 1 AS way, step, ways[number][step - 1] AS one, ways[number][step] AS two
CALL {{
  WITH one, two
  MATCH (m:Organisation {{canonical: one}})-[:{DUTIES}]->(t:Task)
  WHERE EXISTS {{ MATCH (q:Organisation)-[:{DUTIES}]->(t) WHERE q.canonical = two }}
  WITH DISTINCT t ORDER BY t.notice, t.start, t.id
  RETURN collect(t.id) AS shared
}}
CALL {{
  WITH one, two
  MATCH (m:Organisation {{canonical: one}})-[r:{_TIES}]-(q:Organisation {{canonical: two}})
  WHERE coalesce(r.kind, '') <> 'duty moved'
  WITH DISTINCT CASE type(r)
    WHEN 'MEMBER_OF' THEN CASE WHEN startNode(r) = m THEN 'member of' ELSE 'has member' END
    WHEN 'WITHIN' THEN CASE WHEN startNode(r) = m THEN 'part of' ELSE 'has part' END
    WHEN 'HOSTED_BY' THEN CASE WHEN startNode(r) = m THEN 'hosted by' ELSE 'hosts' END
    ELSE CASE WHEN startNode(r) = m THEN 'followed by' ELSE 'followed' END END AS tie ORDER BY tie
  RETURN collect(tie) AS ties
}}
MATCH (o:Organisation {{id: one}}) MATCH (p:Organisation {{id: two}})
WITH way, step, o, p, shared, ties + CASE WHEN size(shared) > 0 THEN ['share tasks'] ELSE [] END AS ties
RETURN way, step, o.name AS organisation, reduce(s = head(ties), y IN tail(ties) | s + '; ' + y) AS tie,
       p.name AS other, size(shared) AS tasks, head(shared) AS first_task,
       o.id AS organisation_id, p.id AS other_id
ORDER BY way, step
""",
)
