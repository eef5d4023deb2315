"""Bodies × tasks: who has which role in what, one colour and one character for each role (牵、负、配、落、督)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from policygraph.errors import BadParameter
from policygraph.plot import pictures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from policygraph.store.contract import Row, Store

_LETTERS = {"lead": "牵", "responsible": "负", "support": "配", "implement": "落", "supervise": "督"}
_NAME_CHARS = 16
_INHERITED = 0.45  # how dense the colour of a duty is that only a default rule gives


def matrix(  # noqa: PLR0913 - each filter by its name
    store: Store,
    *,
    notice: str | None = None,
    year: int | str | None = None,
    organisation: str | None = None,
    most: int = 40,
    tasks: int = 80,
) -> Figure:
    """Draw who has which role in which task; a duty that only a default rule gives is pale.

    Args:
        store: an open store.
        notice: only tasks of this notice, by its id or an end of it (``17号``).
        year: only tasks of plans of this year.
        organisation: only tasks of this body, with everybody's part in them.
        most: how many bodies at most, those with most tasks first.
        tasks: how many tasks at most, in the order of the text; the title says where some are left out.

    Raises:
        BadParameter: there is no task to draw.
        PlotError: matplotlib is not installed, or there is no font with Chinese.

    """
    given = {"notice": notice, "organisation": organisation, "year": None if year is None else str(year)}
    rows = [row for row in store.ask("assignments", **given) if row["organisation"]]
    if not rows:
        raise BadParameter("plot.matrix", "no task to draw", "`policygraph ask notices` lists what there is")
    every = list(dict.fromkeys(str(row["task"]) for row in rows))
    columns = every[:tasks]
    rows = [row for row in rows if row["task"] in set(columns)]
    counted = Counter(str(row["organisation"]) for row in rows)
    bodies = [name for name, _ in counted.most_common(most)]
    names, place = pictures.without_place(counted)
    with pictures.drawing():
        made = pictures.figure(3.2 + 0.24 * len(columns), 2.2 + 0.25 * len(bodies))
        axes = made.subplots()
        _cells(axes, rows, columns, bodies)
        axes.set_yticks(range(len(bodies)), [pictures.short(names[body], _NAME_CHARS) for body in bodies])
        axes.set_xticks(range(len(columns)), _labels(rows, columns), rotation=90, fontsize=7)
        axes.set_xlim(-0.5, len(columns) - 0.5)
        axes.set_ylim(len(bodies) - 0.5, -0.5)
        axes.tick_params(length=0)
        axes.set_aspect("equal")
        axes.set_title(_title(place, (len(bodies), len(counted)), (len(columns), len(every))), fontsize=12, pad=24)
        _legend(made, {role for row in rows for role in _roles(row)})
        _notices(axes, columns)
    return made


def _cells(axes: Axes, rows: list[Row], columns: list[str], bodies: list[str]) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - an extra

    x, y = ({name: number for number, name in enumerate(listed)} for listed in (columns, bodies))
    for number in range(len(bodies)):
        axes.axhspan(number - 0.5, number + 0.5, color="#f4f4f4" if number % 2 else "white", zorder=0)
    for row in rows:
        if row["organisation"] not in y:
            continue
        left, middle = x[str(row["task"])], y[str(row["organisation"])]
        role = _roles(row)[0]
        pale = row["basis"] == "inherited"
        colour = pictures.COLOURS[role]
        axes.add_patch(
            Rectangle((left - 0.47, middle - 0.47), 0.94, 0.94, color=colour, alpha=_INHERITED if pale else 1, lw=0)
        )
        ink = "black" if pale else "white"
        axes.text(left, middle, _LETTERS[role], ha="center", va="center", fontsize=7, color=ink)


def _roles(row: Row) -> list[str]:
    """Return the roles of a row, the one that counts for most first."""
    own = str(row["role"]).split("; ")
    return [role for role in _LETTERS if role in own]


def _labels(rows: list[Row], columns: list[str]) -> list[str]:
    notice = {str(row["task"]): str(row["notice"]) for row in rows}
    return [pictures.short(task.removeprefix(notice[task] + ":"), _NAME_CHARS) for task in columns]


def _notices(axes: Axes, columns: list[str]) -> None:
    """Part the tasks of several notices by lines, and name each notice above its own."""
    notices = [task.partition(":")[0] for task in columns]
    starts = [number for number, one in enumerate(notices) if number == 0 or notices[number - 1] != one]
    for start, stop in zip(starts, [*starts[1:], len(columns)], strict=True):
        if start:
            axes.axvline(start - 0.5, color="black", linewidth=0.8)
        label = pictures.short(notices[start], max(4, (stop - start) * 2))
        axes.text((start + stop - 1) / 2, -0.7, label, ha="center", va="bottom", fontsize=8)


def _title(place: str, bodies: Sequence[int], tasks: Sequence[int]) -> str:
    """Return a title that says how many of how many are drawn."""
    of = [f"{one}" if one == all_ else f"{all_}中的{one}" for one, all_ in (bodies, tasks)]
    return pictures.short(f"{place}任务分工：{of[0]}个单位，{of[1]}项任务", 60)


def _legend(made: Figure, roles: set[str]) -> None:
    from matplotlib.patches import Patch  # noqa: PLC0415 - an extra

    labels = {role: label for role, label in pictures.ROLES.items() if role in roles}
    shown = [Patch(color=pictures.COLOURS[role], label=label) for role, label in labels.items()]
    made.legend(handles=shown, loc="outside lower center", ncols=len(shown), frameon=False)
