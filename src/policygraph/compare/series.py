"""Which notices are the same plan in different years, and which are one notice published twice.

A series is the same issuer, or one it became, and the same title without its years, numbers and 关于印发…的通知. 90
% of next year's plan are the same words, and it is still another notice: what tells two notices apart is their
number, their date and their plan year, never their likeness. A repost has the same; a truncated one is contained in
it.

Near-duplicates are found by hashes of sentences: a sentence that two notices share is exact evidence that can be
shown, needs no library, and a truncated copy shares all of its own. MinHash (datasketch) estimates one likeness of
two whole texts, which is high for next year's plan and low for a short cut of this year's: the wrong way round for
both questions.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Literal

from policygraph.compare import succession
from policygraph.compare.pieces import plain
from policygraph.compare.similarity import dice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygraph.models import Notice

Relation = Literal["same notice", "contained", "same series", "unrelated"]

_FRAME = re.compile(r"^.{0,30}?(?:关于)?印发|的通知$|[《》]")
_TIME = re.compile(r"(?:19|20)\d\d(?:[-—–~至](?:19|20)?\d\d)?年?(?:度|版)?|第?[一二三四五六七八九十\d]+(?=期|批|轮)")
_SENTENCE = re.compile(r"[。；;！!\n]+")
_SENTENCE_CHARS = 12
_TITLES_ALIKE = 0.85
_KEPT = 0.9
_SHARED_LEAST = 3
_COMMON = 40  # a sentence that more notices share is a formula, and proposes nobody


@dataclass(frozen=True, slots=True)
class Judgement:
    """What two notices are to one another, and why; a judgement that a person may turn round."""

    relation: Relation
    evidence: tuple[str, ...]


def title(words: str | None, place: str | None = None) -> str:
    """Return what a plan is called in every year.

    >>> title("安和市人民政府办公室关于印发安和市2018年度水污染防治工作方案的通知", "安和市")
    '水污染防治工作方案'
    >>> title("佳木斯市2018-2020年水污染防治方案", "佳木斯市")
    '水污染防治方案'
    """
    bare = _TIME.sub("", _FRAME.sub("", plain(words or "")))
    return bare.removeprefix(place) if place else bare


def judge(one: Notice, other: Notice) -> Judgement:
    """Tell what two notices are to one another."""
    apart = _apart(one, other)
    first, second = sentences(one), sentences(other)
    shared = (first & second).total()
    if not apart and shared:
        kept = shared / min(first.total(), second.total())
        if kept >= _KEPT:
            whole = shared / max(first.total(), second.total())
            share = f"{kept:.0%} of the shorter text's sentences stand in the other"
            return Judgement("same notice" if whole >= _KEPT else "contained", (*_agreeing(one, other), share))
    issuer = _issuer(one, other)
    alike = dice(_title(one), _title(other))
    if issuer and alike >= _TITLES_ALIKE and apart:
        return Judgement("same series", (issuer, f"titles {alike:.2f}: {_title(one)}, {_title(other)}", *apart))
    return Judgement("unrelated", apart)


def sentences(notice: Notice) -> Counter[bytes]:
    """Return the hashes of a notice's sentences, short ones (headings, 特此通知) left out."""
    found = (plain(words) for words in _SENTENCE.split(notice.page.text))
    return Counter(blake2b(words.encode(), digest_size=8).digest() for words in found if len(words) >= _SENTENCE_CHARS)


def near(notices: Sequence[Notice]) -> list[tuple[int, int]]:
    """Return the pairs, by place, that share sentences or a plan's title; not every pair is looked at."""
    holders: dict[bytes, list[int]] = defaultdict(list)
    for place, notice in enumerate(notices):
        for key in sorted(sentences(notice)):
            holders[key].append(place)
        if name := _title(notice):
            holders[name.encode()].append(place)
    shared: Counter[tuple[int, int]] = Counter()
    for key, places in holders.items():
        if len(places) > _COMMON:
            continue
        weight = 1 if len(key) == 8 else _SHARED_LEAST  # noqa: PLR2004 - the size of a hash
        shared.update({(a, b): weight for n, a in enumerate(places) for b in places[n + 1 :] if a != b})
    return sorted(pair for pair, count in shared.items() if count >= _SHARED_LEAST)


def group(notices: Sequence[Notice]) -> list[tuple[int, ...]]:
    """Return the series among notices, each in the order of its years; a repost counts once."""
    joined: dict[int, int] = {}
    copies: set[int] = set()

    def root(place: int) -> int:
        while place in joined:
            place = joined[place]
        return place

    for a, b in near(notices):
        relation = judge(notices[a], notices[b]).relation
        if relation in ("same notice", "contained"):
            copies.add(min((a, b), key=lambda place: (len(notices[place].page.text), -place)))
        elif relation == "same series" and root(a) != root(b):
            joined[max(root(a), root(b))] = min(root(a), root(b))
    found: dict[int, list[int]] = defaultdict(list)
    for place in range(len(notices)):
        if place not in copies:
            found[root(place)].append(place)
    return [
        tuple(sorted(places, key=lambda place: (_when(notices[place]), place)))
        for places in found.values()
        if len(places) > 1
    ]


def _apart(one: Notice, other: Notice) -> tuple[str, ...]:
    """Return what tells two notices apart: number, date, plan year, where both say them."""
    facts = (
        ("number", one.elements.document_number, other.elements.document_number),
        ("date", one.elements.issued_on, other.elements.issued_on),
        ("plan year", one.elements.plan_year, other.elements.plan_year),
    )
    return tuple(f"{name} {a}, {b}" for name, a, b in facts if a and b and a != b)


def _agreeing(one: Notice, other: Notice) -> tuple[str, ...]:
    own, its = one.elements, other.elements
    facts = (("number", own.document_number, its.document_number), ("date", own.issued_on, its.issued_on))
    return tuple(f"same {name} {a}" for name, a, b in facts if a and a == b)


def _issuer(one: Notice, other: Notice) -> str | None:
    """Say by which issuer two notices are of one hand: the same, or one that became the other."""
    first, second = _signed(one), _signed(other)
    if shared := sorted(first.keys() & second.keys()):
        return f"same issuer {first[shared[0]]}"
    if written := sorted(set(first.values()) & set(second.values())):
        return f"same issuer {written[0]}"
    for a in sorted(first):
        for b in sorted(second):
            steps = succession.path(a, b) or succession.path(b, a)
            if steps:
                return f"{first[a]} and {second[b]}: {succession.told(steps)}"
    return None


def _signed(notice: Notice) -> dict[str, str]:
    ids = {one.name: one.organisation for one in notice.organisations}
    return {ids.get(name) or name: name for name in notice.elements.issuers}


def _title(notice: Notice) -> str:
    return title(notice.elements.title, notice.elements.jurisdiction)


def _when(notice: Notice) -> tuple[int, str]:
    return notice.elements.plan_year or 0, notice.elements.issued_on or ""
