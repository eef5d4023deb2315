"""What judgements come to: the order in which they were made, or files were merged, never matters."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph.errors import JudgementError
from policygraph.judge.judgements import SCHEMA, Judgement, Undoing, line, merged, read, standing
from policygraph.judge.outcome import pair, settle

ON = "2026-11-17T08:00:00.000000Z"
IDS = [
    "230800:water_affairs",
    "230800:佳木斯市水务局",
    "230800:佳木斯市水利局",
    "n-1:水务局",
    "n-2:水务处",
    "CN:审计署",
]


@st.composite
def judgements(draw):
    subject, object_ = draw(st.permutations(IDS))[:2]
    verdict = draw(st.sampled_from(["same", "same", "alias", "different"]))
    return Judgement(subject, object_, verdict, ON, draw(st.sampled_from(["", "甲", "乙"])))


@st.composite
def files(draw):
    made = draw(st.lists(judgements(), max_size=9))
    undone = draw(st.lists(st.sampled_from(made), max_size=3)) if made else []
    return [*made, *(Undoing(one.id, ON) for one in undone)]


@given(files(), st.randoms())
def test_the_order_and_the_number_of_lines_do_not_matter(entries, chance: random.Random):
    shuffled = [*entries, *chance.sample(entries, len(entries) // 2)]
    chance.shuffle(shuffled)
    assert settle(shuffled) == settle(entries)


@given(files())
def test_settling_what_applies_changes_nothing(entries):
    outcome = settle(entries)
    again = settle(outcome.applied)
    assert (again.bodies, again.applied, again.conflicts) == (outcome.bodies, outcome.applied, ())


@given(files(), judgements())
def test_taking_a_judgement_back_restores_what_was(entries, new):
    before = [one for one in entries if one != new and one != Undoing(new.id, ON)]
    assert settle([*before, new, Undoing(new.id, ON)]) == settle(before)


@given(files(), files(), files())
def test_merging_is_commutative_associative_and_idempotent(one, two, three):
    assert merged(one, two) == merged(two, one)
    assert merged(merged(one, two), three) == merged(one, merged(two, three))
    assert merged(one, one) == merged(one) == merged(merged(one))
    assert settle(merged(one, two)) == settle([*two, *one])


@given(files())
def test_no_two_bodies_judged_different_are_one_and_each_id_is_in_one_body(entries):
    outcome = settle(entries)
    ids = [one for body in outcome.bodies for one in body]
    assert len(ids) == len(set(ids))
    for body in outcome.bodies:
        assert len(body) > 1
        assert not {pair(one, other) for one in body for other in body if one < other} & outcome.different


@given(files())
def test_a_conflict_is_exactly_what_stands_against_itself(entries):
    """Each judgement of a conflict lies on a way between its two bodies; without the different ones all are one."""
    for conflict in settle(entries).conflicts:
        assert {pair(one.subject, one.object) for one in conflict.different} == {conflict.pair}
        without = settle(conflict.same)
        assert any(set(conflict.pair) <= set(body) for body in without.bodies)
        judged = standing(entries)
        assert set(conflict.same) | set(conflict.different) <= set(judged)


@given(files())
def test_what_hangs_on_a_conflict_by_one_body_applies(entries):
    """A judgement that joins a body to no other, in no conflict of its own, always applies."""
    loose = Judgement("loose:甲", IDS[0], "same", ON)
    assert loose in settle([*entries, loose]).applied


@given(files())
def test_lines_are_read_as_they_were_written(entries):
    assert [read(line(one), source="f", number=1) for one in entries] == entries


def test_a_chain_against_a_different_does_not_apply_and_a_side_branch_does():
    a, b, c, d = "1:甲", "1:乙", "1:丙", "1:丁"
    ab, bc, cd = (Judgement(one, other, "same", ON) for one, other in ((a, b), (b, c), (c, d)))
    no = Judgement(a, c, "different", ON)
    outcome = settle([ab, bc, cd, no])
    (conflict,) = outcome.conflicts
    assert (conflict.pair, conflict.different, set(conflict.same)) == (pair(a, c), (no,), {ab, bc})
    assert (outcome.applied, outcome.bodies) == ((cd,), (tuple(sorted((c, d))),))
    settled = settle([ab, bc, cd, no, Undoing(bc.id, ON)])
    assert (settled.conflicts, set(settled.bodies)) == ((), {tuple(sorted((a, b))), tuple(sorted((c, d)))})


def test_the_best_id_is_no_alias_then_a_kind_of_the_registry_then_the_smallest():
    kind, name, other = "230800:water_affairs", "230800:佳木斯市水务公司", "230800:佳木斯市自来水公司"
    assert settle([Judgement(name, kind, "same", ON)]).bodies == ((kind, name),)
    assert settle([Judgement(other, name, "same", ON)]).bodies == ((name, other),)
    assert settle([Judgement(name, other, "alias", ON)]).bodies == ((other, name),)
    assert settle([Judgement(kind, name, "alias", ON)]).bodies == ((name, kind),)


GOOD = f'"schema":"{SCHEMA}","on":"{ON}"'


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{", "f:3: no judgement: not JSON (mend the line; it is kept and not applied)"),
        ("[]", "f:3: no judgement: not an object of texts"),
        ('{"schema":1}', "f:3: no judgement: not an object of texts"),
        ('{"schema":"policygraph-judgement/9"}', "f:3: schema 'policygraph-judgement/9', this is"),
        (f'{{{GOOD},"subject":"甲","object":"乙"}}', "f:3: no judgement: no 'verdict'"),
        (
            f'{{{GOOD},"subject":"甲","object":"乙","verdict":"maybe"}}',
            "unknown verdict 'maybe' (known: same, different",
        ),
        (f'{{{GOOD},"subject":"甲","object":"甲","verdict":"same"}}', "a body and itself"),
        (f'{{{GOOD},"undo":"x","object":"甲"}}', "unknown field 'object'"),
    ],
)
def test_broken_lines_say_what_is_wrong(text, what):
    with pytest.raises(JudgementError) as error:
        read(text, source="f", number=3)
    assert what in str(error.value)
