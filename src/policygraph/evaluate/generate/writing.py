"""A notice with its gold: the scene is set, the blocks are written, laid out, and read off as quotes.

``generate(7).text`` is a notice, ``generate(7).gold`` what two readers would find in it, by gold/README.md.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from policygraph.evaluate.generate import elements, layout, sections
from policygraph.evaluate.generate.blocks import Block
from policygraph.evaluate.generate.options import Options, choose
from policygraph.evaluate.generate.passages import Passage
from policygraph.evaluate.generate.scenes import scene as set_scene
from policygraph.evaluate.gold import Gold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.evaluate.generate.passages import Mark
    from policygraph.evaluate.generate.scenes import Scene

LISTS = ("cites", "headings", "duties", "rules", "targets", "times", "qualitative", "prose")
"""The lists of a gold file, in its order."""

_SCOPE_CHARS = 16


@dataclass(frozen=True, slots=True)
class Written:
    """A notice, its gold in format 1, the options it was written with and the forms its sentences took."""

    seed: int | str
    text: str
    gold: dict[str, Any]
    options: Options
    forms: dict[str, list[tuple[str, str]]]
    """For each list of the gold, the form and the quote of every item."""

    def as_gold(self) -> Gold:
        """Return the gold as :mod:`policygraph.evaluate.gold` reads it from a file."""
        lists = {name: self.gold[name] for name in LISTS}
        return Gold(self.gold["id"], Path(f"{self.gold['id']}.json"), None, self.gold["notice"], lists)

    def used(self) -> set[str]:
        """Return every option and form of the notice, as ``dimension=value``."""
        return {*self.options.named(), *(form for items in self.forms.values() for form, _ in items)}

    def json(self) -> str:
        """Return the gold file."""
        return json.dumps(self.gold, ensure_ascii=False, indent=1) + "\n"


def generate(seed: int | str, /, **fixed: str) -> Written:
    """Write a notice with known answers; the same seed and options write the same characters.

    Raises:
        ValueError: an option or value is not known, or two of them exclude each other.

    """
    rng = Random(str(seed))  # noqa: S311 - chance, not secrecy
    options = choose(rng, fixed)
    scene = set_scene(rng, options)
    drawn = elements.draw(scene)
    page = layout.lay_out(scene, _blocks(scene, drawn))
    forms: dict[str, list[tuple[str, str]]] = {}
    for mark in page.marks:
        forms.setdefault(mark.kind, []).append((mark.form, page.text[mark.start : mark.end]))
    return Written(seed, page.text, _gold(f"G{seed}", page, drawn.gold(scene)), options, forms)


def corpus(count: int, seed: int, /, **fixed: str) -> Iterator[Written]:
    """Yield notices, each with a seed of its own that writes it again: ``7/0``, ``7/1``."""
    yield from (generate(f"{seed}/{number}", **fixed) for number in range(count))


def _blocks(scene: Scene, drawn: elements.Elements) -> list[Block]:
    """Return the blocks of a page: the notice, once or twice, between the page's own lines."""
    opening = elements.opening(scene, drawn)
    if scene.options.act == "promulgates":
        opening += elements.letter(scene, drawn)
    body = sections.write(scene, drawn.kind, drawn.annexes)
    if scene.options.act == "direct":
        first = next((index for index, block in enumerate(body) if _is_annex(block)), len(body))
        closing = [*elements.attached(scene, drawn), *elements.signature(scene, drawn)]
        body = [*body[:first], *closing, *body[first:]]
    notice = [*opening, *body]
    if scene.options.copies == "twice":
        notice += [Block(block.kind, Passage(block.words.text), block.labelled) for block in notice]
    above, below = elements.page(scene, drawn)
    return [*_furniture(above), *notice, *_furniture(below)]


def _is_annex(block: Block) -> bool:
    return any(mark.kind == "headings" and mark.fields["path"].startswith("附件") for mark in block.words.marks)


def _furniture(lines: list[str]) -> list[Block]:
    return [Block("furniture", Passage(line)) for line in lines]


def _gold(identifier: str, page: Passage, notice: dict[str, Any]) -> dict[str, Any]:
    """Read the gold off the marks, in the order of the text."""
    scopes = {mark.fields["id"]: mark.start for mark in page.marks if mark.kind == "scope"}
    lists: dict[str, list[dict[str, Any]]] = {name: [] for name in LISTS}
    for mark in sorted(page.marks, key=lambda mark: (mark.start, mark.end)):
        if mark.kind in lists:
            lists[mark.kind].append(_item(page.text, mark, scopes))
    return {"id": identifier, "notice": notice, **lists}


def _item(text: str, mark: Mark, scopes: dict[int, int]) -> dict[str, Any]:
    quote = text[mark.start : mark.end]
    nth = _occurrence(text, quote, mark.start)
    fields = dict(mark.fields)
    if mark.kind == "duties":
        begin = scopes[fields.pop("scope")]
        governed = text[begin : mark.start].strip()
        fields = {"scope_start": governed[:_SCOPE_CHARS], "scope_end": governed[-_SCOPE_CHARS:], **fields}
    return {"quote": quote, **({"nth": nth} if nth else {}), **fields}


def _occurrence(text: str, quote: str, start: int) -> int | None:
    """Return which occurrence of a quote stands at ``start``, or ``None`` if it is the only one."""
    number, at = 0, -1
    while (at := text.find(quote, at + 1)) >= 0:
        number += 1
        if at == start:
            return number if number > 1 or text.find(quote, at + 1) >= 0 else None
    raise AssertionError(quote)
