"""Automatic numbers as the text a person sees: level formats and counters become 一、 （一） 1. （1） ①.

Word keeps 一、 out of the text of a paragraph: the paragraph only names a list and a level, and the list says how the
level counts and what stands around the number (``%1、``). DOCX (ECMA-376 part 1, 17.9) and Word 97 ([MS-DOC] 2.4.6.3)
name the same formats, so both readers count here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_TENS = ("", "十", "百", "千")
_FORMAL_TENS = ("", "拾", "佰", "仟")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_MOST = 9999
_CIRCLES = {"①": 20, "⑴": 20, "⒈": 20, "㈠": 10}
_BULLET_FONT = range(0xE000, 0xF900)
_LEVELS = 9

# The codes of Word 97 (nfc) for the formats' names in DOCX.
CODES = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 10: "ideographDigital",
    11: "japaneseCounting", 14: "decimalFullWidth", 18: "decimalEnclosedCircle", 19: "decimalFullWidth2",
    22: "decimalZero", 23: "bullet", 26: "decimalEnclosedFullstop", 27: "decimalEnclosedParen",
    28: "decimalEnclosedCircleChinese", 29: "ideographEnclosedCircle", 30: "ideographTraditional",
    31: "ideographZodiac", 33: "taiwaneseCounting", 34: "ideographLegalTraditional",
    35: "taiwaneseCountingThousand", 36: "taiwaneseDigital", 37: "chineseCounting", 38: "chineseLegalSimplified",
    39: "chineseCountingThousand", 255: "none",
}  # fmt: skip


def number(value: int, form: str) -> str:
    """Return a number in one of the formats that Word names; an unknown format counts in digits.

    >>> number(12, "chineseCounting"), number(3, "decimalEnclosedCircle"), number(4, "upperRoman")
    ('十二', '③', 'IV')
    """
    if form in ("none", "bullet") or value < 0:
        return ""
    if value > _MOST:
        return str(value)
    return _FORMS.get(form, str)(value)


def _counted(value: int, digits: str = _DIGITS, tens: tuple[str, ...] = _TENS) -> str:
    if value == 0:
        return digits[0].replace("〇", "零")
    out = ""
    pending = False
    for power in range(len(str(value)) - 1, -1, -1):
        digit = value // 10**power % 10
        if digit:
            out += ("零" if pending else "") + digits[digit] + tens[power]
        pending = bool(out) and digit == 0
    return out.removeprefix("一") if digits is _DIGITS and 10 <= value < 20 else out  # noqa: PLR2004 - 十二, not 一十二


def _digital(value: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(value))


def _wide(value: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))


def _enclosed(value: int, first: str) -> str:
    return chr(ord(first) + value - 1) if 1 <= value <= _CIRCLES[first] else str(value)


def _roman(value: int) -> str:
    out = ""
    for size, letters in _ROMAN:
        out += letters * (value // size)
        value %= size
    return out


def _letter(value: int) -> str:
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if value else ""


def _cycle(value: int, signs: str) -> str:
    return signs[value - 1] if 1 <= value <= len(signs) else str(value)


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "chineseCounting": _counted,
    "chineseCountingThousand": _counted,
    "japaneseCounting": _counted,
    "taiwaneseCounting": _counted,
    "taiwaneseCountingThousand": _counted,
    "koreanCounting": _counted,
    "ideographDigital": _digital,
    "japaneseDigitalTenThousand": _digital,
    "taiwaneseDigital": _digital,
    "chineseLegalSimplified": lambda value: _counted(value, _FORMAL, _FORMAL_TENS),
    "ideographLegalTraditional": lambda value: _counted(value, _FORMAL, _FORMAL_TENS),
    "decimalEnclosedCircle": lambda value: _enclosed(value, "①"),
    "decimalEnclosedCircleChinese": lambda value: _enclosed(value, "①"),
    "decimalEnclosedParen": lambda value: _enclosed(value, "⑴"),
    "decimalEnclosedFullstop": lambda value: _enclosed(value, "⒈"),
    "ideographEnclosedCircle": lambda value: _enclosed(value, "㈠"),
    "ideographTraditional": lambda value: _cycle(value, _STEMS),
    "ideographZodiac": lambda value: _cycle(value, _BRANCHES),
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda value: _letter(value).upper(),
    "lowerLetter": _letter,
}


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of a list counts: ``text`` holds ``%1`` … ``%9`` for the numbers of the levels.

    ``restart`` is the level (counted from 1) whose items, and those above it, start this one anew, 0 for none and
    ``None`` for every higher level;
    ``gap`` tells whether the label is followed by a tab or a space; ``legal`` writes all its numbers in digits.
    """

    form: str = "decimal"
    text: str = "%1."
    start: int = 1
    restart: int | None = None
    gap: bool = True
    legal: bool = False


@dataclass(slots=True)
class Counters:
    """The numbers that lists have reached; lists that share a definition share their numbers."""

    reached: dict[tuple[str, int], int] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)

    def label(self, definition: str, number_id: str, levels: dict[int, Level], at: int, *, anew: bool = False) -> str:
        """Count an item and return its label, with a space behind it where only that keeps it apart.

        ``definition`` names what is counted together, ``number_id`` the list; ``anew`` says that this list starts
        at its own number where its definition has been counted before.
        """
        level = levels.get(at, Level())
        first_of_list = anew and (number_id, at) not in self.started
        self.started.add((number_id, at))
        if first_of_list or (definition, at) not in self.reached:
            self.reached[definition, at] = level.start
        else:
            self.reached[definition, at] += 1
        for lower in range(at + 1, _LEVELS):
            restart = levels.get(lower, Level()).restart
            if restart is None or at < restart:
                self.reached.pop((definition, lower), None)
        return spaced(self._text(definition, levels, level), level)

    def _text(self, definition: str, levels: dict[int, Level], level: Level) -> str:
        if level.form == "bullet":
            return "".join("•" if ord(sign) in _BULLET_FONT else sign for sign in level.text)
        out = level.text
        for index in range(_LEVELS):
            if f"%{index + 1}" in out:
                other = levels.get(index, Level())
                value = self.reached.get((definition, index), other.start)
                form = "decimal" if level.legal and other.form != "none" else other.form
                out = out.replace(f"%{index + 1}", number(value, form))
        return out


def spaced(label: str, level: Level) -> str:
    """Put a space behind a label that would run into the text: ``1. 2018年``, but ``一、目标``."""
    label = label.strip()
    return label + " " if label and level.gap and (label[-1].isascii() or label[-1] == "•") else label
