"""One-to-one normalisation: the same characters under one shape each, none moved.

Notices mix full and half width (２０１８年，（一）), PDF text carries radicals for characters (⻔ ⼯ ⺠) and pages
carry exotic spaces. Each such character is replaced by exactly one other, so an offset into the normalised
text is an offset into the published text. NFKC on whole texts would shift offsets; it is asked for single
characters only, and repaired where it has no answer (⻔ has no compatibility mapping).

Source of the equivalents of radicals and strokes: Unicode Character Database 15.0, EquivalentUnifiedIdeograph, with
the whole character (⺮ → 竹, ⻕ → 阜) where the data gives a component that no notice writes.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SPACES = "\t\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u180e\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_RADICALS = str.maketrans(
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳"
    "⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥"
    "⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳㇆㇏㇐㇑㇒㇓㇔㇕㇖㇗㇘㇙㇚㇛㇜㇝㇞㇟㇠㇡",
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻竹糹纟罓罒网"
    "冗𦉫羊𦍌𦍋耂肀聿月臼艹艹艹虎衣西西见角𧢲讠贝足车辶辶辶邑钅長镸长门阜阝雨青韦页风飞食𩙿食饣𩠐马骨鬼鱼"
    "鸟卤麦黄黾斉齐歯齿竜龙龜龟龟𠃌乀一丨丿丿丶𠃍乛𠃊𠃎𠄌亅𡿨𠃋乀𠃑乚乙𠄎",
)
_PUNCTUATION = {
    "﹒": ".", "﹐": ",", "﹑": "、", "﹔": ";", "﹕": ":", "﹖": "?", "﹗": "!", "﹙": "(", "﹚": ")",
    "﹝": "〔", "﹞": "〕", "｡": "。", "､": "、", "∶": ":", "︰": ":", "–": "—", "―": "—", "─": "—", "−": "-",
    "‐": "-", "‑": "-", "〜": "~", "∼": "~", "﹪": "%", "℅": "%", "〈": "《", "〉": "》", "＂": '"',
}  # fmt: skip


def _characters() -> dict[int, str]:
    """Return the whole character for each radical, stroke and compatibility character."""
    table: dict[int, str] = {}
    for block in (range(0x2E80, 0x2FE0), range(0xF900, 0xFB00), range(0x2F800, 0x2FA20)):
        for code in block:
            single = unicodedata.normalize("NFKC", chr(code))
            if len(single) == 1 and single != chr(code):
                table[code] = single
    table.update((code, chr(plain)) for code, plain in _RADICALS.items())
    return table


_CHARACTERS = _characters()


def _table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | _CHARACTERS
    table.update((ord(char), plain) for char, plain in _PUNCTUATION.items())
    table.update((ord(char), " ") for char in _SPACES)
    return table


def _ranges(codes: Iterable[int]) -> Iterator[str]:
    """Yield the ranges of a class of characters; one beyond U+FFFF costs a search as much as all those below."""
    for _, run in groupby(enumerate(sorted(codes)), lambda numbered: numbered[1] - numbered[0]):
        (_, first), *_, (_, last) = [*run] * 2
        yield f"\\U{first:08x}-\\U{last:08x}"


_TABLE = _table()
_OTHER = re.compile(f"[{''.join(_ranges(_TABLE))}]")
_FEW = 64  # as many replacements of one character each are faster than a look at every character


def normalise(text: str) -> str:
    """Return ``text`` with each character under its one shape; the length never changes.

    >>> normalise("（２０１８年，⻔）")
    '(2018年,门)'
    """
    position = 0
    for _ in range(_FEW):
        match = _OTHER.search(text, position)
        if match is None:
            return text
        text = text.replace(match.group(), _TABLE[ord(match.group())])
        position = match.end()
    return text.translate(_TABLE)


def whole(text: str) -> str:
    """Return ``text`` with whole characters for radicals and compatibility characters; all else stays.

    >>> whole("（一）⼯作⽬标")
    '（一）工作目标'
    """
    return text if text.isascii() else text.translate(_CHARACTERS)
