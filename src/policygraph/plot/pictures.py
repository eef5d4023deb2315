"""What all pictures share: a figure whose words are only words, the colours of roles, names short enough to read."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policygraph.errors import PlotError
from policygraph.plot import fonts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from matplotlib.figure import Figure

COLOURS = {
    "lead": "#c1440e", "responsible": "#e69f00", "support": "#2f78b7", "implement": "#2e9e77", "supervise": "#8e5ea2",
}  # fmt: skip
"""One colour for each role, the same in every picture, told apart also by those who see no red or green."""
ROLES = {
    "lead": "牵头 lead", "responsible": "负责 responsible", "support": "配合 support", "implement": "落实 implement",
    "supervise": "督导 supervise",
}  # fmt: skip
_DOTS_PER_INCH = 120
_MOST = 0.9
_PLACE = re.compile(r".{2,8}?[省市县区州盟旗](?=.)")


@contextmanager
def drawing() -> Iterator[None]:
    """Let what is drawn inside be in a font with Chinese, its words taken as they are ($ begins no formula).

    Raises:
        PlotError: matplotlib is not installed, or there is no font.

    """
    try:
        import matplotlib as mpl  # noqa: PLC0415 - an extra, and slow to load
    except ImportError as error:
        raise PlotError(
            "plot", "matplotlib is not installed", 'pip install "policygraph[plot]", or uv run --extra plot'
        ) from error
    settings: dict[Any, Any] = {
        "font.family": [fonts.chinese(), fonts.FALLBACK], "font.size": 9, "text.parse_math": False,
        "axes.unicode_minus": False,
    }  # fmt: skip
    with mpl.rc_context(settings):
        yield


def figure(width: float, height: float) -> Figure:
    """Return an empty figure of some inches, white, laid out so that no label is cut."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - as above

    class Picture(Figure):
        """A figure that shows itself in a notebook without a word of setup."""

        def _repr_png_(self) -> bytes:
            out = BytesIO()
            self.savefig(out, format="png")
            return out.getvalue()

    return Picture(figsize=(width, height), dpi=_DOTS_PER_INCH, layout="constrained", facecolor="white")


def save(picture: Figure, path: str | Path, form: str | None = None) -> None:
    """Write a picture to a file, the same bytes for the same picture; the form is that of the name if it is not given.

    Raises:
        PlotError: the form is none that pictures have.

    """
    import matplotlib as mpl  # noqa: PLC0415 - as above

    wanted = form or Path(path).suffix.removeprefix(".").lower()
    undated = {"png": {}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}
    if wanted not in undated:
        raise PlotError(str(path), f"no form '{wanted}'", f"known: {', '.join(undated)}")
    with mpl.rc_context({"svg.hashsalt": "policygraph"}):
        picture.savefig(path, format=wanted, metadata=undated[wanted])


def short(name: str, chars: int) -> str:
    """Return a name as it can be drawn, cut where it is long."""
    shown = fonts.drawn(name)
    return shown if len(shown) <= chars else shown[: chars - 1] + "…"


def without_place(names: Iterable[str]) -> tuple[dict[str, str], str]:
    """Return each name with a shorter one, if most names are of one place, and that place; there may be none.

    >>> without_place(["佳木斯市水务局", "佳木斯市农委", "合肥海关"])
    ({'佳木斯市水务局': '市水务局', '佳木斯市农委': '市农委', '合肥海关': '合肥海关'}, '佳木斯市')
    """
    listed = list(names)
    counted = Counter(found[0] for name in listed if (found := _PLACE.match(name)))
    place, times = counted.most_common(1)[0] if counted else ("", 0)
    if times < _MOST * counted.total():
        return {name: name for name in listed}, ""
    return {name: name[len(place) - 1 :] if name.startswith(place) else name for name in listed}, place
