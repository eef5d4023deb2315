"""Who gets which role: the grammar inside a responsibility statement.

A statement's words are cut at labels, semicolons and commas. A piece ends with role words (``市农委配合``,
``…等按职责分工负责``), or follows a label (``责任单位:``), or only lists names that wait for the role words to
come. ``A会同B`` makes A the lead and B its support. Words and labels are in ``data/roles.toml``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from policygraph.data import alternatives, table, words
from policygraph.extract import names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.extract.names import Name
    from policygraph.models import Role

_TABLE = table("roles")
_WORD_ROLE: dict[str, Role] = {entry["word"]: entry["role"] for entry in _TABLE["word"]}
_WORDS = words("roles", "word")
_MODIFIERS = words("roles", "modifier")
_BY_LAST: dict[str, list[str]] = {}
for _word in sorted((*_WORDS, *_MODIFIERS), key=len, reverse=True):
    _BY_LAST.setdefault(_word[-1], []).append(_word)
_LABEL_ROLE: dict[str, Role] = {entry["word"]: entry["role"] for entry in _TABLE["label"]}
_ASIDE = frozenset(words("roles", "aside"))
_RANK: dict[Role, int] = {role: rank for rank, role in enumerate(_TABLE["order"])}

_LABEL = re.compile(rf"(?P<word>{alternatives((*_LABEL_ROLE, *_ASIDE))})(?:及责任人|\(部门\))?:")
_LABEL_CHARS = 1 + max(map(len, (*_LABEL_ROLE, *_ASIDE)))
_BEFORE_LABEL = "\n。;!”)"
_ANCHOR = re.compile(
    r"牵头|负责|配合|落实|参与|参加|协[助办同]|[指督]导|督促|监督|考核|主办|承办|实施|执行|支持|责任|单位:|部门:"
)
_MARK = re.compile(r"[(\[〔)\]〕,;。\n]")
_LINE_END = re.compile(r"[\n。]")
_WITH = ("会同", "联合", "会商")
_TOGETHER = re.compile("|".join(_WITH))
_OBJECT = re.compile(r"(?P<role>牵头|负责|配合|落实|实施)(?!单位|部门|机构|人)(?P<object>[\u4e00-\u9fff]{2,20})$")
_IN_PLACE_OF_A_DEADLINE = frozenset((*words("times", "ongoing"), *words("times", "vague")))
_DENIED = ("不", "不再", "无需", "无须", "未")
_INLINE_ROLE = re.compile(r"\((牵头|主办|配合|协办|参与)\)$")


class Assigned(Struct, frozen=True):
    """One body with the role that a statement gives it."""

    name: Name
    role: Role


class Assignment(Struct, frozen=True):
    """What a statement's words assign, in order, and what stands among its bodies and is no name."""

    bodies: tuple[Assigned, ...]
    passed_over: tuple[Name, ...]


def anchored(text: str, start: int, end: int) -> bool:
    """Tell, cheaply, whether any role word or label stands in ``text[start:end]``."""
    return _ANCHOR.search(text, start, end) is not None


