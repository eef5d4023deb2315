"""Numbers of a spreadsheet as its reader sees them: 43299 in the format ``yyyy"年"m"月"d"日"`` is 2018年7月18日.

Dates, percentages, decimals and thousands are written as the cell's format says (ECMA-376 Part 1, 18.8.30 and 18.8.31,
with the Chinese built-in formats). What a format does not settle is written as a plain number.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss",
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<money>[^\]-]*)[^\]]*\]|\[(?P<elapsed>[hms]+)\]|\[[^\]]*\]|_.|\*.'
    r"|(?P<date>y+|m+|d+|h+|s+|a{3,4}|AM/PM|A/P|上午/下午)|(?P<number>[0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+)|(?P<other>.)",
    re.IGNORECASE,
)
Section = tuple[re.Match[str], ...]

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
_WEEKDAYS = "一二三四五六日"
_LAST_DAY = 2_958_466
_MOST_EXPONENT = 300  # no double is larger
_MOST_DECIMALS = 30
_CODE_CHARS = 255
_LEAP_DAY_OF_1900 = 60


def built_in(number: int) -> str:
    """Return the format of a number that files do not spell out."""
    return _BUILT_IN.get(number, "General")


def shown(value: str, code: str, *, from_1904: bool = False) -> str:
    """Return a number, given as it is stored, as its format shows it.

    >>> shown("43299", 'yyyy"年"m"月"d"日"'), shown("0.55", "0%"), shown("47.380000000000003", "General")
    ('2018年7月18日', '55%', '47.38')
    """
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite() or abs(number.adjusted()) > _MOST_EXPONENT:
        return value
    sections = _sections(code)
    section = sections[1] if number < 0 and len(sections) > 1 and sections[1] else sections[0]
    kinds = {name for match in section for name, words in match.groupdict().items() if words}
    if kinds & {"date", "elapsed"}:
        return _date(float(number), section, from_1904=from_1904) or _plain(number)
    numbers = [match for match in section if match["number"]]
    if len(numbers) != 1 or any(match["other"] in ("/", "E", "@") for match in section):
        return _plain(number)
    return _number(number if section is sections[0] else abs(number), numbers[0]["number"], section)


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[tuple[re.Match[str], ...], ...]:
    """Return the parts of a format for positive and negative numbers; a ``;`` in quotes parts nothing."""
    parts: list[list[re.Match[str]]] = [[]]
    for match in _TOKEN.finditer(code if len(code) <= _CODE_CHARS else "General"):
        if match["other"] == ";":
            parts.append([])
        else:
            parts[-1].append(match)
    return tuple(map(tuple, parts))


def _plain(number: Decimal) -> str:
    """Return a number without the noise of its binary form (47.380000000000003)."""
    short = Decimal(f"{number:.12g}")
    text = f"{short if short.adjusted() < 11 else number:f}"  # noqa: PLR2004 - digits a double surely has
    return text.rstrip("0").rstrip(".") if "." in text else text


def _number(number: Decimal, places: str, section: Section) -> str:
    whole, _, decimals = places.partition(".")
    thousands = len(whole) - len(whole.rstrip(","))
    value = number * 100 ** sum(match["other"] == "%" for match in section) / 1000**thousands
    most, least = min(len(decimals), _MOST_DECIMALS), decimals.count("0")
    written = f"{abs(value):.{most}f}"
    units, _, rest = written.partition(".")
    while len(rest) > least and rest.endswith("0"):
        rest = rest[:-1]
    units = units.rjust(min(whole.count("0"), _MOST_DECIMALS), "0")
    if "," in whole.rstrip(","):
        units = f"{int(units):,}"
    digits = f"{units}.{rest}" if rest else units
    sign = "-" if value < 0 and Decimal(written) else ""
    return sign + "".join(digits if match["number"] else _literal(match) for match in section).strip()


def _literal(match: re.Match[str]) -> str:
    return match["quoted"] or match["escaped"] or match["money"] or match["other"] or ""


def _date(serial: float, tokens: Section, *, from_1904: bool) -> str | None:
    """Return a date or time, or ``None`` if the number is none."""
    if not 0 <= serial < _LAST_DAY:
        return None
    base = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30 if serial >= _LEAP_DAY_OF_1900 else 31)
    moment = base + timedelta(seconds=round(serial * 86400))
    half = any((match["date"] or "").upper() in ("AM/PM", "A/P", "上午/下午") for match in tokens)
    out: list[str] = []
    before = ""
    for index, match in enumerate(tokens):
        word = (match["date"] or "").lower()
        if word.startswith("m") and len(word) < 3 and (before[:1] == "h" or _seconds_follow(tokens, index)):  # noqa: PLR2004
            out.append(f"{moment.minute:0{len(word)}d}")
        elif match["elapsed"]:
            out.append(str(int(serial * 24)))
        else:
            out.append(_part(moment, word, half=half) if word else _literal(match))
        before = word or match["elapsed"] or before
    return "".join(out).strip()


def _seconds_follow(tokens: Section, index: int) -> bool:
    following = next((match["date"] for match in tokens[index + 1 :] if match["date"]), "")
    return following.lower().startswith("s")


def _part(moment: datetime, word: str, *, half: bool) -> str:
    hour = (moment.hour % 12 or 12) if half else moment.hour
    plain = {"y": moment.year % 100, "m": moment.month, "d": moment.day, "h": hour, "s": moment.second}
    if word in ("am/pm", "a/p", "上午/下午"):
        first, _, second = word.upper().partition("/")
        return first if moment.hour < 12 else second  # noqa: PLR2004
    if word.startswith("a"):
        return ("星期" if len(word) > 3 else "") + _WEEKDAYS[moment.weekday()]  # noqa: PLR2004
    if word.startswith("y") and len(word) > 2:  # noqa: PLR2004
        return f"{moment.year:04d}"
    if word in ("mmm", "mmmm", "mmmmm"):
        return _MONTHS.split()[moment.month - 1]
    if word in ("ddd", "dddd"):
        return "星期" + _WEEKDAYS[moment.weekday()]
    return f"{plain[word[0]]:0{min(len(word), 2)}d}"
