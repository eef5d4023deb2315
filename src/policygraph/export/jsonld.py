"""The graph as linked data: one JSON-LD 1.1 file with its context in it, in the words of schema.org, W3C ORG and ELI.

市水务局 is a ``schema:GovernmentOrganization``, a notice an ``eli:LegalResource``, ``eli:passed_by`` its issuer. For
what these vocabularies have no word (a task, who leads it), the context has its own. An edge is a plain statement; one
that tells more (the basis and the characters of a duty) is also a node of its own.
"""

from __future__ import annotations

import json
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TextIO

from policygraph import registry
from policygraph.export.elements import Counted, Counts
from policygraph.export.iris import escaped
from policygraph.graph.schema import RELATION_OF, Label, Node, Relation

if TYPE_CHECKING:
    from policygraph.graph.schema import Edge
    from policygraph.store.contract import Store

_TYPES: dict[Label, tuple[str, ...]] = {
    Label.NOTICE: ("Notice", "eli:LegalResource"),
    Label.CLAUSE: ("Clause", "eli:LegalResourceSubdivision"),
    Label.ORGANISATION: ("Organisation", "org:Organization"),
    Label.REFERENCE: ("Reference", "eli:LegalResource"),
    Label.SOURCE: ("Source", "schema:DigitalDocument"),
}
_STATEMENTS = {
    Relation.ISSUED_BY: "issuedBy",
    Relation.CITES: "cites",
    Relation.HAS_CLAUSE: "hasClause",
    Relation.PART_OF: "partOf",
    Relation.HAS_TASK: "hasTask",
    Relation.LEADS: "leads",
    Relation.SUPPORTS: "supports",
    Relation.RESPONSIBLE_FOR: "responsibleFor",
    Relation.IMPLEMENTS: "implements",
    Relation.SUPERVISES: "supervises",
    Relation.HAS_TARGET: "hasTarget",
    Relation.DUE: "hasTime",
    Relation.NAMES: "givesShortName",
    Relation.HOSTED_BY: "hostedBy",
    Relation.MENTIONS: "mentions",
    Relation.MEMBER_OF: "memberOf",
    Relation.WITHIN: "within",
    Relation.SUCCEEDED_BY: "succeededBy",
    Relation.PUBLISHES: "publishes",
    Relation.HAS_ISSUE: "hasIssue",
    Relation.IN_SERIES: "inSeries",
    Relation.FOLLOWS: "follows",
    Relation.HAS_CHANGE: "hasChange",
    Relation.CHANGED_FROM: "changedFrom",
}
_TOLD: dict[Relation, tuple[tuple[str, ...], str | None, str]] = {
    **dict.fromkeys(RELATION_OF.values(), (("Duty",), "organisation", "task")),
    Relation.CITES: (("Citation",), None, "cited"),
    Relation.NAMES: (("ShortName",), None, "organisation"),
    Relation.MENTIONS: (("Mention",), None, "organisation"),
    Relation.HOSTED_BY: (("Hosting",), "organisation", "host"),
    Relation.MEMBER_OF: (("Membership", "org:Membership"), "member", "collective"),
    Relation.SUCCEEDED_BY: (("Succession", "org:ChangeEvent"), "predecessor", "successor"),
    Relation.IN_SERIES: (("SeriesMembership",), None, "series"),
    Relation.FOLLOWS: (("Following",), "later", "earlier"),
}
"""Relations that tell more: the types of the node, and the terms of both ends; without a first one it is the notice."""
_OF_GOVERNMENT = frozenset({"government", "composed", "office", "vertical", "zone", "justice", "central"})


def context() -> dict[str, Any]:
    """Return the published context, ``{"@context": {…}}``."""
    told: dict[str, Any] = json.loads(files("policygraph.data").joinpath("context.jsonld").read_text("utf-8"))
    return told


def write(store: Store, out: TextIO, *, base: str | None = None) -> Counts:
    """Write the graph, a node on each line; ids begin with ``base``, else with ``urn:policygraph:id:``."""
    own = context()
    if base:
        own["@context"]["n"]["@id"] = base
    out.write(f'{{"@context":{_json(own["@context"])},\n"@graph":[\n')
    elements = Counted(store)
    separator = ""
    for one in elements:
        for told in [_node(one)] if isinstance(one, Node) else _edge(one):
            out.write(separator + _json(told))
            separator = ",\n"
    out.write("\n]}\n")
    return elements.counts


def _node(one: Node) -> dict[str, Any]:
    types = list(_TYPES.get(one.label, (one.label.value,)))
    kind = one.properties.get("kind")
    if one.label is Label.ORGANISATION and _is_of_government(str(kind) if kind else None):
        types.append("schema:GovernmentOrganization")
    notice = {"notice": name(one.notice)} if one.notice and one.notice != one.id else {}
    return {"id": name(one.id), "type": types, **notice, **_there(one.properties)}


def _edge(one: Edge) -> list[dict[str, Any]]:
    source, target = name(one.source), name(one.target)
    told: list[dict[str, Any]] = [{"id": source, _STATEMENTS[one.relation]: target}]
    if one.relation in _TOLD:
        types, first, second = _TOLD[one.relation]
        place = "\x1f".join((one.source, one.relation, one.target, one.key))
        own = {"id": f"n:edge:{sha256(place.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}", "type": list(types)}
        ends = {first: source} if first else {}
        told.append({**own, "notice": name(one.notice), **ends, second: target, **_there(one.properties)})
    return told


@lru_cache(maxsize=4096)
def _is_of_government(kind: str | None) -> bool:
    """Tell whether a body of a kind is an organ of state: no Party body, association, company or unknown kind is."""
    found = registry.kind(kind) if kind else None
    return found is not None and found.group in _OF_GOVERNMENT


def name(identifier: str) -> str:
    """Return an id as a name in the file.

    >>> name("佳政办发〔2018〕17号:二/一/1:1")
    'n:佳政办发〔2018〕17号:二/一/1:1'
    """
    return f"n:{escaped(identifier)}"


def _there(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if value is not None}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
