"""From what people type to ids: a body by any of its names, a task or a notice by its id or a unique end of it.

佳木斯市水务局 is one body, 市水务局 is that of every place in the graph, 市水污防办 is a short name that some notice
defines. Width and the shape of brackets do not matter: 各县（市）区政府 is 各县(市)区政府, [2018]17号 〔2018〕17号.
What is not there gets suggestions; a notice without a number, known by a hash, is named with its title.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from policygraph import registry
from policygraph.errors import UnknownId, UnknownOrganisation
from policygraph.extract import names
from policygraph.resolve.setting import opened, unlisted
from policygraph.store import sources
from policygraph.store.called import key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from policygraph.registry.places import Level
    from policygraph.store.contract import Row

    Run = Callable[["Bilingual", dict[str, object]], list[Row]]


class Bilingual(Protocol):
    """A query in both languages, as a question is."""

    @property
    def sql(self) -> str:
        """The query for SQLite."""
        ...

    @property
    def cypher(self) -> str:
        """The query for Neo4j, with the same columns."""
        ...


class Query(NamedTuple):
    """A query that is no question."""

    sql: str
    cypher: str


_CALLED = Query(
    sql="""
SELECT DISTINCT j.canonical AS id, c.whole FROM called c CROSS JOIN judged j ON j.id = c.id WHERE c.key = :key
ORDER BY id, whole
""",
    cypher="""
CALL db.index.fulltext.queryNodes('policygraph_names', $phrase) YIELD node AS o
UNWIND [x IN [CASE WHEN $key IN o.wholes THEN 1 END, CASE WHEN $key IN o.parts THEN 0 END] WHERE x IS NOT NULL] AS whole
RETURN DISTINCT o.canonical AS id, whole ORDER BY id, whole
""",
)
_OF_KINDS = Query(
    sql="""
SELECT j.canonical AS id, json_extract(n.properties, '$.kind') AS kind, json_extract(n.properties, '$.place') AS place,
       json_extract(n.properties, '$.local') AS local
FROM json_each(:kinds) k CROSS JOIN nodes n ON json_extract(n.properties, '$.kind') = k.value
     CROSS JOIN judged j ON j.id = n.id
WHERE n.label = 'Organisation' AND json_extract(n.properties, '$.place') IS NOT NULL ORDER BY 1, 2, 3, 4
""",
    cypher="""
MATCH (o:Organisation) WHERE o.kind IN $kinds AND o.place IS NOT NULL
RETURN o.canonical AS id, o.kind AS kind, o.place AS place, o.local AS local ORDER BY id, kind, place, local
""",
)
_NAMES = Query(
    sql="""
SELECT json_extract(properties, '$.name') AS name, json_extract(properties, '$.local') AS local,
       json_extract(properties, '$.bare') AS bare FROM nodes WHERE label = 'Organisation'
UNION SELECT json_extract(properties, '$.short'), NULL, NULL FROM edges WHERE relation = 'NAMES'
UNION SELECT json_extract(properties, '$.full'), json_extract(properties, '$.name'), NULL
FROM edges WHERE relation = 'MENTIONS'
""",
    cypher="""
MATCH (o:Organisation) RETURN o.name AS name, o.local AS local, o.bare AS bare
UNION MATCH (:Notice)-[r:NAMES]->(:Organisation) RETURN r.short AS name, null AS local, null AS bare
UNION MATCH (:Notice)-[r:MENTIONS]->(:Organisation) RETURN r.full AS name, r.name AS local, null AS bare
""",
)
"""Every name there is; only a name that nobody bears is compared with all."""
_TASKS = Query(
    sql="SELECT task AS id, notice, notice_title AS title FROM tasks "
    "WHERE substr(task, -length(:tail)) = :tail ORDER BY task",
    cypher="MATCH (t:Task) WHERE t.id ENDS WITH $tail MATCH (n:Notice {id: t.notice}) "
    "RETURN t.id AS id, t.notice AS notice, n.title AS title ORDER BY id",
)
_NOTICES = Query(
    sql="SELECT notice AS id, notice, title FROM notices ORDER BY notice",
    cypher="MATCH (n:Notice) RETURN n.id AS id, n.id AS notice, n.title AS title ORDER BY id",
)
_EXACT = Query(
    sql="SELECT id FROM nodes WHERE id = :id AND label IN (SELECT value FROM json_each(:labels))",
    cypher="MATCH (n:Task|Notice|Reference {id: $id}) WHERE any(x IN labels(n) WHERE x IN $labels) RETURN n.id AS id",
)
_DOCUMENTS = Query(
    sql="""
