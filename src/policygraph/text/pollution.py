"""What mirrors put between and for the characters of a notice: 市水務局, 市水shui务局, 工作エ作.

Copies are spoiled so that they are not found as copies. Where it is certain which character is meant, the text that
finders read has it: :func:`mended` changes characters one for one, and turns a syllable that spells the character
beside it into characters of no width, so that no offset moves. All else is only counted: a syllable that stands for a
character (市水wu局) is not guessed. Latin words (GDP, PM2.5, app) are no syllables between characters and count
nothing, nor does one word that comes again and again (mu).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from policygraph.text.variants import READINGS, SIMPLIFIED, TRADITIONAL

_HAN = r"[\u4e00-\u9fff]"
_PLAIN = dict(zip(TRADITIONAL, SIMPLIFIED, strict=True))
_COUNTERPARTS = frozenset(SIMPLIFIED)
_TRADITIONAL = re.compile(f"[{TRADITIONAL}]")
_ALIKE = {"ニ": "二", "ハ": "八", "ロ": "口", "エ": "工", "カ": "力", "タ": "夕", "ー": "一", "ㄧ": "一", "ㅡ": "一"}
_BETWEEN = re.compile(rf"[{''.join(_ALIKE)}](?<={_HAN}.)(?={_HAN})")
_LETTER = "[a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]"
_SYLLABLE = re.compile(rf"{_LETTER}(?<={_HAN}.){_LETTER}{{0,5}}(?={_HAN})")
_SUSPECT = re.compile(f"[{TRADITIONAL}{''.join(_ALIKE)}{_LETTER[1:]}")
_FIRST = sorted((pair[-1].encode("gb2312"), pair[:-1]) for pair in READINGS.split())
_STARTS = [code for code, _ in _FIRST]
_SYLLABLES = frozenset(name for _, name in _FIRST)
_LAST = "座".encode("gb2312")
_UNSEEN = "\u200b"
_OTHERWISE = 0.5
_LEAST = 3
_LEAST_SHARE = 0.002


class Pollution(NamedTuple):
    """How many characters stand for others or between them, and their share of all Chinese characters."""

    traditional: int
    alike: int
    syllables: int
    share: float


def suspected(text: str) -> bool:
    """Tell, cheaply, whether any character stands in a text that may be a mirror's; else nothing is to be mended."""
    return _SUSPECT.search(text) is not None


def mended(text: str) -> str:
    """Return a text with what is certain put right; the length never changes.

    >>> mended("市水務局负责组织实施"), mended("市水务局和wu局")
    ('市水务局负责组织实施', '市水务局和wu局')
    """
    if _spoiled(text):
        text = _TRADITIONAL.sub(lambda match: _PLAIN[match.group()], text)
    text = _BETWEEN.sub(lambda match: _ALIKE[match.group()], text)
    found = [match.span() for match in _syllables(text) if _spells(text, match)]
    if len(found) < _LEAST:
        return text
    pieces: list[str] = []
    reach = 0
    for start, end in found:
        pieces += text[reach:start], _UNSEEN * (end - start)
        reach = end
    return "".join([*pieces, text[reach:]])


def measure(text: str) -> Pollution | None:
    """Return how much of a text is polluted, or ``None`` if it is no more than an honest text may have."""
    traditional = len(_TRADITIONAL.findall(text)) if _spoiled(text) else 0
    alike = len(_BETWEEN.findall(text))
    spelt = [match.group() for match in _syllables(text)]
    syllables = len(spelt) if len(set(spelt)) >= _LEAST else 0
    count = traditional + alike + syllables
    if count < _LEAST:
        return None
    share = count / max(1, len(re.findall(_HAN, text)))
    return Pollution(traditional, alike, syllables, share) if share >= _LEAST_SHARE else None


def reading(char: str) -> str | None:
    """Return the syllable of a common character, ``None`` for others.

    >>> reading("水"), reading("务"), reading("A")
    ('shui', 'wu', None)
    """
    try:
        code = char.encode("gb2312")
    except UnicodeEncodeError:
        return None
    return _FIRST[bisect_right(_STARTS, code) - 1][1] if _STARTS[0] <= code <= _LAST else None


def _spoiled(text: str) -> bool:
    """Tell whether a text is simplified but for some traditional characters."""
    wanted = len(_TRADITIONAL.findall(text)) / _OTHERWISE
    if not wanted:
        return False
    simplified = accumulate(map(text.count, _COUNTERPARTS.intersection(text)))
    return any(count >= wanted for count in simplified)


def _syllables(text: str) -> list[re.Match[str]]:
    """Return the runs of small letters between characters that are a syllable, or show its tone."""
    return [
        match
        for match in _SYLLABLE.finditer(text)
        if _toneless(match.group()) in _SYLLABLES and (len(match.group()) > 1 or not match.group().isascii())
    ]


def _spells(text: str, match: re.Match[str]) -> bool:
    return _toneless(match.group()) in {reading(text[match.start() - 1]), reading(text[match.end()])}


def _toneless(syllable: str) -> str:
    parts = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(char for char in parts if not unicodedata.combining(char))
