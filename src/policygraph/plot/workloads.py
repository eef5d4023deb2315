"""How much each body has to do: a bar for each, its parts the roles."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from policygraph.errors import BadParameter
from policygraph.plot import pictures

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from policygraph.store.contract import Store

_NAME_CHARS = 18


def workload(store: Store, *, year: int | str | None = None, notice: str | None = None, most: int = 20) -> Figure:
    """Draw in how many tasks each body has which role, those with most tasks on top.

    A task in which a body has two roles counts in both parts of its bar; the number behind the bar counts tasks once.

    Args:
        store: an open store.
        year: only plans of this year, else all years together.
        notice: only this notice, by its id or an end of it (``17号``).
        most: how many bodies at most.

    Raises:
        BadParameter: there is no task to draw.
        PlotError: matplotlib is not installed, or there is no font with Chinese.

    """
    rows = store.ask("load", year=None if year is None else str(year), notice=notice)
    tasks: Counter[str] = Counter()
    parts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        name = str(row["organisation"])
        tasks[name] += int(str(row["tasks"]))
        parts[name].update({role: int(str(row[role])) for role in pictures.COLOURS})
    if not tasks:
        raise BadParameter("plot.workload", "no task to draw", "`policygraph ask notices` lists what there is")
    bodies = [name for name, _ in tasks.most_common(most)]
    names, place = pictures.without_place(tasks)
    with pictures.drawing():
        from matplotlib.ticker import MaxNLocator  # noqa: PLC0415 - an extra

        made = pictures.figure(8, 1.4 + 0.27 * len(bodies))
        axes = made.subplots()
        left = [0] * len(bodies)
        for role, colour in pictures.COLOURS.items():
            widths = [parts[body][role] for body in bodies]
            if any(widths):
                axes.barh(range(len(bodies)), widths, left=left, color=colour, label=pictures.ROLES[role])
            left = [one + more for one, more in zip(left, widths, strict=True)]
        for number, body in enumerate(bodies):
            axes.text(left[number] + max(left) * 0.01, number, str(tasks[body]), va="center")
        axes.set_yticks(range(len(bodies)), [pictures.short(names[body], _NAME_CHARS) for body in bodies])
        axes.invert_yaxis()
        axes.spines[["top", "right"]].set_visible(False)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set_xlabel("任务数 tasks")
        axes.legend(loc="lower right", frameon=False)
        of = f"{len(bodies)}" if len(bodies) == len(tasks) else f"{len(tasks)}中的{len(bodies)}"
        axes.set_title(pictures.short(f"{place}{f'{year}年' if year else ''}任务量：{of}个单位", 60), fontsize=12)
    return made
