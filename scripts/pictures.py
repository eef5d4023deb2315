"""Draw the pictures of docs/neo4j.md from answers: ``uv run python scripts/pictures.py`` builds corpus/ and asks.

A body is a box, what joins two is a line with words. ``partners.svg`` is ``ask partners 佳木斯市水务局``: who shares
most tasks with it, in which roles. ``history.svg`` is ``ask history 佳木斯市卫生健康委``, the oldest on the left.
"""

from __future__ import annotations

import math
import sys
import tempfile
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import get_args

from policygraph.models import Role
from policygraph.pipeline import build
from policygraph.store import open_store

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
_MOST_PARTNERS = 9
_CHAR, _HIGH = 14, 28
_WIDE, _APART = 380, 64
_RADIUS = (330, 200)


@dataclass
class Picture:
    """Boxes and lines on a plane, both in the order in which they were drawn."""

    wide: int
    high: int
    lines: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)

    def box(self, x: float, y: float, words: str, *, strong: bool = False) -> None:
        """Draw a box around some words, its middle at a point."""
        chars = sum(1 if ord(char) > 0xFF else 0.55 for char in words)  # noqa: PLR2004 - narrower letters
        wide = round(chars * _CHAR) + 20
        fill, ink = ("#1f6f8b", "#ffffff") if strong else ("#e8f1f5", "#123")
        self.boxes.append(
            f'<rect x="{x - wide / 2:.0f}" y="{y - _HIGH / 2:.0f}" width="{wide}" height="{_HIGH}" rx="6" '
            f'fill="{fill}" stroke="#1f6f8b"/>'
            f'<text x="{x:.0f}" y="{y + 5:.0f}" fill="{ink}" text-anchor="middle">{escape(words)}</text>'
        )

    def line(
        self, start: tuple[float, float], end: tuple[float, float], words: str, *, share: float, thick: float = 1.5
    ) -> None:
        """Draw a line between two points, with words above it after some share of its way."""
        (x1, y1), (x2, y2) = start, end
        self.lines.append(
            f'<line x1="{x1:.0f}" y1="{y1:.0f}" x2="{x2:.0f}" y2="{y2:.0f}" stroke="#8aa" stroke-width="{thick:.1f}"/>'
            f'<text x="{x1 + share * (x2 - x1):.0f}" y="{y1 + share * (y2 - y1) - 4:.0f}" fill="#555" font-size="11" '
            f'text-anchor="middle" stroke="#fff" stroke-width="4" paint-order="stroke">{escape(words)}</text>'
        )

    def svg(self) -> str:
        """Return the picture as a file's text."""
        head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.wide}" height="{self.high}" font-size="{_CHAR}" '
        fonts = "font-family=\"'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif\">"
        ground = f'<rect width="{self.wide}" height="{self.high}" fill="#ffffff"/>'
        return "\n".join([head + fonts, ground, *self.lines, *self.boxes, "</svg>"]) + "\n"


def partners(rows: list[dict[str, object]], body: str) -> str:
    """Return a body in the middle of those that share most tasks with it."""
    shown = rows[:_MOST_PARTNERS]
    picture = Picture(2 * _RADIUS[0] + 320, 2 * _RADIUS[1] + 120)
    middle = (picture.wide / 2, picture.high / 2)
    for number, row in enumerate(shown):
        angle = 2 * math.pi * number / len(shown) - math.pi / 2
        place = (middle[0] + _RADIUS[0] * math.cos(angle), middle[1] + _RADIUS[1] * math.sin(angle))
        roles = ", ".join(f"{role} {row[role]}" for role in get_args(Role) if row[role])
        picture.line(middle, place, roles, share=0.62, thick=1 + int(str(row["tasks"])) / 4)
        picture.box(*place, f"{row['partner']} {row['tasks']}")
    picture.box(*middle, body, strong=True)
    return picture.svg()


def history(rows: list[dict[str, object]]) -> str:
    """Return the chain of a body from left to right, one line for each change."""
    steps = list(dict.fromkeys(
        tuple(str(row[name]) for name in ("predecessor", "successor", "change", "on")) for row in rows
    ))  # fmt: skip
    columns: dict[str, int] = {}
    for _ in steps:
        for before, after, *_rest in steps:
            columns.setdefault(before, 0)
            columns[after] = max(columns.get(after, 0), columns[before] + 1)
    places: dict[str, tuple[float, float]] = {}
    for column in sorted(set(columns.values())):
        inside = [name for name, where in columns.items() if where == column]
        places |= {name: (160 + column * _WIDE, 40 + at * _APART) for at, name in enumerate(inside)}
    picture = Picture(int(max(x for x, _ in places.values())) + 160, int(max(y for _, y in places.values())) + 40)
    for before, after, change, on in steps:
        picture.line(places[before], places[after], f"{change}, {on}", share=0.55)
    for name, place in places.items():
        picture.box(*place, name, strong=name == rows[0]["organisation"])
    return picture.svg()


def drawn(folder: Path) -> dict[str, str]:
    """Return the pictures by the names of their files; the graph is made in a folder."""
    with open_store(folder / "graph.db") as store:
        build([ROOT / "corpus"], store)
        water, health = "佳木斯市水务局", "佳木斯市卫生健康委"
        return {
            "partners.svg": partners(store.ask("partners", organisation=water), water),
            "history.svg": history(store.ask("history", organisation=health)),
        }


def main() -> None:
    """Write the pictures."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, text in drawn(Path(folder)).items():
            (PICTURES / name).write_text(text, "utf-8")
            sys.stdout.write(f"{PICTURES / name}\n")


if __name__ == "__main__":
    main()