SELECT id, id AS notice, json_extract(properties, '$.title') AS title FROM nodes
WHERE label IN ('Notice', 'Reference') ORDER BY id
""",
    cypher="MATCH (n:Notice|Reference) RETURN n.id AS id, n.id AS notice, n.title AS title ORDER BY id",
)
_SOURCES = Query(
    sql="SELECT path FROM sources WHERE pipeline IS NOT NULL ORDER BY path",
    cypher="MATCH (s:Source) WHERE s.pipeline IS NOT NULL RETURN s.path AS path ORDER BY path",
)
_SUGGESTIONS = 3
_LEVELS: tuple[Level, ...] = ("central", "province", "prefecture", "county", "township")
_NUMERALS = "0123456789一二三四五六七八九十百"
_LEAST_SIMILARITY = 50


def organisations(name: str, run: Run) -> list[str]:
    """Return the ids of the bodies that bear a name; ids that people judged to be one body are that body's.

    Raises:
        UnknownOrganisation: nobody in the graph does.

    """
    wanted = key(name)
    phrase = '"' + wanted.replace("\\", "\\\\").replace('"', '\\"') + '"'
    called = run(_CALLED, {"key": wanted, "phrase": f"wholes:{phrase} OR parts:{phrase}"})
    if whole := {str(row["id"]) for row in called if row["whole"]}:
        return sorted(whole)
    if found := {str(row["id"]) for row in called} | _worded_otherwise(name, run):
        return sorted(found)
    known = {str(text) for row in run(_NAMES, {}) for text in row.values() if text}
    near = _near(name, known, least=_LEAST_SIMILARITY)
    remedy = f"did you mean {', '.join(near)}?" if near else "`policygraph ask matrix` lists those that are there"
    raise UnknownOrganisation(name, "no organisation of this name in the graph", remedy)


def _worded_otherwise(name: str, run: Run) -> set[str]:
    """Return the bodies that the registry calls so too: 市发展和改革委员会 where notices write 市发展改革委."""
    words, places = opened(name)
    prefix = "" if words else names.level(name)
    rest = name[len(words) or len(prefix) :]
    kinds = {(one.key, level) for level in _LEVELS for one in registry.kinds_of(rest, level) if not one.several}
    codes = {one.code for one in places}
    return {
        str(body["id"])
        for body in run(_OF_KINDS, {"kinds": sorted({kind for kind, _ in kinds})})
        if (body["kind"], _level(str(body["place"]))) in kinds
        if (not codes or body["place"] in codes) and str(body["local"]).startswith(prefix)
    }


def _level(code: str) -> Level:
    return (registry.place(code) or unlisted(code)).level


def task(text: str, run: Run) -> str:
    """Return the id of a task given whole or by its unique end (``二/一/1:1``).

    Raises:
        UnknownId: no task, or several, end so.

    """
    if _is_there(text, ["Task"], run):
        return text
    remedy = "`policygraph ask search TEXT` finds tasks and their ids"
    return _one(text, run(_TASKS, {"tail": _tail(text)}), "task", remedy)


def _is_there(identifier: str, labels: list[str], run: Run) -> bool:
    return bool(run(_EXACT, {"id": identifier, "labels": labels}))


def _tail(text: str) -> str:
    """Return what every id that ends so has at its end, letter for letter: what follows the last bracket."""
    return key(text).rpartition(")")[2]


def notice(text: str, run: Run) -> str:
    """Return the id of a notice given whole or by its unique end (``17号``).

    Raises:
        UnknownId: no notice, or several, end so.

    """
    if _is_there(text, ["Notice"], run):
        return text
    rows = run(_NOTICES, {})
    titles = {str(name): _named(row) for row in rows for name in (row["id"], row["title"]) if name}
    return _one(text, rows, "notice", _nearest(text, titles))


def document(text: str, run: Run) -> str:
    """Return the id of a notice, or of one that is only cited, given whole, by its unique end or by its title.

    Raises:
        UnknownId: no such document, or several, are in the graph.

    """
    if _is_there(text, ["Notice", "Reference"], run):
        return text
    rows = run(_DOCUMENTS, {})
    titled = [row for row in rows if row["title"] and key(str(row["title"])) == key(text.strip("《》"))]
    if len(titled) == 1:
        return str(titled[0]["id"])
    titles = {str(name): _named(row) for row in rows for name in (row["id"], row["title"]) if name}
    return _one(text, rows, "document", _nearest(text, titles))


def source_or_notice(text: str, run: Run) -> tuple[Literal["source", "notice"], str]:
    """Return the path of a source, or else the id of a notice, and which of the two it is.

    Raises:
        UnknownId: it is neither.

    """
    rows = run(_NOTICES, {})
    paths = [str(row["path"]) for row in run(_SOURCES, {})]
    for path in (text, sources.called(text)):
        if path in paths:
            return "source", path
    titles = {str(name): _named(row) for row in rows for name in (row["id"], row["title"]) if name}
    return "notice", _one(text, rows, "notice or source", _nearest(text, titles | {path: path for path in paths}))


def _nearest(text: str, names: dict[str, str]) -> str:
    """Return the remedy that names what comes nearest to a text; the values are what the names stand for."""
    near = list(dict.fromkeys(names[name] for name in _near(text, names)))
    return f"nearest: {', '.join(near)}; `policygraph ask notices` lists all" if near else "the store is empty"


def _one(text: str, rows: list[Row], what: str, remedy: str) -> str:
    """Return the id that is a text, or else the only one that ends with it."""
    wanted = key(text)
    found = [row for row in rows if _ends(key(str(row["id"])), wanted)]
    whole = [row for row in found if row["id"] == text]
    parts = [row for row in found if key(str(row["id"])).endswith(f":{wanted}")]
    for these in (whole, parts, found):
        if len(these) == 1:
            return str(these[0]["id"])
    if found:
        several = ", ".join(_named(row) for row in found[:_SUGGESTIONS])
        raise UnknownId(text, "several ids end so", f"one of {several}")
    raise UnknownId(text, f"no {what} of this id in the store", remedy)


def _ends(identifier: str, end: str) -> bool:
    """Tell whether an id ends with some words, cut where no number is: 7号 is no end of 17号, nor 一:1 of 十一:1."""
    cut = len(identifier) - len(end)
    if not end or not identifier.endswith(end):
        return False
    return cut == 0 or not (end[0] in _NUMERALS and identifier[cut - 1] in _NUMERALS)


def _named(row: Row) -> str:
    """Return an id, with the notice's title if the notice has no number to be known by."""
    return f"{row['id']} {row['title']}" if str(row["notice"]).startswith("n-") and row["title"] else str(row["id"])


def _near(name: str, known: Iterable[str], *, least: int = 0) -> list[str]:
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only a name that is not there needs it

    scored = process.extract(name, sorted(known), scorer=fuzz.ratio, limit=_SUGGESTIONS, score_cutoff=least)
    return [choice for choice, _, _ in scored]
