"""How blocks become the text of a page: widths, stray spaces, line breaks, and lines that are not broken at all.

Nothing here changes what is said: ``2018年 年底前``, ``（一）`` as ``(一)``, ``６％``, a sentence cut at the 32nd
character, a whole notice on one line. A block that ends with neither a stop nor a label ahead is parted from the next
by a gap.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policygraph.evaluate.generate.passages import Passage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygraph.evaluate.generate.blocks import Block
    from policygraph.evaluate.generate.scenes import Scene

_HALF = {"，": ",", "：": ":", "；": ";", "（": "(", "）": ")", "！": "!", "？": "?"}
_FULL = {**{str(digit): chr(0xFF10 + digit) for digit in range(10)}, "%": "％"}
_ENDS = "。；：）)]〕】"
_WIDTHS = range(28, 41)
_NEAR = 3
_GAPS = {"gaps": " ", "nbsp": "\xa0", "zero_width": "\u200b"}
_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff。，、])(?=[\u4e00-\u9fff])|(?<=\d)(?=年|月|日)|(?<=[年月])(?=\d)")
_YEAR = re.compile(r"(?<!\d)20(?=\d\d年)")
_GAP_SHARE = 0.02
_FULL_SHARE = 0.25


def lay_out(scene: Scene, blocks: Sequence[Block]) -> Passage:
    """Return the page that shows the blocks, with the marks where their words came to stand."""
    shown = [replace(block, words=_disturbed(scene, block.words)) for block in blocks]
    if scene.options.layout == "one_line":
        return _one_line(scene, shown)
    width = _width(scene, shown) if scene.options.layout == "wrapped" else 0
    page = Passage()
    for index, block in enumerate(shown):
        page = page + ("\n" if index else "") + _lines(scene, block, width)
    return page


def _disturbed(scene: Scene, words: Passage) -> Passage:
    """Return words in the notice's widths and with its stray spaces."""
    text = words.text
    pieces = list(text)
    for index, char in enumerate(pieces):
        if char in _HALF and _halves(scene):
            pieces[index] = _HALF[char]
    if scene.options.digits == "full":
        for match in re.finditer(r"\d+%?|%", text):
            for index in range(*match.span()) if scene.chance(_FULL_SHARE) else range(0):
                pieces[index] = _FULL[text[index]] if scene.chance(0.7) else text[index]
    gap = _GAPS.get(scene.options.spacing)
    for match in _BETWEEN.finditer(text):
        if gap and scene.chance(_GAP_SHARE):
            pieces[match.start() - 1] += gap * scene.rng.randint(1, 2)
    if scene.options.spacing == "split_years":
        for match in _YEAR.finditer(text):
            if scene.chance(0.15):
                pieces[match.end() - 1] += " "
    return words.mapped(pieces)


def _halves(scene: Scene) -> bool:
    return scene.options.punctuation == "half" or (scene.options.punctuation == "mixed" and scene.chance(0.5))


def _one_line(scene: Scene, blocks: Sequence[Block]) -> Passage:
    """Return the blocks on one line; what shows its end or its beginning may be run on."""
    page = Passage()
    for index, block in enumerate(blocks):
        words = block.words.mapped([" " if char == "\n" else char for char in block.words.text])
        if index:
            tells = page.text[-1] in _ENDS or block.labelled
            plain = blocks[index - 1].kind in ("paragraph", "heading") and block.kind in ("paragraph", "heading")
            run_on = tells and plain and scene.chance(0.6)
            page = page + ("" if run_on else scene.pick((" ", "  ", "\u3000", "\u3000\u3000")))
        page = page + words
    return page


def _lines(scene: Scene, block: Block, width: int) -> Passage:
    """Return a block as its lines, with its indent."""
    indent = {"none": "", "ideographic": "\u3000\u3000", "spaces": "    "}[scene.options.indent]
    if block.kind == "title":
        indent = scene.pick(("", indent))
    words = block.words
    if width and block.kind == "paragraph":
        words = _wrapped(words, width, len(indent))
    return indent + words if block.kind != "row" else words


def _wrapped(words: Passage, width: int, indent: int) -> Passage:
    """Return words with a line break after every ``width`` characters, the indent of the first line counted."""
    pieces = list(words.text)
    for index in range(width - indent - 1, len(pieces) - 1, width):
        pieces[index] += "\n"
    return words.mapped(pieces)


def _width(scene: Scene, blocks: Sequence[Block]) -> int:
    """Return a margin that no line falls upon which is broken for a reason of its own, as far as there is one."""
    indent = {"none": 0, "ideographic": 2, "spaces": 4}[scene.options.indent]
    lengths = [
        indent + len(line) for block in blocks for line in block.words.text.split("\n") if block.kind != "paragraph"
    ]
    ends = [(indent + len(block.words.text), block.words.text[-1]) for block in blocks if block.kind == "paragraph"]

    def doubtful(width: int) -> int:
        own = sum(abs(length - width) <= _NEAR for length in lengths)
        return own + sum(end not in _ENDS and length % width in (0, width - 1, width - 2) for length, end in ends)

    widths = scene.rng.sample(list(_WIDTHS), len(_WIDTHS))
    return min(widths, key=doubtful)
