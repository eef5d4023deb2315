"""Which documents a notice cites, and which notices cite a document, over some steps: ``policygraph ask cites 17号``.

A row is one notice citing one document: 佳政办发〔2018〕17号 cites 国发〔2015〕17号 at step 1, what that one cites
comes at step 2, if the graph holds it. ``step`` is the least at which the citing (``cites``) or the cited
(``cited-by``) document is reached. ``times`` counts how often it is cited there; ``start`` and ``end`` are the first
place in the citing notice.
"""

from __future__ import annotations

from policygraph.store.questions.question import Parameter, Question

_USUAL_STEPS = 3
_STEPS = ("1", "2", "3", "4", "5")
_HOW_FAR = Parameter("steps", "choice", f"how many steps, {_USUAL_STEPS} if not said", choices=_STEPS)
_LIMIT = f"coalesce(CAST(:steps AS INTEGER), {_USUAL_STEPS})"
_LIMIT_CYPHER = f"coalesce(toInteger($steps), {_USUAL_STEPS})"
_COLUMNS = """
SELECT c.step, c.source AS notice, n.title AS notice_title, c.target AS cited,
       coalesce(json_extract(d.properties, '$.title'), json_extract(e.properties, '$.title')) AS cited_title,
       CASE d.label WHEN 'Notice' THEN 'yes' ELSE 'no' END AS in_graph, c.times,
       json_extract(e.properties, '$.start') AS start, json_extract(e.properties, '$.end') AS "end"
FROM cited c CROSS JOIN notices n ON n.notice = c.source CROSS JOIN nodes d ON d.id = c.target
     CROSS JOIN edges e ON e.source = c.source AND e.relation = 'CITES' AND e.target = c.target AND e.key = c.place
ORDER BY c.step, c.source, c.target
"""
_COLUMNS_CYPHER = """
WITH step, x, y, c ORDER BY c.key
WITH step, x, y, collect(c) AS places
WITH step, x, y, head(places) AS c, size(places) AS times
RETURN step, x.id AS notice, x.title AS notice_title, y.id AS cited, coalesce(y.title, c.title) AS cited_title,
       CASE WHEN y:Notice THEN 'yes' ELSE 'no' END AS in_graph, times, c.start AS start, c.end AS end
ORDER BY step, notice, cited
"""


def _sql(near: str, far: str) -> str:
    """Return the walk over citations from their end ``near`` to their end ``far``."""
    return f"""
WITH RECURSIVE reached(id, step) AS (
    SELECT :document, 0
    UNION
    SELECT e.{far}, r.step + 1 FROM reached r CROSS JOIN edges e ON e.{near} = r.id AND e.relation = 'CITES'
    WHERE r.step + 1 < {_LIMIT}
), nearest AS (
    SELECT id, min(step) AS step FROM reached GROUP BY id
), cited AS (
    SELECT r.step + 1 AS step, e.source, e.target, count(*) AS times, min(e.key) AS place
    FROM nearest r CROSS JOIN edges e ON e.{near} = r.id AND e.relation = 'CITES'
    GROUP BY r.step, e.source, e.target
)
{_COLUMNS}"""  # noqa: S608 - two fixed names


CITES = Question(
    name="cites",
    summary="what a notice cites, and what that cites, over some steps",
    example="policygraph ask cites 17号",
    parameters=(
        Parameter("document", "citing", "a notice, by its id or an end that no other shares", required=True),
        _HOW_FAR,
    ),
    sql=_sql("source", "target"),
    cypher=f"""
MATCH way = (d:Document {{id: $document}})-[:CITES*0..4]->(x:Document) WHERE length(way) < {_LIMIT_CYPHER}
WITH x, min(length(way)) + 1 AS step
MATCH (x)-[c:CITES]->(y:Document)
{_COLUMNS_CYPHER}""",
)
CITED_BY = Question(
    name="cited-by",
    summary="which notices cite a document, and which cite those, over some steps",
    example="policygraph ask cited-by 国发〔2015〕17号",
    parameters=(
        Parameter(
            "document", "document", "a notice, or what one cites, by number, an end of it or title", required=True
        ),
        _HOW_FAR,
    ),
    sql=_sql("target", "source"),
    cypher=f"""
MATCH way = (d:Document {{id: $document}})<-[:CITES*0..4]-(y:Document) WHERE length(way) < {_LIMIT_CYPHER}
WITH y, min(length(way)) + 1 AS step
MATCH (x:Document)-[c:CITES]->(y)
{_COLUMNS_CYPHER}""",
)
