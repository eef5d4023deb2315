"""Networks of bodies: who works with whom, coloured by community; the larger the more tasks, the wider the more shared.

Where each body stands is computed with a seed: the same graph is the same picture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policygraph.errors import BadParameter
from policygraph.plot import layout, pictures

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_COMMUNITIES = ("#2f78b7", "#c1440e", "#2e9e77", "#e69f00", "#8e5ea2", "#6b8e23", "#c76b98")
_GREY = "#9aa3a9"
_NAME_CHARS = 14
_MOST_TIES = 400


def network(graph: nx.Graph, *, most: int = 40, ties: int = _MOST_TIES, title: str | None = None) -> Figure:
    """Draw a network that ``pg.network`` returns: bodies as circles, shared tasks as lines between them.

    Args:
        graph: a network of cooperation, or of who leads whom, whose lines get arrows.
        most: how many bodies at most, those with most tasks first.
        ties: how many lines at most, the widest first.
        title: in place of the usual one, which says how many of how many bodies are drawn.

    Raises:
        BadParameter: the network has no body.
        PlotError: matplotlib is not installed, or there is no font with Chinese.

    """
    if not len(graph):
        raise BadParameter("plot.network", "no body to draw", "leave a filter out")
    weight = dict(graph.degree(weight="weight"))
    size = {node: own.get("tasks") or weight[node] or 1 for node, own in graph.nodes(data=True)}
    kept = sorted(graph, key=lambda node: (-size[node], -weight[node], str(node)))[:most]
    part = graph.subgraph(kept)
    lines = sorted(part.edges(data="weight", default=1), key=lambda edge: (-edge[2], str(edge[:2])))[:ties]
    names, place = pictures.without_place(str(graph.nodes[node].get("name") or node) for node in kept)
    labels = {node: names[str(graph.nodes[node].get("name") or node)] for node in kept}
    where = layout.positions(kept, lines, {node: min(len(labels[node]), _NAME_CHARS) for node in kept})
    with pictures.drawing():
        made = pictures.figure(*layout.INCHES)
        axes = made.subplots()
        _lines(axes, lines, where, directed=graph.is_directed())
        colours = _colours(graph, kept)
        largest = max(size[node] for node in kept)
        areas = [60 + 900 * size[node] / largest for node in kept]
        x, y = ([where[node][axis] for node in kept] for axis in (0, 1))
        axes.scatter(x, y, s=areas, c=[colours[node] for node in kept], edgecolors="white", linewidths=1, zorder=2)
        for node in reversed(kept):
            _name(axes, pictures.short(labels[node], _NAME_CHARS), where[node], size[node] / largest)
        axes.set_axis_off()
        axes.set_xlim(-0.9, layout.INCHES[0] + 0.1)
        axes.set_ylim(-0.3, layout.INCHES[1] - 0.3)
        of = f"{len(kept)}" if len(kept) == len(graph) else f"{len(graph)}中的{len(kept)}"
        what = "牵头与参与" if graph.is_directed() else "谁与谁合作"
        axes.set_title(pictures.short(title or f"{place}{what}：{of}个单位", 60), fontsize=13)
    return made


def _lines(
    axes: Axes,
    lines: list[tuple[str, str, int]],
    where: Mapping[str, tuple[float, float]],
    *,
    directed: bool,
) -> None:
    """Draw the ties, the widest on top; a directed one ends in an arrow before the circle of its second body."""
    widest = max((weight for _, _, weight in lines), default=1)
    for one, other, weight in reversed(lines):
        strength = weight / widest
        look: dict[str, Any] = {"color": "#5f6b73", "alpha": 0.15 + 0.5 * strength, "linewidth": 0.6 + 4 * strength}
        if directed:
            arrow = {"arrowstyle": "-|>", "shrinkA": 8, "shrinkB": 12, **look}
            axes.annotate("", where[other], where[one], arrowprops=arrow, zorder=1)
        else:
            (x1, y1), (x2, y2) = where[one], where[other]
            axes.plot([x1, x2], [y1, y2], zorder=1, solid_capstyle="round", **look)


def _name(axes: Axes, name: str, place: tuple[float, float], share: float) -> None:
    """Write a name over its circle, the larger the more tasks, with a white edge so that lines do not cross it out."""
    from matplotlib.patheffects import withStroke  # noqa: PLC0415 - an extra

    edge = [withStroke(linewidth=2.5, foreground="white")]
    axes.text(*place, name, ha="center", va="center", fontsize=8 + 4 * share, path_effects=edge, zorder=3)


def _colours(graph: nx.Graph, kept: list[str]) -> dict[str, str]:
    """Return a colour for each body: of its community, grey beyond the largest; a directed network has one colour."""
    if graph.is_directed():
        return dict.fromkeys(kept, _COMMUNITIES[0])
    from policygraph.network import communities  # noqa: PLC0415 - networkx is heavy

    own = {body: number for number, one in enumerate(communities(graph)) for body in one}
    return {body: _COMMUNITIES[own[body]] if own[body] < len(_COMMUNITIES) else _GREY for body in kept}
