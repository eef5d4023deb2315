"""Who has how many tasks in which role: ``policygraph ask matrix``.

With ``--expand`` the members of a collective have a row of their own for what it has to do, marked in ``through``; the
row of the collective and the members' own rows stay as they are.
"""

from __future__ import annotations

from policygraph.store.questions.doers import ACTING, ACTING_CYPHER, counts
from policygraph.store.questions.question import EXPAND, FACTS, Question

QUESTION = Question(
    name="matrix",
    summary="organisation by role: how many tasks each has",
    example="policygraph ask matrix",
    parameters=(EXPAND, *FACTS),
    sql=f"""
{ACTING.replace(":organisation", "NULL")}
SELECT organisation, {counts("role", "task", quote='"')},
       count(DISTINCT CASE WHEN basis = 'inherited' THEN task END) AS of_these_inherited,
       count(DISTINCT task) AS tasks, through, organisation_id
FROM counted GROUP BY organisation_id, organisation, through
ORDER BY tasks DESC, organisation_id, coalesce(through, '')
""",  # noqa: S608 - parts of this package
    cypher=f"""
{ACTING_CYPHER.replace("$organisation", "null")}
RETURN o.name AS organisation, {counts("d.role", "task")},
       count(DISTINCT CASE WHEN d.basis = 'inherited' THEN task END) AS of_these_inherited,
       count(DISTINCT task) AS tasks, through, o.id AS organisation_id
ORDER BY tasks DESC, organisation_id, coalesce(through, '')
""",
)
