"""Chinese and Arabic numerals, exact.

``三十二`` is 32, ``二〇一八`` is 2018, ``1,200`` is 1200, ``三分之二`` is left to its finder. Values are decimal
strings: ``0.612`` stays ``0.612``.
"""

from __future__ import annotations

from functools import lru_cache

DIGITS = {char: value for value, chars in enumerate(
    ("〇○零", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")) for char in chars}  # fmt: skip
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}

CHINESE = "".join(DIGITS) + "".join(_TENS)
"""The characters that a Chinese numeral below 万 is written with."""


def integer(numeral: str) -> int | None:
    """Return the value of a whole numeral, Chinese or Arabic, or ``None`` if it is none.

    >>> integer("三十二"), integer("二〇一八"), integer("廿")
    (32, 2018, None)
    """
    if not numeral:
        return None
    if numeral.isascii():
        return int(numeral) if numeral.isdigit() else None
    if all(char in DIGITS for char in numeral):
        return int("".join(str(DIGITS[char]) for char in numeral))
    return _positional(numeral)


def _positional(numeral: str) -> int | None:
    total = section = digit = 0
    for char in numeral:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in _TENS:
            section += (digit or 1) * _TENS[char]
            digit = 0
        elif char in _MYRIADS:
            total = (total + section + digit) * _MYRIADS[char]
            section = digit = 0
        else:
            return None
    return total + section + digit


@lru_cache(maxsize=8192)
def decimal(written: str) -> str | None:
    """Return a written number as a plain decimal string, or ``None`` if it is none.

    >>> decimal("10,605"), decimal("47.38"), decimal("两")
    ('10605', '47.38', '2')
    """
    plain = written.replace(",", "")
    if plain.isascii() and plain.replace(".", "", 1).isdigit():
        whole, dot, rest = plain.partition(".")
        return f"{int(whole or 0)}{dot}{rest}" if rest else str(int(whole))
    value = integer(written)
    return None if value is None else str(value)
