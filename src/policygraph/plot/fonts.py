"""A font that has Chinese, found on the system: Noto Sans CJK, 微软雅黑, 苹方, 文泉驿 and what else is usual.

``POLICYGRAPH_FONT`` names a font file to take instead. Characters that no font here has are drawn as □, so that a rare
one in a name (𠮷) spoils no picture.
"""

from __future__ import annotations

import os
import re
import unicodedata
from functools import cache
from pathlib import Path

from policygraph.errors import PlotError

VARIABLE = "POLICYGRAPH_FONT"
FALLBACK = "DejaVu Sans"  # matplotlib brings it
_FAMILIES = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "Microsoft YaHei", "PingFang SC",
    "Hiragino Sans GB", "DengXian", "SimHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Sans CJK JP",
    "Heiti TC", "STHeiti", "Arial Unicode MS", "Droid Sans Fallback", "Noto Serif CJK SC", "SimSun", "Songti SC",
)  # fmt: skip
_FILES = re.compile(
    r"noto\w+cjk|noto\w*sc\b|notosanssc|sourcehan|wqy|msyh|simhei|simsun|deng|pingfang|hiragino|heiti|droidsansfallback",
    re.IGNORECASE,
)
_SAMPLE = "牵头配合负责落实"
_UNKNOWN = "□"
_REMEDY = (
    "Debian, Ubuntu: apt install fonts-noto-cjk; Fedora: dnf install google-noto-sans-cjk-fonts; "
    f"or set {VARIABLE} to a font file, .ttf, .otf or .ttc"
)


@cache
def chinese() -> str:
    """Return the family of a font that has Chinese.

    Raises:
        PlotError: there is none on this system.

    """
    from matplotlib import font_manager  # noqa: PLC0415 - an extra, and slow to load

    if given := os.environ.get(VARIABLE):
        return _added(Path(given))
    for _ in range(2):
        known = {font.name for font in font_manager.fontManager.ttflist}
        for family in _FAMILIES:
            if family in known and _has_chinese(family):
                return family
        _look_again()
    raise PlotError("plot", "no font with Chinese on this system", _REMEDY)


def drawn(text: str) -> str:
    """Return a text as it can be drawn: in one line, with □ for each character that no font here has.

    What only turns the direction of others, and is no character to see, is left out.
    """
    seen = (one for one in " ".join(text.split()) if unicodedata.category(one) != "Cf")
    return "".join(one if ord(one) in _characters() else _UNKNOWN for one in seen)


@cache
def _characters() -> frozenset[int]:
    return frozenset().union(*map(_covered, (chinese(), FALLBACK)))


def _covered(family: str) -> frozenset[int]:
    from matplotlib import font_manager  # noqa: PLC0415 - as above

    path = font_manager.findfont(font_manager.FontProperties(family=family), fallback_to_default=False)
    return frozenset(font_manager.get_font(path).get_charmap())


def _has_chinese(family: str) -> bool:
    return _covered(family) >= set(map(ord, _SAMPLE))


def _added(path: Path) -> str:
    """Make a font file known to matplotlib and return its family."""
    from matplotlib import font_manager  # noqa: PLC0415 - as above

    if not path.is_file():
        raise PlotError(str(path), "no such font file", f"set {VARIABLE} to a .ttf, .otf or .ttc file")
    try:
        font_manager.fontManager.addfont(path)
        family = font_manager.get_font(path).family_name
    except (OSError, RuntimeError) as error:
        raise PlotError(str(path), "not a font that can be read", f"set {VARIABLE} to another file") from error
    if not _has_chinese(family):
        raise PlotError(str(path), "a font without Chinese", _REMEDY)
    return str(family)


def _look_again() -> None:
    """Make fonts known that were installed since matplotlib last looked; it remembers what it saw."""
    from matplotlib import font_manager  # noqa: PLC0415 - as above

    known = {str(font.fname) for font in font_manager.fontManager.ttflist}
    for path in font_manager.findSystemFonts():
        if _FILES.search(Path(path).name) and path not in known:
            font_manager.fontManager.addfont(path)
