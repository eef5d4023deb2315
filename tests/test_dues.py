"""Tests for when a target is due, and for the stretches of a text in which that is asked."""

import re

import pytest

from policygraph.extract import clauses
from policygraph.extract.stretches import Stretches


@pytest.mark.parametrize("position", range(12))
def test_a_stretch_is_the_same_whatever_was_asked_before(position: int):
    text = "甲。乙丙;丁\n\n戊己。庚"
    start = max(text.rfind(mark, 0, position) for mark in "。;\n") + 1
    end = min((at for mark in "。;\n" if (at := text.find(mark, position)) >= 0), default=len(text))
    for earlier in range(12):
        stretches = Stretches(text, "。;\n")
        stretches.around(earlier)
        assert stretches.around(position) == (start, end)


def test_a_stretch_is_looked_for_once(monkeypatch: pytest.MonkeyPatch):
    searched: list[int] = []

    class Counted:
        def __init__(self, pattern: re.Pattern[str]) -> None:
            self.pattern = pattern

        def search(self, text: str, start: int) -> re.Match[str] | None:
            searched.append(start)
            return self.pattern.search(text, start)

    stretches = Stretches("达到38%," * 1000 + "。", "。")
    monkeypatch.setattr(stretches, "_mark", Counted(stretches._mark))
    for position in range(0, 6000, 6):
        stretches.around(position)
    assert searched == [0]


def test_a_number_of_any_length_is_no_depth_of_calls():
    text = "投资1" + ",234" * 5_000 + "万元"
    assert clauses.back(text, len(text)) < len(text)
