"""PDF files as the tests need them, by reportlab, with a font made here: no machine needs a Chinese font to run them.

The font has a box for each character that a test prints, one em wide for Chinese and half an em for the rest, so that
lines break where they would in a real notice.
"""

import io
import random
from functools import cache

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
LEFT, TOP, SIZE, PITCH, CHARS, LINES = 80.0, 100.0, 15.0, 28.0, 28, 22


@cache
def font(chars: str) -> str:
    """Register a font with these characters and return its name."""
    names = {char: f"u{ord(char):04X}" for char in chars}
    pen = TTGlyphPen(None)
    for index, point in enumerate([(50, 0), (50, 700), (450, 700), (450, 0)]):
        pen.lineTo(point) if index else pen.moveTo(point)
    pen.closePath()
    box = pen.glyph()
    order = [".notdef", *names.values()]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({ord(char): name for char, name in names.items()})
    builder.setupGlyf(dict.fromkeys(order, box))
    metrics = {name: (500 if char.isascii() else 1000, 50) for char, name in names.items()}
    builder.setupHorizontalMetrics({".notdef": (1000, 50), **metrics})
    builder.setupHorizontalHeader(ascent=860, descent=-140)
    name = f"Test{random.Random(chars).randrange(10**9)}"
    builder.setupNameTable({"familyName": name, "styleName": "Regular", "psName": name})
    builder.setupOS2(sTypoAscender=860, sTypoDescender=-140)
    builder.setupPost()
    file = io.BytesIO()
    builder.save(file)
    file.seek(0)
    pdfmetrics.registerFont(TTFont(name, file))
    return name


class Paper:
    """Pages to print on; places are points from the top left corner."""

    def __init__(self, *, size: tuple[float, float] = A4, **options: object) -> None:
        self._buffer = io.BytesIO()
        self._canvas = Canvas(self._buffer, pagesize=size, invariant=True, **options)
        self._height = size[1]

    def text(self, left: float, top: float, words: str, size: float = SIZE) -> "Paper":
        self._canvas.setFont(font("".join(sorted(set(words)))), size)
        self._canvas.drawString(left, self._height - top - size * 0.86, words)
        return self

    def rule(self, left: float, top: float, right: float, bottom: float) -> "Paper":
        self._canvas.line(left, self._height - top, right, self._height - bottom)
        return self

    def box(self, left: float, top: float, right: float, bottom: float) -> "Paper":
        self._canvas.rect(left, self._height - bottom, right - left, bottom - top)
        return self

    def grid(self, xs: list[float], ys: list[float], texts: list[list[str]], size: float = 12.0) -> "Paper":
        """Draw a table; the lines of a cell are parted by ``\\n``."""
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        for row, (top, line) in enumerate(zip(ys, texts, strict=False)):
            for column, (left, words) in enumerate(zip(xs, line, strict=False)):
                assert row < len(ys) - 1 and column < len(xs) - 1  # noqa: PT018
                for index, part in enumerate(words.split("\n")):
                    if part:
                        self.text(left + 3, top + 3 + index * size * 1.2, part, size)
        return self

    def raw(self, act) -> "Paper":
        """Let a test draw on the canvas itself."""
        act(self._canvas)
        return self

    def page(self) -> "Paper":
        self._canvas.showPage()
        return self

    def file(self) -> bytes:
        self._canvas.save()
        return self._buffer.getvalue()


def broken(paragraph: str) -> list[str]:
    """Return the lines of a paragraph at the margin, the first one indented; no line opens with a full stop."""
    lines, line = [], "　　" if not paragraph.startswith("|") else ""
    for char in paragraph.lstrip("|"):
        if sum(0.5 if one.isascii() else 1 for one in line) > CHARS - 1 and char not in "，。、；：）”":
            lines.append(line)
            line = ""
        line += char
    return [*lines, line]


def printed(paragraphs: list[str], *, numbers: str = "— {} —", header: str = "", **options: object) -> bytes:
    """Return a notice printed as officials do: 28 characters a line, 22 lines a page, numbered pages.

    A paragraph that opens with ``|`` is not indented, one that opens with ``^`` stands in the middle in large print.
    """
    paper = Paper(**options)
    row = page = 0

    def furniture() -> None:
        if numbers:
            paper.text(WIDTH / 2 - 20, HEIGHT - 60, numbers.format(page + 1), 12)
        if header:
            paper.text(LEFT, 45, header, 10)

    furniture()
    for paragraph in paragraphs:
        size = 22.0 if paragraph.startswith("^") else SIZE
        for line in [paragraph[1:]] if size > SIZE else broken(paragraph):
            if row == LINES:
                paper.page()
                row, page = 0, page + 1
                furniture()
            indent = len(line) - len(line.lstrip("　"))
            left = (WIDTH - len(line) * size) / 2 if size > SIZE else LEFT + indent * SIZE
            paper.text(left, TOP + row * PITCH, line.lstrip("　"), size)
            row += 1
    return paper.file()
