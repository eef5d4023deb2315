"""Pictures: what stands in them is what the store says, whatever a name holds, and nothing warns."""

import subprocess
import sys
from io import BytesIO

import networkx as nx
import pytest
from click.testing import CliRunner
from matplotlib import font_manager
from matplotlib.colors import to_hex

import policygraph as pg
from policygraph.cli import main
from policygraph.errors import BadParameter, PlotError
from policygraph.plot import fonts, layout, pictures
from policygraph.store import open_store


@pytest.fixture(scope="module")
def store(tmp_path_factory, corpus):
    with open_store(tmp_path_factory.mktemp("plot") / "graph.db") as opened:
        pg.build([corpus], opened)
        yield opened


@pytest.fixture(scope="module", autouse=True)
def _font():
    try:
        fonts.chinese()
    except PlotError as error:
        pytest.skip(str(error))


def drawn(figure) -> bytes:
    """Draw a figure, with every warning an error, and return its bytes."""
    out = BytesIO()
    figure.savefig(out, format="png")
    return out.getvalue()


def labels(axis) -> list[str]:
    return [label.get_text() for label in axis.get_ticklabels()]


def test_a_matrix_has_a_row_for_each_body_and_a_cell_for_each_part(store):
    figure = pg.plot.matrix(store, notice="17号")
    (axes,) = figure.axes
    rows = [row for row in store.ask("assignments", notice="17号") if row["organisation"]]
    assert len(labels(axes.yaxis)) == len({row["organisation"] for row in rows})
    assert labels(axes.yaxis)[:3] == ["市各县(市)区政府", "市环境保护局", "市水务局"]
    assert labels(axes.xaxis)[0] == "二/一/1:1"
    assert len(labels(axes.xaxis)) == len({row["task"] for row in rows})
    cells = [one for one in axes.patches if one.get_width() < 1]
    assert len(cells) == len(rows)
    leading = [one for one in cells if to_hex(one.get_facecolor()) == pictures.COLOURS["lead"]]
    assert len(leading) == sum("lead" in row["role"] for row in rows)
    assert axes.get_title() == "佳木斯市任务分工：23个单位，39项任务"
    assert drawn(figure).startswith(b"\x89PNG")


def test_a_matrix_of_several_notices_names_each_and_says_what_it_leaves_out(store):
    figure = pg.plot.matrix(store, year=2018, most=10, tasks=50)
    (axes,) = figure.axes
    assert axes.get_title() == "任务分工：37中的10个单位，72中的50项任务"
    assert {"佳政办发〔2018〕17号", "安政办发〔2018〕21号"} <= {text.get_text() for text in axes.texts}


def test_bars_add_up_to_the_load_of_each_body(store):
    figure = pg.plot.workload(store, year=2018, most=5)
    (axes,) = figure.axes
    load = store.ask("load", year="2018")[:5]
    assert labels(axes.yaxis) == [row["organisation"] for row in load]
    assert [text.get_text() for text in axes.texts] == [str(row["tasks"]) for row in load]
    widths = {bars.get_label(): [bar.get_width() for bar in bars] for bars in axes.containers}
    assert widths["牵头 lead"] == [row["lead"] for row in load]
    assert drawn(figure)


def test_a_timeline_has_a_line_for_each_date_in_order(store):
    figure = pg.plot.timeline(store, notice="17号", before="2018-12-31")
    (axes,) = figure.axes
    rows = [
        row
        for row in store.ask("times", notice="17号")
        if row["kind"] in ("by", "on", "during") and row["task"] and row["until"] <= "2018-12-31"
    ]
    assert len(labels(axes.yaxis)) == len(rows)
    assert labels(axes.yaxis)[0] == "实施大学区域胜利路(学府路-红旗街…（市城投公司）"
    assert next(text.get_text() for text in axes.texts) == "9月底前"
    dots = [line.get_xdata()[0] for line in axes.lines if line.get_marker() == "o"]
    assert dots == sorted(dots)
    assert drawn(figure)


