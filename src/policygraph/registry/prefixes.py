"""Who signs a document number, from ``data/organisations/prefixes.toml``.

国办发〔2018〕128号 is the State Council's office. A local number is a place's character and a form: 佳政办发 is 佳
(佳木斯市) and 政办发 (人民政府办公室). 宁 is 宁夏 and 南京, so that 宁政办发 leaves two; a character that no list
gives is tried as the first of a place's name, which is only ``probable``.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from policygraph.registry.places import COUNTRY, Place, every_place, place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policygraph.registry.places import Grade

_NUMBER = re.compile(r"(?P<letters>[\u4e00-\u9fff]{2,12})[〔\[［(（](?P<year>\d{4})")
_PLACE_CHARS = 1
_GOVERNMENTS = ("政", "府")
_STRENGTH: dict[str, int] = {"A": 0, "B": 1, "C": 2, "probable": 3}


@dataclass(frozen=True, slots=True)
class Issuer:
    """A body that may have signed a number: its place's code and its kind's key.

    ``office`` says that the body's own office signed (岚综管办). ``joint`` says that others signed with it
    (工信部联企业).
    """

    place: str
    kind: str
    grade: Grade
    source: str
    office: bool = False
    joint: bool = False


def issuers(number: str) -> tuple[Issuer, ...]:
    """Return who may have signed a document number, the surest first; nothing where its letters say nothing.

    >>> [(one.place, one.kind) for one in issuers("国办发〔2018〕128号")]
    [('CN', 'government_office')]
    """
    match = _NUMBER.match(number)
    if not match:
        return ()
    letters, year = match["letters"], match["year"]
    local = list(_local(letters, year))
    if letters[_PLACE_CHARS:].startswith(_GOVERNMENTS) and local:
        return tuple(local)
    return tuple(_central(letters, year)) or tuple(local)


def places_by_character(character: str) -> tuple[tuple[Place, Grade], ...]:
    """Return the places that a document number's first character can mean, each with a grade.

    >>> [(one.name, grade) for one, grade in places_by_character("宁")]
    [('宁夏回族自治区', 'A'), ('南京市', 'C')]
    """
    entry = _characters().get(character)
    if entry is None:
        return tuple((one, "probable") for one in _beginning().get(character, ()))
    grades: list[Grade] = [entry["grade"], *["C"] * (len(entry["places"]) - 1)]  # type: ignore[list-item]
    found = zip(map(place, entry["places"]), grades, strict=True)
    return tuple((one, grade) for one, grade in found if one)


def _central(letters: str, year: str) -> Iterator[Issuer]:
    for end in range(len(letters), 0, -1):
        entry = _table("central").get(letters[:end])
        if entry:
            joint = "联" in letters
            for kind in _kinds(entry, year):
                yield Issuer(COUNTRY, kind, entry["grade"], entry["source"], joint=joint)
            return


def _local(letters: str, year: str) -> Iterator[Issuer]:
    rest = letters[_PLACE_CHARS:]
    entry = next((form for end in range(len(rest), 0, -1) if (form := _table("form").get(rest[:end]))), None)
    if entry is None:
        return
    zone = entry.get("zone", False)
    named = places_by_character(letters[:_PLACE_CHARS])
    for one, grade in ((one, grade) for one, grade in named if zone != one.code.isdigit()):
        sure = max(grade, entry["grade"], key=_STRENGTH.__getitem__)
        for kind in _kinds(entry, year):
            yield Issuer(one.code, kind, sure, entry["source"], office=entry.get("office", False))


def _kinds(entry: dict[str, Any], year: str) -> tuple[str, ...]:
    """Return the kind that signed in a year; in the year of the change both."""
    if "former" not in entry or year > entry["last"]:
        return (entry["kind"],)
    return (entry["former"],) if year < entry["last"] else (entry["former"], entry["kind"])


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(files("policygraph.data").joinpath("organisations/prefixes.toml").read_text("utf-8"))


@cache
def _table(name: str) -> Mapping[str, dict[str, Any]]:
    return {entry["prefix" if name == "central" else "form"]: entry for entry in _file()[name]}


@cache
def _characters() -> Mapping[str, dict[str, Any]]:
    return {entry["character"]: entry for entry in _file()["character"]}


@cache
def _beginning() -> Mapping[str, tuple[Place, ...]]:
    """Return the places of today by their first character, prefectures before counties."""
    found: dict[str, list[Place]] = defaultdict(list)
    for one in sorted(_today(), key=lambda one: (one.level != "prefecture", one.code)):
        found[one.name[0]].append(one)
    return {character: tuple(named) for character, named in found.items()}


def _today() -> Iterator[Place]:
    return (one for one in every_place() if not one.until and one.code.isdigit() and one.level != "province")
