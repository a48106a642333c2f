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
    assert "may still be chance: the interval reaches above 0." in unsure


def test_of_several_wrong_answers_the_one_of_the_best_is_named() -> None:
    c = Choice("c", "Close the call", "0", 100)
    rest = {
        ("a", ""): mean_estimate(0.2, 100),
        ("b", ""): mean_estimate(0.6, 100),
        ("c", ""): mean_estimate(0.9, 100),
    }
    said = _said(replace(PLAIN, rest=rest), replace(A, count=150), B, c)
    assert said.count("People who do well elsewhere") == 1
    assert "elsewhere choose “Close the call”" in said


def test_an_option_that_nobody_chose() -> None:
    nobody = replace(B, count=0)
    assert _said(PLAIN, A, nobody) == (
        "None of the 40 people who answered chose “Wait for the log”: it does no work as a choice."
    )
    assert _said(PLAIN, A, nobody, replace(nobody, text="Close the call")) == (
        "None of the 40 people who answered chose “Wait for the log” or “Close the call”: "
        "they do no work as choices."
    )
    assert "“Ring back at once”, which is the key" in _said(PLAIN, replace(A, count=0), B)
    assert "None of" not in _said(replace(PLAIN, answered=29), A, nobody)


def test_a_wrong_answer_that_more_people_choose() -> None:
    # (26 - 25)² = 1 is at most 3.84 · 51; (36 - 4)² = 1024 is more than 3.84 · 40.
    slight = _said(PLAIN, A, replace(B, count=26))
    assert "More people choose “Wait for the log” (26) than the key (25)" in slight
    assert slight.endswith("The difference is small enough to be chance.")
    clear = _said(PLAIN, replace(A, count=4), replace(B, count=36))
    assert "“Wait for the log” (36) than the key (4)" in clear
    assert "chance" not in clear
    assert _said(PLAIN, replace(A, count=20), replace(B, count=20)) == ""


def test_of_several_tempting_answers_the_most_chosen_is_named() -> None:
    c = Choice("c", "Close the call", "0", 30)
    said = _said(PLAIN, replace(A, count=4), B, c)
    assert said.count("More people choose") == 1
    assert "More people choose “Close the call” (30)" in said


def test_several_right_answers_have_no_single_key() -> None:
    said = _said(PLAIN, A, replace(B, count=26), one_only=False)
    assert said == ""


def test_worse_than_guessing() -> None:
    # A guess among two has 1/2; of 40 people a mean of 0.2 lies at most at 0.35.
    low = replace(PLAIN, facility=mean_estimate(0.2, 40))
    assert "worse than by guessing" in _said(low)
    assert "a guess would have 0.50 on average" in _said(low)
    assert "guessing" not in _said(replace(PLAIN, facility=mean_estimate(0.4, 40)))