def network(names: dict[str, int], ties: list[tuple[str, str, int]], *, directed: bool = False) -> nx.Graph:
    graph = nx.DiGraph() if directed else nx.Graph()
    for name, tasks in names.items():
        graph.add_node(name, name=name, tasks=tasks)
    for one, other, weight in ties:
        graph.add_edge(one, other, weight=weight, task_ids=[], notice_ids=[])
    return graph


def shown(figure) -> set[str]:
    return {text.get_text() for text in figure.axes[0].texts}


def test_a_network_shows_who_works_with_whom_and_leaves_out_who_works_alone():
    graph = network({"安和市水务局": 9, "安和市农委": 3, "安和市财政局": 1}, [("安和市水务局", "安和市农委", 3)])
    figure = pg.plot.network(graph)
    assert shown(figure) == {"安和市", "市水务局", "市农委"}
    assert figure.axes[0].get_title() == "谁与谁合作：3中的2个单位"
    assert len(figure.axes[0].lines) == 1
    sizes = [one.get_sizes()[0] for one in figure.axes[0].collections]
    assert max(sizes) > min(sizes)
    assert drawn(figure)


def test_parts_of_a_network_stand_beside_each_other_under_the_name_of_their_place():
    ties = [("安和市水务局", "安和市农委", 3), ("合肥市水务局", "合肥市农委", 1), ("合肥市农委", "合肥市财政局", 1)]
    graph = network(dict.fromkeys({name for tie in ties for name in tie[:2]}, 1), ties)
    assert shown(pg.plot.network(graph)) == {"安和市", "合肥市", "市水务局", "市农委", "市财政局"}


def test_who_leads_whom_is_drawn_with_arrows():
    figure = pg.plot.network(network({"甲局": 2, "乙局": 1}, [("甲局", "乙局", 1)], directed=True))
    arrows = [text for text in figure.axes[0].texts if getattr(text, "arrow_patch", None)]
    assert len(arrows) == 1
    assert figure.axes[0].get_title() == "牵头与参与：2个单位"
    assert drawn(figure)


def test_a_network_is_the_same_picture_each_time():
    names = {f"{one}局": number for number, one in enumerate("甲乙丙丁戊己庚辛", 1)}
    ties = [(one, other, 1) for one in names for other in names if one < other]
    drawings = {drawn(pg.plot.network(network(dict(order), ties))) for order in (names.items(), [*names.items()][::-1])}
    assert len(drawings) == 1


def test_no_name_in_a_network_lies_on_another():
    nodes = [f"{number}" for number in range(30)]
    ties = [(one, other, 1) for one in nodes[:5] for other in nodes if one < other]
    (box,) = layout.boxes(nodes, ties)
    places = list(layout.positions(box, ties, dict.fromkeys(nodes, 8)).values())
    on_each_other = [
        (one, other)
        for number, one in enumerate(places)
        for other in places[:number]
        if abs(one[0] - other[0]) < 0.6 and abs(one[1] - other[1]) < 0.2
    ]
    assert not on_each_other
    assert all(0 < x < layout.INCHES[0] and 0 < y < layout.INCHES[1] for x, y in places)


def test_the_command_draws_who_works_with_whom(store, tmp_path):
    for form, begins in (("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")):
        written = []
        for name in ("a", "b"):
            path = tmp_path / f"{name}.{form}"
            done = CliRunner().invoke(main, ["network", "-o", str(path), "--store", store.address])
            assert done.stdout == f"{path}: 54 nodes, 124 edges\n"
            written.append(path.read_bytes())
        assert written[0] == written[1]
        assert written[0].startswith(begins)


