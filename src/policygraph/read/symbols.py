"""Characters of symbol fonts (Wingdings, Symbol) as the Unicode characters that look like them: ``☑ 是 ☐ 否``.

Office programs write such a character as a font and a code below 256, or as a private code point U+F000 + code.
Source: Microsoft's Wingdings and Symbol fonts, the signs that notices and their forms use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policygraph.read.compose import Draft

_FONTS = {
    "wingdings": {
        0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0x77: "◆",
        0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "□", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xFB: "✗",
        0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x81: "①", 0x82: "②", 0x83: "③", 0x84: "④", 0x85: "⑤", 0x86: "⑥", 0x87: "⑦",
        0x88: "⑧", 0x89: "⑨", 0x8A: "⑩",
    },
    "wingdings 2": {0x50: "✓", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□", 0x96: "•", 0x97: "●"},
    "symbol": {
        0xB7: "•", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xA3: "≤", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0x6D: "μ",
        0x61: "α", 0x62: "β", 0x67: "γ", 0x25: "%", 0x2D: "−", 0xAE: "→", 0xAC: "←", 0xE5: "∑",
    },
}  # fmt: skip
_PRIVATE = 0xF000
_SIGN = "\ufffd"


def symbol(font: str | None, code: int | None, draft: Draft) -> str:
    """Return the character that looks like a code of a symbol font; U+FFFD and an issue for one not known."""
    if code is None:
        return ""
    low = code - _PRIVATE if _PRIVATE <= code < _PRIVATE + 256 else code
    found = _FONTS.get((font or "").lower(), {}).get(low)
    if found is None:
        draft.issue(f"a sign of the font {font or 'that is not named'} has no known character (code {low:#04x})")
    return found or _SIGN
