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
_LENGTHS_ALIKE = 0.6  # a title that is shorter than that shares too little of the longer one
_KEPT = 0.9
_SHARED_LEAST = 3
_COMMON = 40  # a sentence that more notices share is a formula, and proposes nobody


@dataclass(frozen=True, slots=True)
class Facts:
    """What tells of a notice which series it is in, as a store has it without reading the notice.

    ``issuers`` are the names that sign it, ``bodies`` their ids or, where one can mean several, its name again.
    """

    notice: str
    title: str
    issuers: tuple[str, ...]
    bodies: tuple[str, ...]
    number: str | None = None
    issued_on: str | None = None
    plan_year: int | None = None
    place: str | None = None

    @property
    def plan(self) -> str:
        """What the plan is called in every year."""
        return title(self.title, self.place)

    @property
    def when(self) -> tuple[int, str, str]:
        """What orders the notices of a series: the plan's year, or else that of its date; then the date."""
        day = self.issued_on or ""
        return self.plan_year or int(day[:4] or 0), day, self.notice


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


def facts(notice: Notice) -> Facts:
    """Return what tells of a notice which series it is in."""
    own, ids = notice.elements, {one.name: one.organisation for one in notice.organisations}
    return Facts(
        notice.id,
        own.title or "",
        own.issuers,
        tuple(ids.get(name) or name for name in own.issuers),
        own.document_number or own.listed_number,
        own.issued_on,
        own.plan_year,
        own.jurisdiction,
    )


def kinship(one: Facts, other: Facts) -> tuple[str, ...]:
    """Return the evidence that two notices are of one series; nothing if they are not."""
    told = apart(one, other)
    if not told or not alike(one.plan, other.plan) or (signed := issuer(one, other)) is None:
        return ()
    titles = f"titles {dice(one.plan, other.plan):.2f}: {one.plan}, {other.plan}"
    return signed, f"same title {one.plan}" if one.plan == other.plan else titles, *told


def alike(one: str, other: str) -> bool:
    """Tell whether two plans are called alike, by their titles without years; nothing is like one without a title."""
    if not one or not other or _LENGTHS_ALIKE * max(len(one), len(other)) > min(len(one), len(other)):
        return False
    return dice(one, other) >= _TITLES_ALIKE


def apart(one: Facts, other: Facts) -> tuple[str, ...]:
    """Return what tells two notices apart: number, date, plan year, where both say them."""
    told = (
        ("number", one.number, other.number),
        ("date", one.issued_on, other.issued_on),
        ("plan year", one.plan_year, other.plan_year),
    )
    return tuple(f"{name} {a}, {b}" for name, a, b in told if a and b and a != b)


def judge(one: Notice, other: Notice) -> Judgement:
    """Tell what two notices are to one another."""
    own, its = facts(one), facts(other)
    told = apart(own, its)
    first, second = sentences(one), sentences(other)
    shared = (first & second).total()
    if not told and shared:
        kept = shared / min(first.total(), second.total())
        if kept >= _KEPT:
            whole = shared / max(first.total(), second.total())
            share = f"{kept:.0%} of the shorter text's sentences stand in the other"
            return Judgement("same notice" if whole >= _KEPT else "contained", (*_agreeing(own, its), share))
    evidence = kinship(own, its)
    return Judgement("same series", evidence) if evidence else Judgement("unrelated", told)


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
        tuple(sorted(places, key=lambda place: (facts(notices[place]).when, place)))
        for places in found.values()
        if len(places) > 1
    ]


def _agreeing(one: Facts, other: Facts) -> tuple[str, ...]:
    told = (("number", one.number, other.number), ("date", one.issued_on, other.issued_on))
    return tuple(f"same {name} {a}" for name, a, b in told if a and a == b)


def issuer(one: Facts, other: Facts) -> str | None:
    """Say by which issuer two notices are of one hand: the same, or one that became the other."""
    first, second = (dict(zip(some.bodies, some.issuers, strict=True)) for some in (one, other))
    if shared := sorted(first.keys() & second.keys()):
        return f"same issuer {first[shared[0]]}"
    if written := sorted(set(one.issuers) & set(other.issuers)):
        return f"same issuer {written[0]}"
    for a in sorted(first):
        for b in sorted(second):
            if steps := succession.path(a, b) or succession.path(b, a):
                return f"{first[a]} and {second[b]}: {succession.told(steps)}"
    return None


def _title(notice: Notice) -> str:
    return title(notice.elements.title, notice.elements.jurisdiction)
