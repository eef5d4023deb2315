"""The body of a notice: its outline, the paragraphs below each head and the statement that closes each task.

An item is ``1.控制用水总量。强化…`` (a head that runs in), a head on a line of its own, or a sentence; its scope begins
at its label, but below a head with a line of its own each of several paragraphs is a scope for itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policygraph.evaluate.generate import sentences, tables
from policygraph.evaluate.generate.blocks import Block
from policygraph.evaluate.generate.bodies import Roster
from policygraph.evaluate.generate.outline import Outline
from policygraph.evaluate.generate.passages import Mark, Passage, join
from policygraph.evaluate.generate.rules import Rules
from policygraph.evaluate.generate.statements import Where, state
from policygraph.evaluate.generate.words import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygraph.evaluate.generate.scenes import Scene

_STATED = 0.85
_PARTS = 2


class Body:
    """Writes the blocks of a notice's body, section by section."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.options = scene.options
        self.common = load("common")
        self.roster = Roster(scene)
        self.rules = Rules(scene, self.roster)
        self.outline = Outline(scene)
        self.blocks: list[Block] = []
        self._scopes = 0
        self._scope = 0
        self._undated = False

    # ── blocks ──────────────────────────────────────────────────────────────────────────────────────────────

    def paragraph(self, words: Passage | str, *, labelled: bool = False) -> None:
        """Add a paragraph."""
        self.blocks.append(Block("paragraph", Passage() + words, labelled))

    def head(self, style: str, title: str, *, below: str | None = None, restart: bool = False) -> None:
        """Add a heading with a line of its own; where it begins a scope may begin."""
        written, _ = self.outline.next(style, below=below, restart=restart)
        stop = "。" if self._stops(style) else ""
        words = self.outline.heading(written, title, title, f"heading={style}") + stop
        self.heading_block(self.scoped(words))

    def heading_block(self, words: Passage) -> None:
        """Add a heading as it is."""
        self.blocks.append(Block("heading", words, labelled=True))

    def _stops(self, style: str) -> bool:
        """Tell whether a head is closed by a stop: by choice below 一、, and where nothing else would show its end."""
        chosen = self.options.head_stop == "stopped" and style not in ("chapter", "han", "box")
        noisy = self.options.layout == "one_line" and self.options.spacing in ("gaps", "nbsp")
        return chosen or noisy

    def scoped(self, words: Passage) -> Passage:
        """Return words with a mark where a scope begins, which the next statement takes."""
        self._scopes += 1
        self._scope = self._scopes
        return Passage(words.text, (Mark("scope", 0, 0, "", {"id": self._scope}), *words.marks))

    # ── tasks ───────────────────────────────────────────────────────────────────────────────────────────────

    def item(self, style: str, theme: dict[str, Any], *, below: str, restart: bool, stated: bool = True) -> None:
        """Add a task: its label and head, one or two paragraphs, and what closes them."""
        heads = self.options.heads
        head = self.scene.deal("heads:" + theme["title"], theme["heads"])
        # A statement with a paragraph of its own could close the items before it as well, if they had none.
        apart = self.options.place in ("own_paragraph", "label_line")
        stated = stated and (apart or self.scene.chance(_STATED))
        # Behind a head with a line of its own no reader knows what it governs when that line is lost.
        tells = heads == "run_in" or (heads == "own_line" and self.options.layout != "one_line")
        several = stated and tells and self.scene.chance(0.3)
        if heads == "own_line":
            self.head(style, head, below=below, restart=restart)
            self.told(self._sentences(theme), stated=stated, anew=several)
        else:
            written, _ = self.outline.next(style, below=below, restart=restart)
            told = self._sentences(theme, whole=heads == "sentence")
            opened = self._opened(style, written, head, told)
            self.told(opened, stated=stated, labelled=True)
        if several:
            lead = self.scene.deal("heads:" + theme["title"], theme["heads"])
            self.told([Passage(lead), *self._sentences(theme)], stated=True, anew=True)

    def _sentences(self, theme: dict[str, Any], *, whole: bool = False) -> list[Passage]:
        return sentences.paragraph(self.scene, self.roster, theme["plain"], whole=whole)

    def _opened(self, style: str, written: str, head: str, told: list[Passage]) -> list[Passage]:
        """Return the sentences of an item with its label before them: with a head that runs in, or without."""
        if self.options.heads == "run_in":
            return [self.scoped(self.outline.heading(written, head, head, f"heading={style}")), *told]
        first = self.outline.heading(written, None, told[0], f"heading={style}")
        return [self.scoped(first), *told[1:]]

    def told(self, told: Sequence[Passage], *, stated: bool, labelled: bool = False, anew: bool = False) -> None:
        """Add a paragraph and the statement that closes it; ``anew`` if a scope begins with its first words."""
        place = self.options.place
        told = list(told)
        undated = any(map(_undated, told))
        self._undated = undated or (self._undated and place == "section_close")
        if anew:
            told[0] = self.scoped(told[0])
        if not stated or place in ("table", "section_close"):
            self.paragraph(join("。", told) + "。", labelled=labelled)
        elif place == "mid_paragraph" and len(told) > _PARTS and (labelled or anew):
            self.paragraph(self._halves(told), labelled=labelled)
        else:
            self._closed(join("。", told), labelled=labelled)

    def _halves(self, told: Sequence[Passage]) -> Passage:
        """Return a paragraph of two parts, each with its own statement."""
        cut = self.scene.rng.randint(2, len(told) - 1)
        first = join("。", told[:cut])
        early = self.scene.chance(0.5)
        opened = first + self.statement(stopped=False) + "。" if early else first + "。" + self.statement()
        rest = join("。", [self.scoped(told[cut]), *told[cut + 1 :]])
        return opened + rest + "。" + self.statement()

    def _closed(self, words: Passage, *, labelled: bool) -> None:
        """Add a paragraph with its statement at the place that the options say."""
        place = self.options.place
        if place == "before_stop":
            self.paragraph(words + self.statement(stopped=False) + "。", labelled=labelled)
        elif place in ("own_paragraph", "label_line"):
            self.paragraph(words + "。", labelled=labelled)
            closes = "。" if place == "label_line" and self.options.layout == "one_line" else ""
            self.paragraph(self.statement(labels=place == "label_line") + closes)
        elif place == "run_in_label":
            self.paragraph(words + "。" + self.statement(labels=True) + "。", labelled=labelled)
        else:
            self.paragraph(words + "。" + self.statement(), labelled=labelled)

    def statement(self, *, labels: bool = False, stopped: bool = True) -> Passage:
        """Return a statement that governs the text from where the last scope began.

        It sets no deadline where a target waits for a date: readers could take it for the target's.
        """
        where = Where(bracketed=not labels, stopped=stopped, dated=not self._undated)
        said = state(self.scene, self.roster, self.rules, where)
        form = f"place={self.options.place}"
        return said.words.marked("duties", form, roles=said.roles, inherited=said.inherited, scope=self._scope)

    # ── sections ────────────────────────────────────────────────────────────────────────────────────────────

    def rule(self) -> None:
        """Add the sentence that states a default rule, if the notice says one in prose."""
        if words := self.rules.sentence():
            self.paragraph(words)

    def theme(self, style: str, theme: dict[str, Any], *, below: str | None, items: str, restart: bool) -> None:
        """Add a section of tasks."""
        self.head(style, theme["title"], below=below)
        section, self._undated = self._scope, False
        count = self.scene.rng.randint(2, 3)
        for number in range(count):
            if self.options.outline == "deep" and self.scene.chance(0.6):
                self._deep(theme, first=restart and number == 0)
            else:
                self.item(items, theme, below=style, restart=restart and number == 0)
        if self.options.outline == "boxes":
            self._box(theme, style)
        if self.options.place == "section_close":
            self._scope = section
            self.paragraph(self.statement())

    def _deep(self, theme: dict[str, Any], *, first: bool) -> None:
        """Add an item that has items of its own, and they may have some below ①."""
        self.head("digit", self.scene.deal("heads:" + theme["title"], theme["heads"]), below="bracket", restart=first)
        for number in range(2):
            if self.options.heads == "own_line" and number == 1 and self.scene.chance(0.7):
                title = self.scene.deal("heads:" + theme["title"], theme["heads"])
                self.head("digit_bracket", title, below="digit")
                for lower in range(2):
                    self.item("circled", theme, below="digit_bracket", restart=lower == 0)
            else:
                self.item("digit_bracket", theme, below="digit", restart=number == 0)

    def _box(self, theme: dict[str, Any], style: str) -> None:
        """Add a box of projects with items of its own."""
        self.head("box", self.scene.pick(theme["heads"]) + "重点工程", below=style)
        for number, name in enumerate(self.scene.rng.sample(theme["heads"], 2)):
            written, _ = self.outline.next("digit", below="box", restart=number == 0)
            words = self.outline.heading(written, name + "工程", name + "工程", "heading=box_item")
            plain = self.scene.deal(theme["plain"][0], theme["plain"])
            self.paragraph(words + "。" + plain + "。", labelled=True)

    def table(self) -> None:
        """Add the table that assigns the tasks, and the note below it."""
        for row in tables.rows(self.scene, self.roster, self.rules):
            self.blocks.append(Block("row", row))
        if note := self.rules.note():
            self.paragraph(note)


def _undated(sentence: Passage) -> bool:
    """Tell whether a sentence has a target and no date for it."""
    kinds = {mark.kind for mark in sentence.marks}
    return "targets" in kinds and "times" not in kinds
