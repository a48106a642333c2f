"""Figures of a question from rows of answers, and when they are withheld."""

from __future__ import annotations

from fractions import Fraction

import pytest

from app.analysis.figures import (
    Group,
    Paired,
    Scored,
    figures_of,
    groups_in,
    pair_up,
    picks_of,
    scale_of,
    whole_credits,
)

YES, NO = '{"chosen":["yes"]}', '{"chosen":["no"]}'
# By credit, on the scale of 2.
WHOLE = {"1": 2, "1/2": 1, "0": 0}


def _rows(one: str, two: str, count: int = 1) -> list[Scored]:
    total = WHOLE[one] + WHOLE[two]
    return [
        Scored("one", YES if one == "1" else NO, one, total, count),
        Scored("two", YES if two == "1" else NO, two, total, count),
    ]


def _paired(*people: tuple[str, str, int]) -> dict[str, Paired]:
    return pair_up([row for person in people for row in _rows(*person)], WHOLE)


def _groups(right: int, wrong: int) -> list[Group]:
    return [Group("one", YES, "1", right), Group("one", NO, "0", wrong)]


def test_a_rest_score_is_the_sum_of_the_others() -> None:
    paired = _paired(("1", "1/2", 1))
    assert dict(paired["one"].points) == {(2, 1): 1}
    assert dict(paired["two"].points) == {(1, 2): 1}


def test_people_of_one_response_add_up_whatever_their_rest_scores() -> None:
    paired = _paired(("1", "1/2", 3), ("1", "0", 2))["one"]
    assert dict(paired.points) == {(2, 1): 3, (2, 0): 2}
    assert paired.given == {YES: {1: 3, 0: 2}}


def test_who_did_not_answer_everything_counts_but_has_no_rest_score() -> None:
    rows = [*_rows("1", "0", 4), Scored("one", YES, "1", None, 3)]
    assert pair_up(rows, WHOLE)["one"].points == {(2, 0): 4}
    assert groups_in(rows) == [Group("one", YES, "1", 7), Group("two", NO, "0", 4)]


def test_credits_become_whole() -> None:
    groups = [Group("one", YES, credit, 1) for credit in ("1/2", "2/3", "0", "1")]
    assert whole_credits(groups, 6) == {"1/2": 3, "2/3": 4, "0": 0, "1": 6}


def test_the_scale_makes_every_credit_whole() -> None:
    groups = [Group("one", YES, credit, 1) for credit in ("1/2", "2/3", "0", "1")]
    assert scale_of(groups) == 6
    assert scale_of([]) == 1


def test_under_enough_nothing_but_how_many_answered() -> None:
    found = figures_of(_groups(5, 4), Paired(), others=1, scale=2)
    assert (found.answered, found.facility, found.discrimination) == (9, None, None)
    assert not found.rest
    assert not found.why_not


def test_ten_answers_have_a_mean_credit_and_say_what_a_correlation_takes() -> None:
    paired = _paired(("1", "1", 6), ("0", "0", 4))["one"]
    found = figures_of(_groups(6, 4), paired, others=1, scale=2)
    assert found.facility is not None
    assert found.facility.value == pytest.approx(0.6)
    assert found.discrimination is None
    assert "10 answered every question, and it takes 30" in found.why_not


def test_thirty_have_a_discrimination_and_options_their_rest_score() -> None:
    # Of 20 right, 15 are right elsewhere: 15/20. Of 10 wrong, 2 are: 2/10.
    # Σdx·dX·n = 30·15 - 20·17 = 110; n·Σx² - (Σx)² = 30·20 - 400 = 200; 30·17 - 289 = 221.
    # r = 110 / √(200 · 221) = 110 / 210.23796 = 0.5232166...
    paired = _paired(("1", "1", 15), ("1", "0", 5), ("0", "1", 2), ("0", "0", 8))["one"]
    found = figures_of(_groups(20, 10), paired, others=1, scale=2)
    assert found.discrimination is not None
    assert found.discrimination.value == pytest.approx(0.5232166)
    assert found.rest["yes", ""].value == pytest.approx(0.75)
    assert found.rest["no", ""].value == pytest.approx(0.2)
    assert found.rest["no", ""].n == 10


def test_an_option_that_few_chose_has_no_rest_score() -> None:
    paired = _paired(("1", "1", 15), ("1", "0", 6), ("0", "0", 9))["one"]
    found = figures_of(_groups(21, 9), paired, others=1, scale=2)
    assert set(found.rest) == set(found.scores) == {("yes", "")}
    assert found.scores["yes", ""] == {2: 15, 0: 6}


def test_without_variance_a_sentence_says_so() -> None:
    same = _paired(("1", "1", 15), ("1", "0", 15))
    here = figures_of(_groups(30, 0), same["one"], others=1, scale=2)
    assert here.why_not == "All 30 had the same credit here, so it cannot tell people apart."
    there = figures_of(_groups(15, 15), same["two"], others=1, scale=2)
    assert "did equally well on the other questions" in there.why_not
    assert here.discrimination is here.efficiency is there.discrimination is None


def test_a_lone_question_has_nothing_to_be_compared_with() -> None:
    paired = pair_up([Scored("one", YES, "1", 1, 30)], {"1": 1})["one"]
    found = figures_of(_groups(30, 0), paired, others=0, scale=1)
    assert "only question" in found.why_not
    assert not found.rest


def test_picks_of_each_kind() -> None:
    assert picks_of({"chosen": ["a", "b"]}) == [("a", ""), ("b", "")]
    assert picks_of({"order": ["b", "a"]}) == [("b", "1"), ("a", "2")]
    assert picks_of({"pairs": {"a": "x"}}) == [("a", "x")]


def test_part_credit_counts_in_the_mean() -> None:
    groups = [Group("one", YES, "1/3", 6), Group("one", NO, "1", 6)]
    found = figures_of(groups, Paired(), others=1, scale=3)
    assert found.facility is not None
    assert found.facility.value == pytest.approx(float(Fraction(2, 3)))
