"""What is due when: a line for each deadline in the order of dates, a bar where a task has a period."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from policygraph.errors import BadParameter
from policygraph.plot import pictures

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from policygraph.store.contract import Row, Store

_KINDS = ("by", "on", "during")
_TITLE_CHARS = 18
_BODY_CHARS = 14
_FIRST = re.compile(r"[\d.．、,，()（）]*([^。；;：:]{2,})")


def timeline(  # noqa: PLR0913 - each filter by its name
    store: Store,
    *,
    organisation: str | None = None,
    notice: str | None = None,
    after: str | None = None,
    before: str | None = None,
    most: int = 40,
) -> Figure:
    """Draw the deadlines and periods of tasks by their dates, with who answers for each.

    Args:
        store: an open store.
        organisation: only tasks of this body.
        notice: only this notice, by its id or an end of it (``17号``).
        after: only what ends on this day or later, as ``2018-07-01``.
        before: only what ends on this day or earlier.
        most: how many at most, the earliest first; the title says where some are left out.

    Raises:
        BadParameter: there is no date to draw.
        PlotError: matplotlib is not installed, or there is no font with Chinese.

    """
    rows = store.ask("times", organisation=organisation, notice=notice)
    texts = {row["task"]: str(row["text"]) for row in store.ask("due", organisation=organisation, notice=notice)}
    dated = [row for row in rows if row["kind"] in _KINDS and row["until"] and row["task"]]
    dated = [row for row in dated if (after or "") <= str(row["until"]) <= (before or "9999")]
    found = sorted(dated, key=lambda row: (str(row["until"]), str(row["notice"]), int(str(row["start"]))))
    shown = found[:most]
    if not shown:
        raise BadParameter("plot.timeline", "no date to draw", "`policygraph ask times` lists what there is")
    names, place = pictures.without_place(name for row in shown for name in str(row["by"] or "").split("、") if name)
    with pictures.drawing():
        made = pictures.figure(9, 1.4 + 0.27 * len(shown))
        axes = made.subplots()
        _draw(axes, shown)
        axes.set_yticks(range(len(shown)), [_label(row, texts, names) for row in shown])
        axes.set_ylim(len(shown) - 0.4, -0.6)
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x", color="#dddddd")
        of = f"{len(shown)}" if len(shown) == len(found) else f"{len(found)}个中的前{len(shown)}"
        whose = organisation or place
        axes.set_title(pictures.short(f"{whose}完成时限：{of}个", 60), fontsize=12)
    return made


def _draw(axes: Axes, rows: list[Row]) -> None:
    from matplotlib.dates import AutoDateLocator  # noqa: PLC0415 - an extra

    for number, row in enumerate(rows):
        until = _day(row["until"])
        since = _day(row["since"]) if row["kind"] == "during" and row["since"] else None
        if since:
            axes.plot([since, until], [number, number], color=pictures.COLOURS["support"], linewidth=5, alpha=0.5)
        axes.plot([until], [number], "o", color=pictures.COLOURS["lead"], markersize=6)
        words = pictures.short("".join(str(row["words"]).split()), _BODY_CHARS)
        axes.annotate(words, (until, number), xytext=(7, 0), textcoords="offset points", va="center", fontsize=8)
    axes.xaxis_date()
    axes.xaxis.set_major_locator(AutoDateLocator(maxticks=8))  # type: ignore[no-untyped-call]
    axes.margins(x=0.12)


def _day(value: object) -> float:
    """Return a date as matplotlib counts days."""
    from matplotlib.dates import date2num  # noqa: PLC0415 - an extra

    return float(date2num(date.fromisoformat(str(value))))  # type: ignore[no-untyped-call]


def _label(row: Row, texts: dict[object, str], names: dict[str, str]) -> str:
    """Return the first words of what is due, without its number, and who answers for it."""
    by = "、".join(names[name] for name in str(row["by"] or "").split("、") if name)
    first = _FIRST.match("".join(texts[row["task"]].split()))
    title = pictures.short(first[1] if first else str(row["title"] or row["clause"]), _TITLE_CHARS)
    return f"{title}（{pictures.short(by, _BODY_CHARS)}）" if by else title
