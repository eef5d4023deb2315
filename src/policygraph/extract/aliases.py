"""Short names that a notice gives to bodies, and the body that hosts one.

``市(松花江流域)水污染防治工作领导小组办公室(简称“市水污防办”,设在市环境保护局)`` names 市水污防办 and its host.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from policygraph.extract import names

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEFINED = re.compile(
    r"\((?:以下)?(?:统一)?简称:?[“\"‘]?(?P<short>[^”\"’,()]{2,20})[”\"’]?(?:[,、;](?:办公室)?设在(?P<host>[^()]{2,30}))?\)"
)
_BOUNDARY = ",。;:、\n向由和与及对将《》“”"
_MAX_CHARS = 50


class FoundAlias(Struct, frozen=True):
    """A definition at ``start:end`` of the compact text."""

    start: int
    end: int
    name: str
    short: str
    host: str | None


def find(text: str) -> Iterator[FoundAlias]:
    """Yield the definitions of short names of bodies, in order; those of plans and laws are passed over."""
    for match in _DEFINED.finditer(text):
        start = _name_start(text, match.start())
        name = text[start : match.start()]
        if names.kind(name) not in (None, "collective", "unit"):
            yield FoundAlias(start, match.end(), name, match["short"], match["host"])


def _name_start(text: str, end: int) -> int:
    depth, position = 0, end
    while position > max(0, end - _MAX_CHARS):
        char = text[position - 1]
        if char == ")":
            depth += 1
        elif char == "(":
            if depth == 0:
                break
            depth -= 1
        elif depth == 0 and char in _BOUNDARY:
            break
        position -= 1
    return position