def label_lines(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield the labels that open a line or sentence: start, the line's or sentence's end, and whether of a role."""
    colon = -1
    while (colon := text.find(":", colon + 1)) >= 0:
        least = max(0, colon - _LABEL_CHARS)
        start = max(text.rfind(mark, least, colon) for mark in _BEFORE_LABEL) + 1
        label = text[start or least : colon].removeprefix(" ")
        if (start or not least) and (label in _LABEL_ROLE or label in _ASIDE):
            begin = colon + 1 + text.startswith("\n", colon + 1)
            stop = _LINE_END.search(text, begin)
            yield start, stop.start() if stop else len(text), label in _LABEL_ROLE


def assign(text: str, start: int, end: int, *, bare: bool, objects: bool = False) -> Assignment:
    """Return the bodies and roles that ``text[start:end]`` states, in order, and what among them is no name.

    With ``bare``, names without any role word are taken as responsible if every one of them looks like a body; with
    ``objects``, role words may say of what (市财政局负责绩效评价).
    An assignment without bodies means that the words assign nothing.
    """
    found: list[Assigned] = []
    waiting: list[Name] = []
    over: list[Name] = []
    for label, left, right in _labelled_parts(text, start, end):
        if label in _ASIDE:
            continue
        label_role = _LABEL_ROLE.get(label)
        for piece_left, piece_right in _cut(text, left, right):
            if text[piece_left:piece_right] in _IN_PLACE_OF_A_DEADLINE:
                continue
            stop = _object(text, piece_left, piece_right) if objects else piece_right
            listed, role = _piece(text, piece_left, stop, over)
            if label_role and role is None:
                found += [inline(name, label_role) for name in listed]
            elif role is None:
                waiting += listed
            else:
                found += _given([*waiting, *listed], role, text)
                waiting = []
    listed = [name for name in waiting if names.kind(name.full)]
    if found or (bare and len(listed) == len(waiting) and all(names.kind(n.full) != "unit" for n in listed)):
        found += [inline(name, "responsible") for name in listed]
    known = any(names.kind(one.name.surface) for one in found)
    return Assignment(tuple(found), tuple(over)) if known else Assignment((), ())


def closing_role(text: str, start: int, end: int) -> tuple[int, Role | None]:
    """Return where the role words that close ``text[start:end]`` begin, and the role they show.

    >>> closing_role("各片区负责配合落实", 0, 9)
    (3, 'support')
    """
    shown: list[Role] = []
    position = end
    while position > start:
        token = _token(text, start, position)
        if token is None:
            break
        position -= len(token)
        if token in _WORD_ROLE:
            shown.append(_WORD_ROLE[token])
    if not shown:
        return end, None
    return position, min(shown, key=lambda role: _RANK[role])


def _token(text: str, start: int, position: int) -> str | None:
    """Return the role word or modifier that ends at ``position``."""
    for word in _BY_LAST.get(text[position - 1], ()):
        if text.endswith(word, start, position):
            return word
    return None


def _labelled_parts(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    label, left = "", start
    for match in _LABEL.finditer(text, start, end) if text.find(":", start, end) >= 0 else ():
        if left < match.start():
            yield label, left, match.start()
        label, left = match["word"], match.end()
    if left < end:
        yield label, left, end


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the pieces between commas, semicolons and full stops outside brackets."""
    depth, left = 0, start
    for mark in _MARK.finditer(text, start, end):
        char, position = mark[0], mark.start()
        if char in "([〔":
            depth += 1
        elif char in ")]〕":
            depth -= 1
        elif depth <= 0:
            if left < position:
                yield left, position
            left = position + 1
    if left < end:
        yield left, end


def _object(text: str, start: int, end: int) -> int:
    """Return where the role words of a piece end that says of what: 县财政局负责绩效评价."""
    said = _OBJECT.search(text, start, end)
    if (
        said is None
        or closing_role(text, start, end)[0] <= said.start()
        or not names.kind(text[start : said.start()])
        or names.kind(said["object"])
    ):
        return end
    return said.end("role")


def _piece(text: str, start: int, end: int, over: list[Name]) -> tuple[list[Name], Role | None]:
    """Return the names of one piece and the role its closing words show; what is no name is added to ``over``."""
    stop, role = closing_role(text, start, end)
    if role and text.endswith(_DENIED, start, stop):
        return [], None
    together = _TOGETHER.search(text, start, stop)
    if together and names.kind(text[start : together.start()]):
        listed = names.split(text, start, together.start()) + names.split(text, together.end(), stop)
        role = "lead"
    else:
        listed = names.split(text, start, stop) if start < stop else []
    told: list[Name] = []
    for name in listed:
        if names.plausible(name.full):
            told.append(name)
        elif len(name.surface) > 1:
            over.append(name)
    return told, role


def _given(listed: list[Name], role: Role, text: str) -> list[Assigned]:
    """Assign a role to names; those after 会同 support the ones before it."""
    given: list[Assigned] = []
    effective = role
    for name in listed:
        if text.endswith(_WITH, 0, name.start):
            effective = "support"
        given.append(inline(name, effective))
    return given


def inline(name: Name, role: Role) -> Assigned:
    """Let a bracketed role word after a name decide: 市财政局(牵头)."""
    shown = _INLINE_ROLE.search(name.surface) if name.surface.endswith(")") else None
    if not shown:
        return Assigned(name, role)
    surface = name.surface[: shown.start()]
    return Assigned(names.Name(surface, surface, name.start, name.start + len(surface)), _WORD_ROLE[shown[1]])
