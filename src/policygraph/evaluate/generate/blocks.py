"""What a notice is made of before it is laid out: blocks that a page gives a line each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from policygraph.evaluate.generate.passages import Passage

Kind = Literal["title", "element", "heading", "paragraph", "row", "furniture"]


@dataclass(frozen=True, slots=True)
class Block:
    """A passage with a line of its own; ``labelled`` if it begins with a label that shows where it begins."""

    kind: Kind
    words: Passage
    labelled: bool = False
