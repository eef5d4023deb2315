"""The numbered outline of a notice as it is written: labels, heads and the path that a reader gives them.

``（一）`` has the bare label 一, ``1．`` the label 1; the path joins the labels that are open: 二/一/1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.evaluate.generate.passages import Passage

if TYPE_CHECKING:
    from policygraph.evaluate.generate.scenes import Scene

_HAN = "零一二三四五六七八九"
_TEN = 10
_DOTS = {"dot": ".", "full_dot": "．", "pause": "、", "small_dot": "﹒"}
_CIRCLED = ord("①") - 1


def han(number: int) -> str:
    """Return a number below 100 in Chinese numerals.

    >>> han(3), han(10), han(21)
    ('三', '十', '二十一')
    """
    tens, ones = divmod(number, _TEN)
    return ("" if tens == 0 else "十" if tens == 1 else _HAN[tens] + "十") + (_HAN[ones] if ones else "")


class Outline:
    """The labels that are open, and how the notice's styles write them."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._open: list[tuple[str, str]] = []
        self._last: dict[str, int] = {}

    def next(self, style: str, *, below: str | None = None, restart: bool = False) -> tuple[str, str]:
        """Open the next label of a style below the open one of style ``below`` and return it as written and bare."""
        self._close(below)
        number = 0 if restart else self._last.get(style, 0)
        number += 2 if self._skips(style, number) else 1
        self._last[style] = number
        return self._opened(style, number)

    def begin(self, style: str) -> None:
        """Let the next label of a style be its first."""
        self._last[style] = 0

    def annex(self, label: str) -> None:
        """Open an annex: a heading at the top, below which everything begins anew."""
        self._open = [("annex", label)]
        self._last = {}

    def heading(self, written: str, title: str | None, words: Passage | str, form: str) -> Passage:
        """Return a label and the words behind it, marked as the heading that is open and is called ``title``."""
        path = "/".join(bare for _, bare in self._open)
        fields = {"label": self._open[-1][1], "level": len(self._open), "title": title, "path": path}
        return (Passage(written) + words).marked("headings", form, **fields)

    def _close(self, below: str | None) -> None:
        styles = [style for style, _ in self._open]
        self._open = self._open[: styles.index(below) + 1] if below in styles else []

    def _skips(self, style: str, number: int) -> bool:
        skips = self.scene.options.outline == "skipped" and style in ("han", "bracket", "digit") and number > 0
        return skips and self.scene.chance(0.25)

    def _opened(self, style: str, number: int) -> tuple[str, str]:
        dot = _DOTS[self.scene.options.dot]
        written, bare = {
            "chapter": (f"第{han(number)}章 ", han(number)),
            "article": (f"第{han(number)}条 ", han(number)),
            "han": (f"{han(number)}、", han(number)),
            "bracket": (f"（{han(number)}）", han(number)),
            "digit": (f"{number}{dot}", str(number)),
            "digit_bracket": (f"（{number}）", str(number)),
            "circled": (chr(_CIRCLED + number), chr(_CIRCLED + number)),
            "box": (f"专栏{number} ", f"专栏{number}"),
        }[style]
        self._open.append((style, bare))
        return written, bare
