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
from policygraph.resolve.setting import COUNTRY, opened, unlisted
from policygraph.store import sources
from policygraph.text.normalise import normalise

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


class _Query(NamedTuple):
    sql: str
    cypher: str


_BODIES = _Query(
    sql="""
SELECT j.canonical AS id, n.id AS own, json_extract(properties, '$.name') AS name,
       json_extract(properties, '$.local') AS local, json_extract(properties, '$.bare') AS bare,
       json_extract(properties, '$.place') AS place, json_extract(properties, '$.kind') AS kind,
       json_extract(properties, '$.jurisdiction') || ':' || json_extract(properties, '$.bare') AS placed
FROM nodes n JOIN judged j ON j.id = n.id
UNION SELECT j.canonical, NULL, json_extract(properties, '$.short'), NULL, NULL, NULL, NULL, NULL
FROM edges e JOIN judged j ON j.id = e.target WHERE relation = 'NAMES'
UNION SELECT j.canonical, NULL, json_extract(properties, '$.full'), json_extract(properties, '$.name'),
             NULL, NULL, NULL, NULL
FROM edges e JOIN judged j ON j.id = e.target WHERE relation = 'MENTIONS'
ORDER BY 1, 2, 3
""",
    cypher="""
MATCH (o:Organisation)
RETURN o.id AS id, o.id AS own, o.name AS name, o.local AS local, o.bare AS bare, o.place AS place, o.kind AS kind,
       o.jurisdiction + ':' + o.bare AS placed
UNION MATCH (:Notice)-[r:NAMES]->(o:Organisation)
RETURN o.id AS id, null AS own, r.short AS name, null AS local, null AS bare, null AS place,
       null AS kind, null AS placed
UNION MATCH (:Notice)-[r:MENTIONS]->(o:Organisation)
RETURN o.id AS id, null AS own, r.full AS name, r.name AS local, null AS bare, null AS place,
       null AS kind, null AS placed
""",
)
_TASKS = _Query(
    sql="SELECT task AS id, notice, notice_title AS title FROM tasks ORDER BY task",
    cypher="MATCH (t:Task) MATCH (n:Notice {id: t.notice}) "
    "RETURN t.id AS id, t.notice AS notice, n.title AS title ORDER BY id",
)
_NOTICES = _Query(
    sql="SELECT notice AS id, notice, title FROM notices ORDER BY notice",
    cypher="MATCH (n:Notice) RETURN n.id AS id, n.id AS notice, n.title AS title ORDER BY id",
)
_DOCUMENTS = _Query(
    sql="""
SELECT id, id AS notice, json_extract(properties, '$.title') AS title FROM nodes
WHERE label IN ('Notice', 'Reference') ORDER BY id
""",
    cypher="MATCH (n:Notice|Reference) RETURN n.id AS id, n.id AS notice, n.title AS title ORDER BY id",
)
_SOURCES = _Query(
    sql="SELECT path FROM sources ORDER BY path",
    cypher="MATCH (s:Source) WHERE s.pipeline IS NOT NULL RETURN s.path AS path ORDER BY path",
)
_BRACKETS = str.maketrans("〔[【{〕]】}", "(((())))", " \n")
_NAMES = ("local", "bare")
_SUGGESTIONS = 3
_LEVELS: tuple[Level, ...] = ("central", "province", "prefecture", "county", "township")
_NUMERALS = "0123456789一二三四五六七八九十百"
_LEAST_SIMILARITY = 50


def key(text: str) -> str:
    """Return what two spellings of one name or id have in common.

    >>> key("各县（市）区政府") == key("各县(市)区政府"), key("佳政办发[2018]17号")
    (True, '佳政办发(2018)17号')
    """
    return normalise(text).translate(_BRACKETS)


def organisations(name: str, run: Run) -> list[str]:
    """Return the ids of the bodies that bear a name; ids that people judged to be one body are that body's.

    Raises:
        UnknownOrganisation: nobody in the graph does.

    """
    bodies = run(_BODIES, {})
    wanted = key(name)
    whole = {str(body["id"]) for body in bodies if wanted in _wholes(body)}
    if whole:
        return sorted(whole)
    found = {str(body["id"]) for body in bodies if wanted in [key(str(body[field] or "")) for field in _NAMES]}
    if found := found | _worded_otherwise(name, bodies):
        return sorted(found)
    known = {str(body[field]) for body in bodies for field in ("name", "local", "bare") if body[field]}
    near = _near(name, known, least=_LEAST_SIMILARITY)
    remedy = f"did you mean {', '.join(near)}?" if near else "`policygraph ask matrix` lists those that are there"
    raise UnknownOrganisation(name, "no organisation of this name in the graph", remedy)


def _wholes(body: Row) -> list[str]:
    """Return what means one body alone: its id, and its names with its place's; a name without one is no such."""
    alone = body["name"] if body["name"] != body["local"] or body["place"] == COUNTRY else None
    return [key(str(one)) for one in (body["own"], body["placed"], alone) if one]


def _worded_otherwise(name: str, bodies: Iterable[Row]) -> set[str]:
    """Return the bodies that the registry calls so too: 市发展和改革委员会 where notices write 市发展改革委."""
    words, places = opened(name)
    prefix = "" if words else names.level(name)
    rest = name[len(words) or len(prefix) :]
    kinds = {(one.key, level) for level in _LEVELS for one in registry.kinds_of(rest, level) if not one.several}
    codes = {one.code for one in places}
    return {
        str(body["id"])
        for body in bodies
        if body["place"] and (body["kind"], _level(str(body["place"]))) in kinds
        if (not codes or body["place"] in codes) and str(body["local"]).startswith(prefix)
    }


def _level(code: str) -> Level:
    return (registry.place(code) or unlisted(code)).level


def task(text: str, run: Run) -> str:
    """Return the id of a task given whole or by its unique end (``二/一/1:1``).

    Raises:
        UnknownId: no task, or several, end so.

    """
    remedy = "`policygraph ask search TEXT` finds tasks and their ids"
    return _one(text, run(_TASKS, {}), "task", remedy)


def notice(text: str, run: Run) -> str:
    """Return the id of a notice given whole or by its unique end (``17号``).

    Raises:
        UnknownId: no notice, or several, end so.

    """
    rows = run(_NOTICES, {})
    titles = {str(name): _named(row) for row in rows for name in (row["id"], row["title"]) if name}
    return _one(text, rows, "notice", _nearest(text, titles))


def document(text: str, run: Run) -> str:
    """Return the id of a notice, or of one that is only cited, given whole, by its unique end or by its title.

    Raises:
        UnknownId: no such document, or several, are in the graph.

    """
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
