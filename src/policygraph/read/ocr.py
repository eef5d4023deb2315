"""The door for an engine that recognises the text of scanned pages, the optional extra ``ocr``.

:func:`recognise` is the one place that knows an engine: the picture of a page in, lines of text with their boxes out.
Another engine is another body of that function. RapidOCR ships its models in its wheel and downloads nothing. What was
recognised is never taken for the text layer: each page that was is an issue.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from policygraph.read.sheet import Glyph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.read.compose import Draft

_SCALE = 2.0  # pixels a point: 144 dots an inch
_DOUBT = 0.8  # below it the engine is not sure of a line


@dataclass(frozen=True, slots=True)
class Recognised:
    """A line of text in a picture, its box in pixels from the top left, and how sure the engine is (0 to 1)."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    score: float


def recognise(picture: Any) -> list[Recognised] | None:  # noqa: ANN401 - a numpy array, which no other part knows
    """Return the lines of text in a picture (height × width × BGR), or ``None`` if no engine is installed."""
    try:
        engine = _engine()
    except ImportError:
        return None
    found, _ = engine(picture)
    lines = []
    for corners, text, score in found or ():
        xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
        lines.append(Recognised(text, min(xs), min(ys), max(xs), max(ys), float(score)))
    return lines


@cache
def _engine() -> Any:  # noqa: ANN401
    from rapidocr_onnxruntime import RapidOCR  # noqa: PLC0415 - the extra

    return RapidOCR()


def glyphs(page: Any, number: int, draft: Draft) -> list[Glyph]:  # noqa: ANN401 - a page of PDFium
    """Return the characters recognised on a page, and report that they were, or that it has none."""
    try:
        picture = page.render(scale=_SCALE).to_numpy()
    except ImportError:  # no numpy: the extra is not installed
        picture = None
    lines = recognise(picture) if picture is not None else None
    if lines is None:
        draft.issue(f"page {number} has no text layer")
        return []
    doubtful = sum(line.score < _DOUBT for line in lines)
    doubt = f", {doubtful} of {len(lines)} lines with doubt" if doubtful else ""
    draft.issue(f"page {number} has no text layer: its text was recognised from the picture{doubt}")
    return [glyph for line in lines for glyph in _spread(line)]


def _spread(line: Recognised) -> Iterator[Glyph]:
    """Yield the characters of a line, spread over its box: half an em for Latin ones, one for the others."""
    widths = [0.5 if char.isascii() else 1.0 for char in line.text]
    em = (line.right - line.left) / max(sum(widths), 1.0) / _SCALE
    left, middle = line.left / _SCALE, (line.top + line.bottom) / 2 / _SCALE
    for char, width in zip(line.text, widths, strict=True):
        if not char.isspace():
            yield Glyph(char, left, middle - em / 2, left + width * em, middle + em / 2, em)
        left += width * em
