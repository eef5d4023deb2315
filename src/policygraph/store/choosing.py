"""Which notices a question is about: ``--notice 17号``, ``--place 佳木斯市``, ``--issuer 佳木斯市人民政府办公室``.

Each of the three chooses notices, several together those that all of them choose; what questions get is one list of
ids. A place chooses the notices whose head or signature names it, or
a place in it: 黑龙江省 those of 佳木斯市 too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph import registry
from policygraph.errors import BadParameter
from policygraph.store import lookup
from policygraph.store.called import key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policygraph.store.lookup import Run


_PLACES = lookup.Query(
    sql="""
SELECT json_extract(properties, '$.jurisdiction') AS place, id AS notice FROM nodes
WHERE label = 'Notice' AND json_extract(properties, '$.jurisdiction') IS NOT NULL ORDER BY place, notice
""",
    cypher="""
MATCH (n:Notice) WHERE n.jurisdiction IS NOT NULL RETURN n.jurisdiction AS place, n.id AS notice ORDER BY place, notice
""",
)
_ISSUED = lookup.Query(
    sql="""
SELECT DISTINCT e.source AS notice FROM json_each(:issuer) a CROSS JOIN judged j ON j.canonical = a.value
       CROSS JOIN edges e ON e.target = j.id AND e.relation = 'ISSUED_BY' ORDER BY notice
""",
    cypher="""
MATCH (m:Organisation) WHERE m.canonical IN $issuer
MATCH (n:Notice)-[:ISSUED_BY]->(m)
RETURN DISTINCT n.id AS notice ORDER BY notice
""",
)
_MOST_NAMED = 8


def notices(question: str, given: Mapping[str, str], run: Run) -> list[str] | None:
    """Return the ids of the notices that ``notice``, ``place`` and ``issuer`` choose; ``None`` if none is given.

    Raises:
        UnknownId: no notice has the id.
        UnknownOrganisation: nobody in the graph bears the issuer's name.
        BadParameter: no notice is of the place, or by the issuer.

    """
    if not given:
        return None
    ways = {"notice": _of_one, "place": _of_place, "issuer": _of_issuer}
    return sorted(set.intersection(*(ways[kind](question, text, run) for kind, text in given.items())))


def _of_one(_question: str, text: str, run: Run) -> set[str]:
    return {lookup.notice(text, run)}


def _of_place(question: str, text: str, run: Run) -> set[str]:
    rows = run(_PLACES, {})
    names = {str(row["place"]) for row in rows}
    inside = {name for name in names if key(name) == key(text) or registry.lies_in(name, text)}
    if not inside:
        known = "、".join(sorted(names)[:_MOST_NAMED]) + ("、…" if len(names) > _MOST_NAMED else "")
        remedy = f"there are notices of {known}" if names else "no notice in it names its place"
        raise BadParameter(question, f"no notice of the place '{text}'", remedy)
    return {str(row["notice"]) for row in rows if row["place"] in inside}


def _of_issuer(question: str, text: str, run: Run) -> set[str]:
    found = {str(row["notice"]) for row in run(_ISSUED, {"issuer": lookup.organisations(text, run)})}
    if not found:
        raise BadParameter(question, f"'{text}' issued no notice in the graph", "`policygraph ask notices` lists them")
    return found
