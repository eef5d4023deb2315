"""What changed in the words of tasks: reworded with a difference by words, strength, citations, default rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

from policygraph.compare.pieces import plain
from policygraph.compare.similarity import dice
from policygraph.compare.values import Change, Kind, Side
from policygraph.nlp import words as nlp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygraph.compare.pieces import Piece
    from policygraph.models import Citation, Notice, Rule

_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_NOT_TITLE = re.compile(r"[\d〔〕\[\]()（）年号第]|关于|印发|的通知")
_DROPPED = re.compile(r"[\W_]+")
_RANK = {"encouraged": 1, "aspired": 2, "binding": 3}
_LIKE_ENOUGH = 0.5
_DEED_CHARS = 10


@dataclass(frozen=True, slots=True)
class Edit:
    """A run of words that stayed, went or came."""

    sort: Literal["same", "gone", "came"]
    words: str


def edits(old: str, new: str) -> list[Edit]:
    """Return how one text becomes another, in words.

    >>> [(one.sort, one.words) for one in edits("加强水质监测", "加强水量监测")]
    [('same', '加强'), ('gone', '水质'), ('came', '水量'), ('same', '监测')]
    """
    one, other = nlp.split(old), nlp.split(new)
    found: list[Edit] = []
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Edit("same", "".join(one[a:b])))
            continue
        if b > a:
            found.append(Edit("gone", "".join(one[a:b])))
        if d > c:
            found.append(Edit("came", "".join(other[c:d])))
    return found


def marked(changes: Sequence[Edit]) -> str:
    """Write a difference in one line: 加强[-水质-]{+水量+}监测."""
    form = {"same": "{}", "gone": "[-{}-]", "came": "{{+{}+}}"}
    return "".join(form[one.sort].format(one.words) for one in changes)


def reworded(
    old: Notice, new: Notice, left: Sequence[Piece], right: Sequence[Piece], *, words: bool = True
) -> list[Change]:
    """Return that tasks say the same in other words; numbers, dates and bodies are told by changes of their own."""
    one, other = ("".join(_bare(notice, piece) for piece in some) for notice, some in ((old, left), (new, right)))
    if _DROPPED.sub("", one) == _DROPPED.sub("", other):
        return []
    was, now = ("".join(piece.words for piece in some) for some in (left, right))
    shown = marked(edits(was, now)) if words else ""
    return [Change("task reworded", whole(old, left), whole(new, right), shown)]


def whole(notice: Notice, pieces: Sequence[Piece]) -> Side:
    """Return tasks as a side of a change: the first of them, with its words as published."""
    task = pieces[0].task
    others = " + ".join(piece.task.id for piece in pieces) if len(pieces) > 1 else None
    return Side(task.id, task.span, notice.page.text[slice(*task.span)], others)


def strength(one: Piece, other: Piece) -> list[Change]:
    """Return that the same is meant more or less firmly: 力争实现全程可追溯, then 确保实现全程可追溯."""
    was, now = one.task.strength, other.task.strength
    if (
        was is None
        or now is None
        or was.grade == now.grade
        or not _same_deed(one.words, was.word, other.words, now.word)
    ):
        return []
    kind: Kind = "strength firmer" if _RANK[now.grade] > _RANK[was.grade] else "strength weaker"
    first, second = (
        Side(piece.task.id, piece.task.span, said.word, said.grade) for piece, said in ((one, was), (other, now))
    )
    return [Change(kind, first, second, f"{was.word} ({was.grade}) → {now.word} ({now.grade})")]


def _same_deed(one: str, word: str, other: str, instead: str) -> bool:
    """Tell whether two words of strength stand before the same words, and neither is in the other text."""
    if word in other or instead in one:
        return False
    after, then = one.partition(word)[2][:_DEED_CHARS], other.partition(instead)[2][:_DEED_CHARS]
    return bool(after and then) and dice(after, then) >= _LIKE_ENOUGH


def citations(old: Notice, new: Notice) -> list[Change]:
    """Return the documents that were cited by an earlier number or year."""
    was, now = _cited(old), _cited(new)
    return [
        Change("citation updated", _quoted(old, was[stem]), _quoted(new, now[stem]), f"another issue of {stem}")
        for stem in sorted(was.keys() & now.keys())
        if _issue(was[stem]) != _issue(now[stem])
    ]


def rules(old: Notice, new: Notice) -> list[Change]:
    """Return the default rules that were made or given up."""
    was, now = ({_rule(rule): rule for rule in notice.rules} for notice in (old, new))
    gone = [Change("default rule changed", _shown(old, was[key]), None, "given up") for key in was if key not in now]
    came = [Change("default rule changed", None, _shown(new, now[key]), "new") for key in now if key not in was]
    return [*gone, *came]


def _bare(notice: Notice, piece: Piece) -> str:
    """Return the words of a task without its numbers, dates, statements and years."""
    spans = [one.span for one in piece.targets] + [one.span for one in piece.times]
    cut = {plain(notice.page.text[slice(*span)]) for span in spans}
    words = piece.words
    for quoted in sorted(cut, key=lambda text: (-len(text), text)):
        words = words.replace(quoted, "")
    return _YEAR.sub("", words)


def _cited(notice: Notice) -> dict[str, Citation]:
    found: dict[str, Citation] = {}
    for one in notice.citations:
        stem = _NOT_TITLE.sub("", plain(one.title or ""))
        if len(stem) > 3:  # noqa: PLR2004 - 方案 is cited by every plan
            found.setdefault(stem, one)
    return found


def _issue(citation: Citation) -> tuple[str, str]:
    years = "".join(_YEAR.findall(plain(citation.title or "")))
    return plain(citation.document_number or ""), years


def _quoted(notice: Notice, one: Citation) -> Side:
    return Side(None, one.span, notice.page.text[slice(*one.span)], one.document_number)


def _rule(rule: Rule) -> tuple[str, str, str]:
    return rule.effect, rule.name or "", rule.role or ""


def _shown(notice: Notice, rule: Rule) -> Side:
    return Side(None, rule.span, notice.page.text[slice(*rule.span)], " ".join(filter(None, _rule(rule))))
