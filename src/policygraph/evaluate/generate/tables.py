"""A table of tasks as plain text: tab-separated rows with columns in any order, headed by what they hold.

``序号\t重点任务\t牵头单位\t配合单位\t完成时限``. A row's statement is what stands in its columns of bodies; it governs
the row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.evaluate.generate import bodies, counts, measures, times
from policygraph.evaluate.generate.passages import Mark, Passage, join

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygraph.evaluate.generate.bodies import Roster
    from policygraph.evaluate.generate.rules import Rules
    from policygraph.evaluate.generate.scenes import Scene

_TASK_HEADS = ("重点任务", "工作任务", "任务内容", "主要任务", "工作内容")
_DEADLINE_HEADS = ("完成时限", "完成时间", "时间节点")
_PAIRS = (
    (("牵头单位", "L"), ("配合单位", "S")),
    (("牵头单位", "L"), ("责任单位", "R")),
    (("责任单位", "R"),),
    (("主要责任单位", "R"),),
)
_ROLE = {"L": "lead", "S": "support", "R": "responsible"}
_FIRST_SCOPE = 1000


def rows(scene: Scene, roster: Roster, rules: Rules) -> list[Passage]:
    """Return the head of the table and its rows."""
    held = scene.pick(_PAIRS if rules.kind != "first_note" else _PAIRS[2:])
    middle = [("task", scene.pick(_TASK_HEADS)), ("bodies", ""), ("deadline", scene.pick(_DEADLINE_HEADS))]
    scene.rng.shuffle(middle)
    if scene.chance(0.2):
        middle.append(("note", "备注"))
    columns = [*([("serial", "序号")] if scene.chance(0.7) else []), *middle]
    heads: list[str] = []
    for holds, head in columns:
        heads += [name for name, _ in held] if holds == "bodies" else [head]
    table = [Passage("\t".join(heads))]
    for number in range(1, scene.rng.randint(4, 7)):
        deadline = _deadline(scene)
        cells: dict[str, Passage | str] = {
            "serial": str(number),
            "task": _task(scene, deadline.marks[0].fields["end"] or scene.due),
            "deadline": deadline,
            "note": "",
            "bodies": _duties(scene, roster, rules, [key for _, key in held], _FIRST_SCOPE + number),
        }
        row = join("\t", [cells[holds] for holds, _ in columns])
        table.append(Passage(row.text, (Mark("scope", 0, 0, "", {"id": _FIRST_SCOPE + number}), *row.marks)))
    return table


def _task(scene: Scene, due: str | None) -> Passage:
    """Return what is to be done; the row's deadline is that of its target."""
    told = Passage(scene.deal("table", [plain for theme in scene.topic["themes"] for plain in theme["plain"]]))
    if scene.chance(0.6):
        told = told + "，" + (measures if scene.chance(0.5) else counts).clause(scene, due)
    return told + scene.pick(("", "。"))


def _deadline(scene: Scene) -> Passage:
    if scene.chance(0.25):
        kind, words = scene.pick((("ongoing", "长期坚持"), ("ongoing", "持续推进"), ("during", "全年")))
        if kind == "during" and scene.plan_year:
            return times.during(words, "deadline", f"{scene.year}-01-01", f"{scene.year}-12-31")
        if kind == "ongoing":
            return Passage(words).marked("times", "time=ongoing", kind=kind, start=None, end=None, every=None)
    return times.deadline(scene)


def _duties(scene: Scene, roster: Roster, rules: Rules, keys: Sequence[str], scope: int) -> Passage:
    """Return the cells of bodies of a row, marked as one statement."""
    taken: list[bodies.Body] = []
    roles: list[dict[str, str]] = []
    cells: list[str] = []
    for key in keys:
        listed = roster.leading(1) if key == "L" else roster.listed(scene.rng.randint(1, 3), taken)
        taken += listed
        cells.append("、".join(bodies.written(scene, listed)))
        roles += [{"name": body.name, "role": _ROLE[key]} for body in listed]
    inherited = rules.inherited(roles)
    rules.positional(roles, {body.name for body in taken if body.kind == "collective"})
    words = Passage("\t".join(cells))
    return words.marked("duties", "place=table", roles=roles, inherited=inherited, scope=scope)