def test_a_picture_is_written_to_a_file_of_a_known_form(store, tmp_path):
    done = CliRunner().invoke(main, ["network", "--format", "png", "--store", store.address])
    assert (done.exit_code, done.stderr) == (2, "--format: a picture (png) needs a file (give --output FILE)\n")
    with pytest.raises(PlotError, match="no form 'bmp'"):
        pg.plot.save(pg.plot.workload(store), tmp_path / "a.bmp")


HOSTILE = ["$\\frac{1}$市水务局$", "𠮷\U0010ffff\x00局", "_市\n农委\u202e", "<script>局", "市" * 300]


def test_names_are_words_whatever_they_hold():
    ties = [(one, other, 1) for one in HOSTILE for other in HOSTILE if one < other]
    figure = pg.plot.network(network(dict.fromkeys(HOSTILE, 1), ties), title="$x$ \U0010ffff")
    assert drawn(figure)
    assert figure.axes[0].get_title() == "$x$ □"
    assert "□□□局" in {name.replace("𠮷", "□") for name in shown(figure)}
    assert "_市 农委" in shown(figure)
    assert max(map(len, shown(figure))) <= 14


@pytest.mark.parametrize(
    ("draw", "what"),
    [
        (lambda store: pg.plot.matrix(store, year=1999), "no task to draw"),
        (lambda store: pg.plot.workload(store, year=1999), "no task to draw"),
        (lambda store: pg.plot.timeline(store, after="2999-01-01"), "no date to draw"),
        (lambda _: pg.plot.network(nx.Graph()), "no two bodies are joined"),
    ],
    ids=["matrix", "workload", "timeline", "network"],
)
def test_a_picture_of_nothing_is_refused_with_its_reason(store, draw, what):
    with pytest.raises(BadParameter, match=what):
        draw(store)


def test_a_picture_shows_itself_in_a_notebook(store):
    assert pg.plot.workload(store)._repr_png_().startswith(b"\x89PNG")


def without(module: str, code: str) -> str:
    """Return what a fresh interpreter says that lacks a module."""
    script = f"import sys\nsys.modules[{module!r}] = None\nimport networkx as nx, policygraph as pg\n{code}"
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False).stderr


def test_without_matplotlib_the_error_says_how_to_get_it():
    code = "g = nx.Graph([('a', 'b')])\npg.plot.network(g)"
    assert without("matplotlib", code).endswith(
        'plot: matplotlib is not installed (pip install "policygraph[plot]", or uv run --extra plot)\n'
    )


@pytest.fixture
def fresh(monkeypatch):
    """Let the font be looked for again, before and after."""
    fonts.chinese.cache_clear()
    fonts._characters.cache_clear()
    yield monkeypatch
    fonts.chinese.cache_clear()
    fonts._characters.cache_clear()


def test_without_a_font_the_error_says_how_to_get_one(fresh):
    fresh.setattr(fonts, "_FAMILIES", ("No Such Font",))
    with pytest.raises(
        PlotError, match=r"no font with Chinese on this system \(Debian, Ubuntu: apt install fonts-noto"
    ):
        fonts.chinese()


def test_a_font_file_can_be_named(fresh, tmp_path):

    path = font_manager.findfont(fonts.chinese(), fallback_to_default=False)
    fonts.chinese.cache_clear()
    fresh.setenv(fonts.VARIABLE, str(path))
    assert fonts.chinese() in {font.name for font in font_manager.fontManager.ttflist}
    for content, what in ((None, "no such font file"), (b"x", "not a font that can be read")):
        fonts.chinese.cache_clear()
        named = tmp_path / "font.ttf"
        if content:
            named.write_bytes(content)
        fresh.setenv(fonts.VARIABLE, str(named))
        with pytest.raises(PlotError, match=what):
            fonts.chinese()


def test_a_font_without_chinese_is_refused(fresh):

    fresh.setenv(fonts.VARIABLE, str(font_manager.findfont("DejaVu Sans")))
    with pytest.raises(PlotError, match="a font without Chinese"):
        fonts.chinese()
