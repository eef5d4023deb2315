"""The sections of a notice by its outline style: goals, tasks, safeguards, annexes.

``full`` is 一、工作目标 二、重点任务（一）（二）三、保障措施; in ``running`` （一） goes on across 一、 and 二、;
``articles`` are 第一章 第一条 with a last chapter that says from when the rules hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policygraph.evaluate.generate import citations, sentences, times
from policygraph.evaluate.generate.passages import Passage, join
from policygraph.evaluate.generate.plan import Body

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policygraph.evaluate.generate.blocks import Block
    from policygraph.evaluate.generate.scenes import Scene


def write(scene: Scene, kind: str, annexes: Sequence[str]) -> list[Block]:
    """Return the blocks of a body; ``kind`` is what it calls itself (方案), ``annexes`` the titles of its annexes."""
    body = Body(scene)
    body.paragraph(_preamble(scene, kind))
    _OUTLINES.get(scene.options.outline, _full)(body)
    if scene.options.place == "table" and not annexes:
        style, below = ("chapter", None) if scene.options.outline == "articles" else ("han", None)
        body.head(style, scene.pick(body.common["divisions"]), below=below)
        body.table()
    for number, title in enumerate(annexes, 1):
        _annex(body, number, title, of=len(annexes))
    return body.blocks


def _preamble(scene: Scene, kind: str) -> Passage:
    aim = scene.pick(scene.topic["aims"])
    closes = "现就有关事项通知如下：" if kind == "通知" else f"制定本{kind}。"
    return "为深入贯彻落实" + citations.basis(scene) + f"精神，{aim}，结合{scene.ours}实际，{closes}"


def _background(body: Body) -> None:
    if body.options.background == "looks_back":
        body.head("han", body.scene.pick(body.common["backgrounds"]))
        body.paragraph(join("。", sentences.looks_back(body.scene)) + "。")


def _goals(body: Body) -> None:
    body.paragraph(join("。", sentences.goals(body.scene)) + "。")


def _full(body: Body) -> None:
    """Write 一、goals, 二、tasks with sections （一） of items, 三、safeguards."""
    scene = body.scene
    _background(body)
    body.head("han", scene.pick(body.common["goals"]))
    _goals(body)
    body.head("han", scene.pick(body.common["tasks"]))
    body.rule()
    for number, theme in enumerate(_themes(scene, 2, 3)):
        body.outline.begin("bracket") if number == 0 else None
        body.theme("bracket", theme, below="han", items="digit", restart=True)
    _guards(body, "han", "bracket")


def _flat(body: Body) -> None:
    """Write 一、 with items 1. right below."""
    scene = body.scene
    _background(body)
    body.head("han", scene.pick(body.common["goals"]))
    _goals(body)
    body.rule()
    for theme in _themes(scene, 2, 3):
        body.theme("han", theme, below=None, items="digit", restart=True)
    _guards(body, "han", "digit")


def _running(body: Body) -> None:
    """Write （一） that runs on across 一、二、三."""
    scene = body.scene
    _background(body)
    body.head("han", "总体要求")
    body.head("bracket", scene.pick(body.common["aims"]), below="han")
    body.paragraph(scene.pick(body.common["ideas"]) + "。")
    body.head("bracket", scene.pick(body.common["goals"]), below="han")
    _goals(body)
    body.rule()
    for theme in _themes(scene, 2, 4):
        body.theme("han", theme, below=None, items="bracket", restart=False)
    _guards(body, "han", "bracket", restart=False)


def _articles(body: Body) -> None:
    """Write 第一章 and 第一条, numbered on to the last chapter."""
    scene = body.scene
    body.head("chapter", "总则")
    _article(body, [Passage(scene.pick(body.common["ideas"]))])
    _article(body, sentences.goals(scene))
    body.rule()
    for theme in _themes(scene, 2, 3):
        body.theme("chapter", theme, below=None, items="article", restart=False)
    body.head("chapter", "附则")
    _article(body, [_validity(scene)])


def _article(body: Body, told: list[Passage]) -> None:
    written, _ = body.outline.next("article", below="chapter")
    first = body.outline.heading(written, None, told[0], "heading=article")
    body.paragraph(join("。", [first, *told[1:]]) + "。", labelled=True)


def _validity(scene: Scene) -> Passage:
    """Return the sentence that says from when, and how long, the rules hold."""
    at = times.month(scene)
    own = scene.pick((f"自{scene.year}年{at}月1日起", "自印发之日起"))
    start = None if own.startswith("自印发") else f"{scene.year}-{at:02}-01"
    words = "本办法" + times.since(own, "effective", start) + scene.pick(("施行", "执行"))
    if scene.chance(0.6):
        years = scene.pick((2, 3, 5))
        end = f"{scene.year + years}-12-31" if scene.chance(0.5) else None
        valid = Passage(f"有效期至{scene.year + years}年12月31日" if end else f"有效期{years}年")
        return words + "，" + valid.marked("times", "time=valid", kind="valid", start=None, end=end, every=None)
    return words


def _themes(scene: Scene, least: int, most: int) -> list[dict[str, Any]]:
    themes: list[dict[str, Any]] = scene.topic["themes"]
    chosen = sorted(scene.rng.sample(range(len(themes)), scene.rng.randint(least, most)))
    return [themes[index] for index in chosen]


def _guards(body: Body, style: str, items: str, *, restart: bool = True) -> None:
    """Write the section of safeguards: short items with heads that run in, and nobody assigned."""
    scene = body.scene
    body.head(style, scene.pick(body.common["safeguards"]))
    for number, guard in enumerate(scene.rng.sample(body.common["guards"], scene.rng.randint(2, 3))):
        written, _ = body.outline.next(items, below=style, restart=restart and number == 0)
        words = body.outline.heading(written, guard["head"], guard["head"], f"heading={items}")
        plain = scene.rng.sample(guard["plain"], 2)
        body.paragraph(words + "。" + "。".join(plain) + "。", labelled=True)


def _annex(body: Body, number: int, title: str, *, of: int) -> None:
    """Write an annex: its label and title, then the table of tasks or a list of projects."""
    label = "附件" if body.options.annex == "unnumbered" else f"附件{number}"
    body.outline.annex(label)
    words = body.outline.heading(label, title, "\n" + title, f"annex={body.options.annex}")
    body.heading_block(words)
    if body.options.place == "table" and number == of:
        body.table()
        return
    theme = body.scene.pick(body.scene.topic["themes"])
    for index, name in enumerate(body.scene.rng.sample(theme["heads"], 2)):
        written, _ = body.outline.next("digit", below="annex", restart=index == 0)
        head = body.outline.heading(written, name + "项目", name + "项目", "heading=annex_item")
        body.paragraph(head + "。" + body.scene.pick(theme["plain"]) + "。", labelled=True)


_OUTLINES: dict[str, Callable[[Body], None]] = {"flat": _flat, "running": _running, "articles": _articles}
