"""Marked text as HTML: what it shows is the text, character by character, whatever the marks."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("markupsafe", reason="the explorer needs the extra web")

from policygraph.web.highlight import Mark, characters, paragraphs, runs, visible

KINDS = ("duty", "target", "time", "citation", "statement", "doubt")
# HTML cannot hold a null character, nor a half of a pair.
texts = st.text(
    st.one_of(
        st.sampled_from("市水务局牵头,配合。\n\t<>&\"'\u202e\u2066\u2069\u200b\ufeff\r\u3000𠮷"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    ),
    max_size=60,
)


class Reader(HTMLParser):
    """What a browser makes of a page: its text, the elements that are open, and every attribute."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.open: list[str] = []
        self.covering: list[dict[str, str | None]] = []
        self.marked: list[tuple[int, int, tuple[str, ...]]] = []
        self.ids: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.covering.append(dict(attrs))
        self.attributes += attrs
        self.ids += [str(value) for name, value in attrs if name == "id"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.covering.pop()

    def handle_data(self, data: str) -> None:
        start = sum(map(len, self.text))
        names = {name for one in self.covering for name in (one.get("data-facts") or "").split()}
        self.marked.append((start, start + len(data), tuple(sorted(names))))
        self.text.append(data)


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open
    return reader


@st.composite
def marked(draw):
    """Return a text with marks that nest, cross, touch, are empty or reach beyond it."""
    text = draw(texts)
    place = st.integers(0, len(text) + 3)
    marks = [
        Mark(min(a, b), max(a, b), draw(st.sampled_from(KINDS)), f"f{number}", draw(texts))
        for number, (a, b) in enumerate(draw(st.lists(st.tuples(place, place), max_size=8)))
    ]
    headings = draw(st.dictionaries(place, st.integers(1, 4), max_size=3))
    return text, marks, headings, draw(st.lists(place, max_size=3))


@given(marked())
def test_the_text_content_is_the_text(drawn):
    text, marks, headings, anchors = drawn
    assert "".join(read(paragraphs(text, (0, len(text)), marks, headings, anchors)).text) == text


@given(marked(), st.data())
def test_any_stretch_of_a_text_shows_just_that_stretch(drawn, data):
    text, marks, headings, anchors = drawn
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert "".join(read(paragraphs(text, (start, end), marks, headings, anchors)).text) == text[start:end]


@given(marked())
def test_each_character_is_covered_by_the_marks_that_hold_it(drawn):
    text, marks, headings, anchors = drawn
    for start, end, names in read(paragraphs(text, (0, len(text)), marks, headings, anchors)).marked:
        for at in range(start, end):
            assert names == tuple(sorted({mark.name for mark in marks if mark.start <= at < mark.end}))


@given(marked())
def test_every_mark_and_anchor_in_the_text_can_be_cited_by_where_it_begins(drawn):
    text, marks, headings, anchors = drawn
    ids = read(paragraphs(text, (0, len(text)), marks, headings, anchors)).ids
    assert len(ids) == len(set(ids))
    begun = {mark.start for mark in marks if mark.start < min(mark.end, len(text))}
    assert {f"m{place}" for place in begun | {place for place in anchors if place < len(text)}} <= set(ids)


@given(marked())
def test_runs_tile_the_stretch_without_gaps(drawn):
    text, marks, _, anchors = drawn
    found = list(runs(0, len(text), marks, anchors))
    assert "".join(text[run.start : run.end] for run in found) == text
    assert all(run.start < run.end for run in found)


@given(texts)
def test_no_words_become_markup(text):
    reader = read(characters(text))
    assert "".join(reader.text) == text
    assert {name for name, _ in reader.attributes} <= {"class", "data-code"}


def test_crossing_marks_are_cut_and_lead_to_the_innermost():
    html = paragraphs("甲乙丙丁", (0, 4), [Mark(0, 3, "target", "f1", "一"), Mark(2, 4, "time", "f2", "二")], {})
    assert html == (
        '<p class="line">'
        '<a id="m0" class="mark is-target" data-facts="f1" href="#f1" title="一">甲乙</a>'
        '<a id="m2" class="mark is-target is-time" data-facts="f1 f2" href="#f2" title="一; 二">丙</a>'
        '<a class="mark is-time" data-facts="f2" href="#f2" title="二" tabindex="-1">丁</a></p>'
    )


def test_a_mark_that_only_shows_its_place_is_no_link_and_gives_way_to_those_that_are():
    statement = Mark(0, 4, "statement", "f1 f2", linked=False)
    html = paragraphs("(甲乙)", (0, 4), [statement, Mark(1, 3, "duty is-lead", "f1", "牵头: 甲")], {})
    assert html == (
        '<p class="line"><span id="m0" class="mark is-statement" data-facts="f1 f2">(</span>'
        '<a id="m1" class="mark is-statement is-duty is-lead" data-facts="f1" href="#f1" title="牵头: 甲">甲乙</a>'
        '<span class="mark is-statement" data-facts="f1 f2">)</span></p>'
    )


def test_lines_are_paragraphs_with_the_level_of_their_clause():
    html = paragraphs("一、目标\n\n甲\t乙", (0, 9), [], {0: 1})
    assert html == (
        '<p class="line level-1"><span id="m0">一、目标\n</span></p>'
        '<p class="line blank">\n</p><p class="line row">甲\t乙</p>'
    )


def test_a_character_that_turns_the_order_of_others_ends_in_its_own_box():
    assert characters("a\u202eb") == 'a<bdi class="control" data-code="U+202E">\u202e</bdi>b'
    assert visible("a\u202eb\u200b") == "a⟨U+202E⟩b⟨U+200B⟩"


def test_many_marks_in_a_long_text_stay_cheap():
    """Work grows with the text and its marks: each line looks at its own marks only."""
    text = "甲乙丙丁\n" * 4000
    marks = [Mark(at, at + 2, "duty", f"f{at}") for at in range(0, len(text), 5)]
    looked = read(paragraphs(text, (0, len(text)), marks, dict.fromkeys(range(0, len(text), 50), 2)))
    assert len(looked.ids) == 4000
