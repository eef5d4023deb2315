"""Kinds of body and every usual way to write them, from ``data/organisations/kinds/``.

发展和改革委员会, 发展改革委 and 发改委 are one kind; 环保局 is another than 生态环境局, which followed it.
自然资源和规划局 is one body with two functions, and so is 林业水利局; one that no list names (科技和商务局) is read
from its parts. Names are looked up without their place and with all that follows it: 市委组织部 as 委组织部 or 组织部.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from policygraph.registry import central

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policygraph.registry.places import Grade, Level

Form = Literal["full", "statutory", "colloquial"]
GROUPS = ("composed", "government", "institution", "justice", "mass", "office", "party", "vertical", "zone")
_FORMS: tuple[Form, ...] = ("full", "statutory", "colloquial")
_ENDINGS = ("委员会", "局", "厅", "委")
_OFFICES = ("办", "办公室", "研究室")
_DEPARTMENTS = ("行政主管部门", "主管部门", "行政部门", "部门")
_NEVER_JOINED = ("执法局",)  # 交通运输综合执法局 enforces for 交通运输局 and is not joined with it
_AND = ("和", "与", "及")
_MIN_STEM_CHARS = 2
_MAX_PARTS = 3


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of body: a key that does not change, and how it is written.

    ``functions`` are what it does, several when bodies were joined. ``host`` is the kind that an office of a leading
    group sits in. ``several`` says that one place can have more than one such body, so that the kind and the place do
    not identify it. ``since`` and ``until`` are years between which the kind is usual; ``listed`` is false for one that
    is read from its parts.
    """

    key: str
    group: str
    levels: tuple[Level, ...]
    full: tuple[str, ...]
    statutory: tuple[str, ...] = ()
    colloquial: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    host: str | None = None
    several: bool = False
    since: str | None = None
    until: str | None = None
    source: str = ""
    date: str = ""
    grade: Grade = "C"
    listed: bool = True

    @property
    def name(self) -> str:
        """Return the first full name: 发展和改革委员会."""
        return self.full[0]

    def form(self, wording: str) -> Form | None:
        """Return how a wording names the kind: in full, as its statutes shorten it, or as people do."""
        return next((form for form in _FORMS if wording in getattr(self, form)), None)


def kind(key: str) -> Kind | None:
    """Return the kind with a key, or ``None``.

    >>> kind("development_reform").name
    '发展和改革委员会'
    """
    return _by_key().get(key)


def every_kind() -> tuple[Kind, ...]:
    """Return every listed kind, by key."""
    return tuple(_by_key().values())


def kind_of(name: str, level: Level) -> Kind | None:
    """Return the one kind that a name without its place means at a level, ``None`` for none or several.

    >>> kind_of("发改委", "county").key, kind_of("水务局", "prefecture").key
    ('development_reform', 'water_affairs')
    """
    found = kinds_of(name, level)
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=8192)
def kinds_of(name: str, level: Level) -> tuple[Kind, ...]:
    """Return the kinds that a name without its place can mean at a level, by key; parts are tried where none is listed.

    >>> [one.key for one in kinds_of("金融办", "prefecture")]
    ['financial_commission', 'financial_work']
    """
    found = _by_wording().get((name, level))
    if found:
        return found
    parts = composition(name, level)
    return (_composed(name, level, parts),) if parts else ()


def composition(name: str, level: Level) -> tuple[Kind, ...]:
    """Return the kinds that a joined name names one behind the other, or nothing.

    >>> [one.key for one in composition("林业和水利局", "county")]
    ['forestry', 'water_resources']
    """
    ending = next((end for end in _ENDINGS if name.endswith(end)), None)
    if ending is None or name.endswith(_NEVER_JOINED):
        return ()
    parts = _parts(name.removesuffix(ending), level, _MAX_PARTS)
    return parts if len(parts) > 1 else ()


def department(name: str, level: Level) -> Kind | None:
    """Return the kind that a name by its field means, or ``None``: 市场监管部门, 教育行政部门, 水行政主管部门.

    >>> department("财政部门", "county").key
    'finance'
    """
    ending = next((end for end in _DEPARTMENTS if name.endswith(end)), None)
    return _by_stem().get((name.removesuffix(ending), level)) if ending else None


def with_function(function: str) -> tuple[Kind, ...]:
    """Return the kinds that have a function, alone or with others, by key: 水利局, 水务局, 林业水利局 for ``water``."""
    return _by_function().get(function, ())


