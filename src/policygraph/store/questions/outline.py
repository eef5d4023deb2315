"""The clauses of a notice in the order of its text: ``policygraph ask outline 17号``.

``level`` is 0 for the preamble; ``tasks`` counts those of the clause itself, not of what stands below it.
"""

from __future__ import annotations

from policygraph.store.questions.question import Parameter, Question

QUESTION = Question(
    name="outline",
    summary="the clauses of a notice, with how many tasks each holds",
    example="policygraph ask outline 17号",
    parameters=(Parameter("notice", "citing", "the notice, by its id or an end that no other shares", required=True),),
    sql="""
SELECT json_extract(c.properties, '$.path') AS clause, json_extract(c.properties, '$.label') AS label,
       json_extract(c.properties, '$.level') AS level, json_extract(c.properties, '$.title') AS title,
       (SELECT count(*) FROM edges e WHERE e.source = c.id AND e.relation = 'HAS_TASK') AS tasks,
       c.id AS clause_id, c.notice, json_extract(c.properties, '$.start') AS start,
       json_extract(c.properties, '$.end') AS "end"
FROM nodes c WHERE c.notice = :notice AND c.label = 'Clause'
ORDER BY start, level, c.id
""",
    cypher="""
MATCH (:Notice {id: $notice})-[:HAS_CLAUSE]->(c:Clause)
RETURN c.path AS clause, c.label AS label, c.level AS level, c.title AS title,
       COUNT { MATCH (c)-[:HAS_TASK]->(:Task) } AS tasks, c.id AS clause_id, c.notice AS notice,
       c.start AS start, c.end AS end
ORDER BY start, level, clause_id
""",
)
