"""How much each body has to do in a year: ``policygraph ask load --year 2018``.

The year is that of the plan, else that in which the notice was issued; without either it is empty. With ``--expand``
the members of a collective have a row of their own for what it has to do, marked in ``through``.
"""

from __future__ import annotations

from policygraph.store.questions.doers import ACTING, ACTING_CYPHER, counts
from policygraph.store.questions.question import EXPAND, FACTS, Parameter, Question

QUESTION = Question(
    name="load",
    summary="how many tasks each body leads, supports, implements, … in a year",
    example="policygraph ask load --year 2018",
    parameters=(
        Parameter("organisation", "organisation", "only this body"),
        Parameter("year", "year", "only this year"),
        EXPAND,
        *FACTS,
    ),
    sql=f"""
{ACTING}
SELECT year, organisation, {counts("role", "task", quote='"')},
       count(DISTINCT task) AS tasks, through, organisation_id
FROM counted WHERE :year IS NULL OR year = :year
GROUP BY year, organisation_id, organisation, through
ORDER BY coalesce(year, 0), tasks DESC, organisation_id, coalesce(through, '')
""",  # noqa: S608 - parts of this package
    cypher=f"""
{ACTING_CYPHER}
WHERE $year IS NULL OR year = $year
RETURN year, o.name AS organisation, {counts("d.role", "task")},
       count(DISTINCT task) AS tasks, through, o.id AS organisation_id
ORDER BY coalesce(year, 0), tasks DESC, organisation_id, coalesce(through, '')
""",
)
