"""What stands out about a question: each sentence, and the case next to it without."""

from __future__ import annotations

from dataclasses import replace

from app.analysis.figures import Figures
from app.analysis.oddities import Choice, oddities
from app.analysis.statistics import correlation_estimate, mean_estimate

A = Choice("a", "Ring back at once", "1", 25)
B = Choice("b", "Wait for the log", "0", 15)
PLAIN = Figures(
    answered=40,
    facility=mean_estimate(0.6, 40),
    paired=40,
    discrimination=correlation_estimate(0.35, 40),
    rest={("a", ""): mean_estimate(0.7, 25), ("b", ""): mean_estimate(0.5, 15)},
)


def _said(figures: Figures, *choices: Choice, one_only: bool = True) -> str:
    return " ".join(oddities(figures, choices or (A, B), one_only=one_only))


def test_a_question_that_works_has_nothing_odd() -> None:
    assert _said(PLAIN) == ""


def test_few_answers_say_nothing() -> None:
    assert oddities(Figures(9), (replace(A, count=0), B), one_only=True) == ()


def test_almost_everybody_is_right() -> None:
    easy = replace(PLAIN, facility=mean_estimate(0.95, 40))
    assert "Almost everybody is right: it teaches little by being asked." in _said(easy)
    assert "0.95, from 40 people" in _said(easy)
    assert "Almost" not in _said(replace(PLAIN, facility=mean_estimate(0.94, 40)))


def test_people_who_do_well_choose_a_wrong_answer() -> None:
    rest = {("a", ""): mean_estimate(0.2, 100), ("b", ""): mean_estimate(0.9, 100)}
    said = _said(replace(PLAIN, rest=rest))
    assert "People who do well elsewhere choose “Wait for the log”: check the key." in said
    assert "have a mean credit of 0.90 on the other questions" in said
    assert "100 who chose the key 0.20" in said
    assert "chance" not in said


def test_a_small_lead_of_a_wrong_answer_may_be_chance() -> None:
    rest = {("a", ""): mean_estimate(0.5, 15), ("b", ""): mean_estimate(0.55, 15)}
    assert "overlap, so it may be chance" in _said(replace(PLAIN, rest=rest))
    assert "check the key" not in _said(replace(PLAIN, rest=rest, paired=29))


def test_a_negative_discrimination_says_how_sure_it_is() -> None:
    sure = _said(replace(PLAIN, discrimination=correlation_estimate(-0.6, 40)))
    assert "do worse here" in sure
    assert "−0.60, probably between" in sure
    assert "chance" not in sure
    unsure = _said(replace(PLAIN, discrimination=correlation_estimate(-0.05, 40)))
    assert "may still be chance" in unsure


def test_an_option_that_nobody_chose() -> None:
    nobody = replace(B, count=0)
    assert "Nobody of 40 chose “Wait for the log”: it does no work" in _said(PLAIN, A, nobody)
    assert "it is the key" in _said(PLAIN, replace(A, count=0), B)
    assert "Nobody" not in _said(replace(PLAIN, answered=29), A, nobody)


def test_a_wrong_answer_that_more_people_choose() -> None:
    assert "More people choose “Wait for the log” (26) than the key (25)" in _said(
        PLAIN, A, replace(B, count=26)
    )


def test_several_right_answers_have_no_single_key() -> None:
    said = _said(PLAIN, A, replace(B, count=26), one_only=False)
    assert said == ""


def test_worse_than_guessing() -> None:
    # A guess among two has 1/2; of 40 people a mean of 0.2 lies at most at 0.35.
    low = replace(PLAIN, facility=mean_estimate(0.2, 40))
    assert "worse than by guessing" in _said(low)
    assert "a guess would have 0.50" in _said(low)
    assert "guessing" not in _said(replace(PLAIN, facility=mean_estimate(0.4, 40)))
