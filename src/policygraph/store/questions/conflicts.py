"""Numbers that contradict each other: ``policygraph ask conflicts``.

Two notices give one indicator different values, in the same place and year, in the same base unit, as a level or as the
same change from the same baseline: 用水总量 6.2 亿立方米 in one and 6.5 亿立方米 in the other. The year is that of the
due date, else that of the plan; the place that of the notice, 全国 where an issuer without a place signs it. Values are
compared in base units and shown as written; a bound and a range are told by their comparators. One of two notices may
have replaced the other: that too is for people to judge.
"""

from __future__ import annotations

from policygraph.store.questions.question import FACTS, Parameter, Question

_PAIR = ("comparator", "value", "value_max", "unit", "words", "task", "notice", "notice_title", "start", "end")


def _columns(alias: str, prefix: str = "") -> str:
    """Return what is told of one of the two targets."""
    return ", ".join(f'{alias}."{name}" AS "{prefix}{name}"' for name in _PAIR)


def _cypher_columns(alias: str, prefix: str = "") -> str:
    return ", ".join(f"{alias}.{name} AS {prefix}{name}" for name in _PAIR)


QUESTION = Question(
    name="conflicts",
    summary="one indicator, place and year, but different values in two notices",
    example="policygraph ask conflicts",
    parameters=(
        Parameter("text", "text", "only indicators that hold this text"),
        Parameter("year", "year", "only this year"),
        *FACTS,
    ),
    sql=f"""
WITH read AS (
    SELECT x.id, x.notice, json_extract(x.properties, '$.indicator') AS indicator,
           coalesce(json_extract(n.properties, '$.jurisdiction'),
                    CASE WHEN json_extract(n.properties, '$.issuers') <> '[]' THEN '全国' END) AS place,
           coalesce(CAST(substr(json_extract(x.properties, '$.due'), 1, 4) AS INTEGER),
                    json_extract(n.properties, '$.plan_year')) AS year,
           coalesce(json_extract(x.properties, '$.base_unit'), json_extract(x.properties, '$.unit'), '') || '/'
           || coalesce(json_extract(x.properties, '$.change'), '') || '/'
           || coalesce(json_extract(x.properties, '$.baseline'), '') AS measure,
           CAST(coalesce(json_extract(x.properties, '$.base_value'), json_extract(x.properties, '$.value')) AS REAL)
           AS amount, coalesce(json_extract(x.properties, '$.value_max'), '') AS most
    FROM nodes x CROSS JOIN nodes n ON n.id = x.notice WHERE x.label = 'Target'
), numbers AS MATERIALIZED (
    SELECT * FROM read
    WHERE indicator IS NOT NULL AND place IS NOT NULL AND year IS NOT NULL AND amount IS NOT NULL
      AND (:year IS NULL OR year = :year) AND (:text IS NULL OR instr(indicator, :text) > 0)
), groups AS MATERIALIZED (
    SELECT indicator, place, year, json_group_array(json_array(id, notice, amount, most)) AS found FROM numbers
    GROUP BY indicator, place, year, measure
    HAVING min(notice) <> max(notice) AND (min(amount) <> max(amount) OR min(most) <> max(most))
), pairs AS (
    SELECT json_extract(a.value, '$[0]') AS id, json_extract(b.value, '$[0]') AS other, g.indicator, g.place, g.year
    FROM groups g CROSS JOIN json_each(g.found) a CROSS JOIN json_each(g.found) b
    WHERE json_extract(b.value, '$[1]') > json_extract(a.value, '$[1]')
      AND (json_extract(b.value, '$[2]') <> json_extract(a.value, '$[2]')
           OR json_extract(b.value, '$[3]') <> json_extract(a.value, '$[3]'))
      AND (:notice IS NULL OR json_extract(a.value, '$[1]') IN (SELECT value FROM json_each(:notice))
           OR json_extract(b.value, '$[1]') IN (SELECT value FROM json_each(:notice)))
), told AS NOT MATERIALIZED (
    SELECT x.id, json_extract(x.properties, '$.comparator') AS comparator,
           json_extract(x.properties, '$.value') AS value, json_extract(x.properties, '$.value_max') AS value_max,
           json_extract(x.properties, '$.unit') AS unit, json_extract(x.properties, '$.words') AS words,
           (SELECT e.source FROM edges e CROSS JOIN nodes t ON t.id = e.source AND t.label = 'Task'
            WHERE e.target = x.id AND e.relation = 'HAS_TARGET') AS task,
           x.notice, (SELECT n.title FROM notices n WHERE n.notice = x.notice) AS notice_title,
           json_extract(x.properties, '$.start') AS start, json_extract(x.properties, '$.end') AS "end"
    FROM nodes x
)
SELECT p.indicator, p.place, p.year, {_columns("a")},
       {_columns("b", "other_")}
FROM pairs p CROSS JOIN told a ON a.id = p.id CROSS JOIN told b ON b.id = p.other
ORDER BY p.indicator, p.place, p.year, a.notice, a.start, p.id, b.notice, b.start, p.other
""",  # noqa: S608 - parts of this module
    cypher=f"""
MATCH (x:Target) MATCH (n:Notice {{id: x.notice}})
WITH x, n, coalesce(n.jurisdiction, CASE WHEN n.issuers <> '[]' THEN '全国' END) AS place,
     coalesce(toInteger(substring(x.due, 0, 4)), n.plan_year) AS year,
     coalesce(x.base_unit, x.unit, '') + '/' + coalesce(x.change, '') + '/' + coalesce(x.baseline, '') AS measure,
     toFloat(coalesce(x.base_value, x.value)) AS amount
WHERE x.indicator IS NOT NULL AND place IS NOT NULL AND year IS NOT NULL AND amount IS NOT NULL
  AND ($year IS NULL OR year = $year) AND ($text IS NULL OR x.indicator CONTAINS $text)
WITH x.indicator AS indicator, place, year, measure, collect({{x: x, n: n, amount: amount}}) AS numbers
WHERE size(numbers) > 1
UNWIND numbers AS one UNWIND numbers AS two
WITH indicator, place, year, one, two
WHERE two.n.id > one.n.id
  AND (one.amount <> two.amount OR coalesce(one.x.value_max, '') <> coalesce(two.x.value_max, ''))
  AND ($notice IS NULL OR one.n.id IN $notice OR two.n.id IN $notice)
WITH indicator, place, year, one.x AS x, one.n AS m, two.x AS y, two.n AS n
WITH indicator, place, year, x, y,
     x {{.comparator, .value, .value_max, .unit, .words, .notice, .start, .end, notice_title: m.title,
         task: head([(t:Task)-[:HAS_TARGET]->(x) | t.id])}} AS a,
     y {{.comparator, .value, .value_max, .unit, .words, .notice, .start, .end, notice_title: n.title,
         task: head([(t:Task)-[:HAS_TARGET]->(y) | t.id])}} AS b
RETURN indicator, place, year, {_cypher_columns("a")},
       {_cypher_columns("b", "other_")}
ORDER BY indicator, place, year, notice, start, x.id, other_notice, other_start, y.id
""",
)
