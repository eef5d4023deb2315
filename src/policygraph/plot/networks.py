"""Networks of bodies: who works with whom, coloured by community; the larger the more tasks, the wider the more shared.

Where each body stands is computed with a seed: the same graph is the same picture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policygraph.errors import BadParameter
from policygraph.plot import layout, pictures

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import networkx as nx
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from policygraph.plot.layout import Tie

_COMMUNITIES = ("#2f78b7", "#c1440e", "#2e9e77", "#e69f00", "#8e5ea2", "#6b8e23", "#c76b98")
_GREY = "#9aa3a9"
_NAME_CHARS = 14
_LEAST_AREA, _MOST_AREA = 70, 900  # of a circle, in square points


def network(graph: nx.Graph, *, most: int = 40, ties: int = 400, title: str | None = None) -> Figure:
    """Draw a network that ``pg.network`` returns: bodies as circles, shared tasks as lines between them.

    Bodies that nobody shares a task with are left out, and counted in the title. Parts of the network that are not
    joined stand beside each other.

    Args:
        graph: a network of cooperation, or of who leads whom, whose lines get arrows.
        most: how many bodies at most, those with most tasks first.
        ties: how many lines at most, the widest first.
        title: in place of the usual one, which says how many of how many bodies are drawn.

    Raises:
        BadParameter: no two bodies of the network are joined.
        PlotError: matplotlib is not installed, or there is no font with Chinese.

    """
    size = {node: own.get("tasks") or 1 for node, own in graph.nodes(data=True)}
    joined = sorted((node for node in graph if graph.degree(node)), key=lambda node: (-size[node], str(node)))
    part = graph.subgraph(joined[:most])
    lines = sorted(_ties(part), key=lambda tie: (-tie[2], tie[0], tie[1]))[:ties]
    kept = [node for node in joined[:most] if part.degree(node)]
    if not kept:
        raise BadParameter("plot.network", "no two bodies are joined", "leave a filter out")
    with pictures.drawing():
        made = pictures.figure(*layout.INCHES)
        axes = made.subplots()
        _draw(axes, graph, kept, lines)
        axes.set_axis_off()
        axes.set_xlim(0, layout.INCHES[0])
        axes.set_ylim(0, layout.INCHES[1])
        what = "牵头与参与" if graph.is_directed() else "谁与谁合作"
        of = f"{len(kept)}" if len(kept) == len(graph) else f"{len(graph)}中的{len(kept)}"
        axes.set_title(pictures.short(title or f"{what}：{of}个单位", 60), fontsize=13)
    return made


def _ties(graph: nx.Graph) -> Iterator[Tie]:
    """Yield the ties of a network; one that has no direction begins at the same body in every copy of the graph."""
    for one, other, weight in graph.edges(data="weight", default=1):
        first, second = (one, other) if graph.is_directed() else sorted((one, other))
        yield first, second, weight


def _draw(axes: Axes, graph: nx.Graph, kept: Sequence[str], lines: Sequence[Tie]) -> None:
    size = {node: graph.nodes[node].get("tasks") or 1 for node in kept}
    largest = max(size.values())
    area = {node: _LEAST_AREA + _MOST_AREA * size[node] / largest for node in kept}
    colours = _colours(graph, kept)
    known = {node: str(graph.nodes[node].get("name") or node) for node in kept}
    found = layout.boxes(kept, lines)
    for box in found:
        names, place = pictures.without_place(known[node] for node in box.nodes)
        shown = {node: pictures.short(names[known[node]], _NAME_CHARS) for node in box.nodes}
        where = layout.positions(box, lines, {node: len(name) for node, name in shown.items()})
        _lines(axes, [tie for tie in lines if tie[0] in where], where, area, directed=graph.is_directed())
        for node, (x, y) in where.items():
            axes.scatter([x], [y], s=area[node], c=colours[node], edgecolors="white", linewidths=1, zorder=2)
            _name(axes, shown[node], (x, y), area[node])
        if place:
            axes.text(box.left + 0.1, box.bottom + box.height - 0.15, pictures.short(place, 12), color="#555555")


def _lines(
    axes: Axes,
    lines: Sequence[Tie],
    where: Mapping[str, tuple[float, float]],
    area: Mapping[str, float],
    *,
    directed: bool,
) -> None:
    """Draw the ties, the widest on top; a directed one ends in an arrow before the circle of its second body."""
    widest = max((weight for _, _, weight in lines), default=1)
    for one, other, weight in reversed(lines):
        strength = weight / widest
        look: dict[str, Any] = {"color": "#5f6b73", "alpha": 0.2 + 0.5 * strength, "linewidth": 0.7 + 4 * strength}
        if directed:
            gaps = {"shrinkA": area[one] ** 0.5 / 2, "shrinkB": area[other] ** 0.5 / 2}
            arrow = {"arrowstyle": "-|>", "mutation_scale": 9, "connectionstyle": "arc3,rad=0.08", **gaps, **look}
            axes.annotate("", where[other], where[one], arrowprops=arrow, zorder=1)
        else:
            (x1, y1), (x2, y2) = where[one], where[other]
            axes.plot([x1, x2], [y1, y2], zorder=1, solid_capstyle="round", **look)


def _name(axes: Axes, name: str, place: tuple[float, float], area: float) -> None:
    """Write a name below its circle, with a white edge so that lines do not cross it out."""
    from matplotlib.patheffects import withStroke  # noqa: PLC0415 - an extra

    axes.annotate(
        name,
        place,
        xytext=(0, -(area**0.5) / 2 - 1),
        textcoords="offset points",
        ha="center",
        va="top",
        fontsize=8 + 4 * area / (_LEAST_AREA + _MOST_AREA),
        path_effects=[withStroke(linewidth=2.5, foreground="white")],
        zorder=3,
    )


def _colours(graph: nx.Graph, kept: Sequence[str]) -> dict[str, str]:
    """Return a colour for each body: of its community, grey beyond the largest; a directed network has one colour."""
    if graph.is_directed():
        return dict.fromkeys(kept, _COMMUNITIES[0])
    from policygraph.network import communities  # noqa: PLC0415 - networkx is heavy

    own = {body: number for number, one in enumerate(communities(graph)) for body in one}
    return {body: _COMMUNITIES[own[body]] if own[body] < len(_COMMUNITIES) else _GREY for body in kept}
