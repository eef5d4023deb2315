"""A judgement as a value and as a line: 佳木斯市城投公司 and 佳木斯市城市建设投资公司 are the same.

A line is a JSON object with its schema (``policygraph-judgement/1``): a judgement, or the undoing of one, named by its
id. The id is a hash of what the line says, so that one judgement in two files is one. Lines are only ever added: two
files are merged by taking the lines of both, in whatever order.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from hashlib import sha256
from typing import TYPE_CHECKING, Literal, get_args

from policygraph.errors import JudgementError

if TYPE_CHECKING:
    from collections.abc import Iterable

SCHEMA = "policygraph-judgement/1"
Verdict = Literal["same", "different", "alias", "one series", "another series"]
OF_SERIES: tuple[Verdict, ...] = ("one series", "another series")
"""Verdicts on two notices, told by their ids as bodies are; a subject of ``another series`` leaves the object's."""
_ID_CHARS = 12
_REMEDY = "mend the line; it is kept and not applied"


@dataclass(frozen=True, slots=True, order=True)
class Judgement:
    """One decision on two bodies, or on two notices and their series.

    ``subject`` and ``object`` are ids of bodies; with ``alias`` the subject is a name of the object. ``on`` is when it
    was decided (``2026-11-17T08:00:00.000000Z``), ``by`` a free label or empty, ``why`` the evidence or a reason, and
    ``name`` and ``object_name`` what the bodies were called then, for people to read.
    """

    subject: str
    object: str
    verdict: Verdict
    on: str
    by: str = ""
    why: str = ""
    name: str = ""
    object_name: str = ""

    @property
    def id(self) -> str:
        """Return the id by which the judgement is taken back."""
        return sha256(line(self).encode()).hexdigest()[:_ID_CHARS]


@dataclass(frozen=True, slots=True, order=True)
class Undoing:
    """The taking back of the judgement with an id, ``undo``."""

    undo: str
    on: str
    by: str = ""
    why: str = ""


Entry = Judgement | Undoing


def line(entry: Entry) -> str:
    """Return the line of an entry, without its line break; what is empty is left out."""
    said = {field.name: getattr(entry, field.name) for field in fields(entry)}
    kept = {"schema": SCHEMA} | {name: value for name, value in said.items() if value}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def read(text: str, *, source: str, number: int) -> Entry:
    """Return what a line says; ``source`` and its ``number``, from 1, are what an error calls it.

    Raises:
        JudgementError: the line is broken, or of another schema.

    """
    place = f"{source}:{number}"
    try:
        said = json.loads(text)
    except ValueError:
        raise JudgementError(place, "no judgement: not JSON", _REMEDY) from None
    if not isinstance(said, dict) or not all(isinstance(value, str) for value in said.values()):
        raise JudgementError(place, "no judgement: not an object of texts", _REMEDY)
    schema = said.pop("schema", None)
    if schema != SCHEMA:
        raise JudgementError(place, f"schema {schema!r}, this is {SCHEMA!r}", "read it with a version that knows it")
    return _entry(said, place)


def _entry(said: dict[str, str], place: str) -> Entry:
    made = Undoing if "undo" in said else Judgement
    known = {field.name for field in fields(made)}
    if extra := sorted(said.keys() - known):
        raise JudgementError(place, f"no judgement: unknown field {extra[0]!r}", _REMEDY)
    needed = ("undo", "on") if made is Undoing else ("subject", "object", "verdict", "on")
    if lacking := [name for name in needed if not said.get(name)]:
        raise JudgementError(place, f"no judgement: no {lacking[0]!r}", _REMEDY)
    if made is Judgement and said["verdict"] not in get_args(Verdict):
        known_verdicts = ", ".join(get_args(Verdict))
        raise JudgementError(place, f"unknown verdict {said['verdict']!r}", f"known: {known_verdicts}")
    if made is Judgement and said["subject"] == said["object"]:
        raise JudgementError(place, "no judgement: a body and itself", _REMEDY)
    return made(**said)  # type: ignore[arg-type]  # the verdict was checked


def merged(*files: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries of several files, each once, in their one order: by their lines."""
    return tuple(sorted({entry for entries in files for entry in entries}, key=line))


def standing(entries: Iterable[Entry]) -> tuple[Judgement, ...]:
    """Return the judgements that nothing takes back, in their one order, whatever the order of the entries."""
    every = merged(entries)
    undone = {entry.undo for entry in every if isinstance(entry, Undoing)}
    return tuple(entry for entry in every if isinstance(entry, Judgement) and entry.id not in undone)
