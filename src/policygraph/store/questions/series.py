"""Which notices are one plan in different years: ``policygraph ask series``, and why each is there."""

from __future__ import annotations

from policygraph.store.questions.question import Question

QUESTION = Question(
    name="series",
    summary="the plans that come every year, with the notices of each and what they follow",
    example="policygraph ask series",
    parameters=(),
    sql="""
SELECT json_extract(s.properties, '$.jurisdiction') AS place, json_extract(s.properties, '$.name') AS series, d.year,
       n.notice, n.title AS notice_title, f.target AS follows, json_extract(f.properties, '$.kinds') AS changes,
       json_extract(e.properties, '$.evidence') AS evidence, s.id AS series_id
FROM nodes s CROSS JOIN edges e ON e.target = s.id AND e.relation = 'IN_SERIES'
     CROSS JOIN notices n ON n.notice = e.source CROSS JOIN dated d ON d.notice = e.source
     LEFT JOIN edges f ON f.source = e.source AND f.relation = 'FOLLOWS' AND f.notice = e.source
WHERE s.label = 'Series'
ORDER BY s.id, d.year, d.day, n.notice
""",
    cypher="""
MATCH (n:Notice)-[e:IN_SERIES]->(s:Series)
OPTIONAL MATCH (n)-[f:FOLLOWS]->(old:Notice)
WITH n, e, s, f, old, coalesce(n.issued_on, n.published_on, toString(n.plan_year)) AS day
RETURN s.jurisdiction AS place, s.name AS series,
       coalesce(n.plan_year, toInteger(substring(n.issued_on, 0, 4))) AS year,
       n.id AS notice, n.title AS notice_title, old.id AS follows, f.kinds AS changes, e.evidence AS evidence,
       s.id AS series_id
ORDER BY series_id, year, day, notice
""",
)