def _parts(stem: str, level: Level, left: int) -> tuple[Kind, ...]:
    whole = _by_stem().get((stem, level))
    if whole:
        return (whole,)
    for cut in range(len(stem) - _MIN_STEM_CHARS, _MIN_STEM_CHARS - 1, -1) if left > 1 else ():
        first = _by_stem().get((stem[:cut], level))
        rest = stem[cut + 1 :] if stem[cut] in _AND else stem[cut:]
        if first and (others := _parts(rest, level, left - 1)):
            return (first, *others)
    return ()


def _composed(name: str, level: Level, parts: tuple[Kind, ...]) -> Kind:
    functions = tuple(dict.fromkeys(function for part in parts for function in part.functions))
    key = "+".join(sorted(functions))
    listed = _by_key().get(key)
    return listed or Kind(
        key, "composed", (level,), (name,), functions=functions, source="its parts", grade="probable", listed=False
    )


@cache
def _by_key() -> Mapping[str, Kind]:
    found = [_kind(entry, group) for group in GROUPS for entry in _entries(group)]
    listed = {one.key for one in found}
    found += [_central(body) for body in central.bodies() if body.key not in listed]
    return {one.key: one for one in sorted(found, key=lambda one: one.key)}


def _entries(group: str) -> list[dict[str, Any]]:
    text = files("policygraph.data").joinpath(f"organisations/kinds/{group}.toml").read_text("utf-8")
    entries: list[dict[str, Any]] = tomllib.loads(text)["kind"]
    return entries


def _kind(entry: dict[str, Any], group: str) -> Kind:
    named: dict[str, Any] = {form: tuple(entry.get(form, ())) for form in (*_FORMS, "levels", "ambiguous")}
    kept = {key: entry[key] for key in ("host", "several", "since", "until", "source", "date", "grade") if key in entry}
    functions = tuple(entry.get("functions", (entry["key"],)))
    return Kind(entry["key"], group, functions=functions, **named, **kept)


def _central(body: central.Body) -> Kind:
    """Return the kind of a body that only the centre has: 外交部."""
    return Kind(
        body.key, "central", ("central",), (body.name,), body.short, functions=(body.key,),
        since=body.since, until=body.until, source=body.source, date=body.date, grade=body.grade,
    )  # fmt: skip


def _wordings(one: Kind) -> Iterator[tuple[str, Level]]:
    """Yield each wording of a kind with each level at which it is used: a 厅 is a province's."""
    for wording in (wording for form in _FORMS for wording in getattr(one, form)):
        provincial = wording.endswith("厅") and not wording.endswith("办公厅")
        for level in one.levels:
            if level == "province" or not provincial:
                yield wording, level
                yield from ((before + wording, level) for before in _before(one, wording))


def _before(one: Kind, wording: str) -> tuple[str, ...]:
    """Return what can stand between the level and a name: 市委组织部, 自治区党委网信办, 市政府外办."""
    if one.group == "party" and not wording.startswith(("委", "党")):
        return ("委", "党委")
    office = one.group == "government" and wording.endswith(_OFFICES) and "政府" not in wording
    return ("政府", "人民政府") if office else ()


@cache
def _by_wording() -> Mapping[tuple[str, Level], tuple[Kind, ...]]:
    found: dict[tuple[str, Level], dict[str, Kind]] = defaultdict(dict)
    for one in every_kind():
        for wording in _wordings(one):
            found[wording][one.key] = one
    for body in central.bodies():
        for name in body.names:
            found[name, "central"][body.key] = _by_key()[body.key]
    return {wording: tuple(named.values()) for wording, named in found.items()}


@cache
def _by_stem() -> Mapping[tuple[str, Level], Kind]:
    """Return what stands before 局, 厅, 委 of departments by stem and level, where it is one kind's alone."""
    found: dict[tuple[str, Level], set[str]] = defaultdict(set)
    for (wording, level), named in _by_wording().items():
        ending = next((end for end in _ENDINGS if wording.endswith(end)), "")
        stem = wording.removesuffix(ending)
        if ending and level != "central" and len(stem) >= _MIN_STEM_CHARS:
            found[stem, level] |= {one.key for one in named if one.group == "government"}
    return {stem: _by_key()[keys.pop()] for stem, keys in found.items() if len(keys) == 1}


@cache
def _by_function() -> Mapping[str, tuple[Kind, ...]]:
    found: dict[str, list[Kind]] = defaultdict(list)
    for one in every_kind():
        for function in one.functions:
            found[function].append(one)
    return {function: tuple(having) for function, having in found.items()}
