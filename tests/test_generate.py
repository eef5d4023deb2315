"""The generator of notices with known answers, and the extraction measured on what it writes."""

import os
import subprocess
import sys
from random import Random

import pytest

from policygraph.evaluate import gold
from policygraph.evaluate.generate import VALUES, ambiguities, corpus, generate, score
from policygraph.evaluate.generate.options import choose
from policygraph.evaluate.generate.passages import Passage, fill, join

SEED = 20180719
# What is missed is told by `score(…).misses()`: gaps inside names, a table's cells above a signature, stray gaps.
LEAST = {"metadata": 0.998, "headings": 0.997, "statements": 0.998, "scopes": 0.998, "roles": 0.998, "inherited": 0.998}
LEAST |= {"targets": 0.998, "targets+due": 0.997, "targets+ind": 0.997, "times": 0.998, "citations": 0.997}


def test_the_same_seed_writes_the_same_characters():
    first, second = generate(7), generate(7)
    assert (first.text, first.json()) == (second.text, second.json())
    assert generate(8).text != first.text


@pytest.mark.parametrize("hash_seed", ["0", "1"])
def test_no_hash_order_shows(hash_seed):
    code = "from policygraph.evaluate.generate import generate; w = generate(3); print(w.text, w.json())"
    run = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONIOENCODING": "utf-8"},
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    written = generate(3)
    assert run.stdout == f"{written.text} {written.json()}\n"


def test_a_fixed_option_holds():
    for written in corpus(5, SEED, layout="one_line", place="after_stop", rule="none", wording="guide_carry"):
        assert "\n" not in written.text
        wordings = {form for form in written.used() if form.startswith("wording=")}
        assert wordings == {"wording=guide_carry"}


@pytest.mark.parametrize(
    ("fixed", "message"),
    [
        ({"layout": "sideways"}, "layout=sideways: unknown option (known: lines, one_line, wrapped)"),
        ({"colour": "red"}, "colour=red: unknown option (known: level, topic, act"),
        ({"layout": "any"}, "layout=any: unknown option"),
        ({"layout": "one_line", "place": "table"}, "layout=one_line and place=table exclude each other"),
    ],
)
def test_an_option_that_cannot_be_is_refused(fixed, message):
    with pytest.raises(ValueError, match=r"unknown option|exclude") as caught:
        generate(1, **fixed)
    assert str(caught.value).startswith(message)


def test_every_quote_is_found_and_every_field_known():
    problems = [problem for one in corpus(200, SEED) for problem in gold.check(one.as_gold(), one.text)]
    assert problems == []


def test_every_quote_stands_where_it_was_written():
    for written in corpus(50, SEED):
        for kind, items in written.forms.items():
            if kind in written.gold:
                assert sorted(quote for _, quote in items) == sorted(item["quote"] for item in written.gold[kind])


def test_every_option_and_form_occurs():
    used = set().union(*(written.used() for written in corpus(500, SEED)))
    wanted = {f"{name}={value}" for name, values in VALUES.items() for value in values}
    assert wanted - used == set()


def test_layouts_meet_places_and_rules():
    chosen = [choose(Random(number), {}) for number in range(5000)]
    seen = {(one.layout, one.place) for one in chosen} | {(one.layout, one.rule) for one in chosen}
    places = [place for place in VALUES["place"] if place not in ("table", "section_close")]
    assert {(layout, other) for layout in VALUES["layout"] for other in (*places, *VALUES["rule"])} - seen == set()


def test_ambiguities_are_explained():
    names = [one.name for one in ambiguities.known()]
    assert len(names) == len(set(names))
    for one in ambiguities.known():
        assert one.reason
        assert len(one.readings) == 2
        assert bool(one.where and one.kinds) == one.written
        for form in one.where:
            dimension, _, value = form.partition("=")
            assert value in VALUES[dimension]


def test_a_miss_names_its_options_and_forms():
    report = score(3, SEED, wording="lead_support")
    report.notices[0].tallies["roles"].missed.append("（市水务局牵头，市农委配合）: 市农委 support")
    report.written.setdefault(report.notices[0].id, generate(f"{SEED}/0", wording="lead_support"))
    miss = next(one for one in report.misses() if one.words.endswith("市农委 support"))
    assert miss.options.wording == "lead_support"
    assert str(miss).startswith(f"G{SEED}/0 roles")


def test_marks_move_with_their_words():
    time = Passage("2018年").marked("times", "year")
    passage = fill("{when}，{what}", when=time, what=join("、", ["改造", Passage("新建").marked("targets", "x")]))
    laid_out = passage.mapped([char + " " for char in passage.text])
    assert [(mark.kind, laid_out.text[mark.start : mark.end]) for mark in laid_out.marks] == [
        ("times", "2 0 1 8 年"),
        ("targets", "新 建"),
    ]


def below(report):
    """Return the kinds on which the extraction is right less often than it was measured to be."""
    totals = {kind: report.total(kind).f1 for kind in LEAST}
    return {kind: f1 for kind, f1 in totals.items() if f1 < LEAST[kind]}


def test_the_extraction_finds_what_was_written():
    assert below(score(200, SEED)) == {}


@pytest.mark.slow
def test_the_extraction_finds_what_was_written_in_thousands():
    assert below(score(3000, SEED + 1)) == {}
