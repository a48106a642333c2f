"""What stands out about a question: each sentence, and the case next to it without."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from fractions import Fraction

from app.analysis.figures import Figures, Group, Paired, figures_of
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


def _with(**scores: dict[int, int]) -> Figures:
    """Return figures in which the choosers of each option had these scores of 10 elsewhere."""
    means = {
        (name, ""): mean_estimate(
            Fraction(sum(s * n for s, n in had.items()), 10 * sum(had.values())), sum(had.values())
        )
        for name, had in scores.items()
    }
    return replace(PLAIN, rest=means, scores={(name, ""): had for name, had in scores.items()})


def test_people_who_do_well_choose_a_wrong_answer() -> None:
    said = _said(_with(a={1: 50, 3: 50}, b={9: 100}))
    assert "People who do well elsewhere choose “Wait for the log”: check the key." in said
    assert "have a mean credit of 0.90 on the other questions" in said
    assert "100 who chose the key 0.20" in said
    assert "By chance alone that happens in about 1 of 100 questions." in said


def test_a_small_lead_of_a_wrong_answer_is_left_to_the_table() -> None:
    assert _said(_with(a={5: 15}, b={5: 12, 6: 3})) == ""
    wide = {"a": {1: 10, 2: 5}, "b": {8: 10, 9: 5}}
    assert "check the key" in _said(_with(**wide))
    assert _said(replace(_with(**wide), paired=29)) == ""


def test_what_few_chose_is_not_compared() -> None:
    assert _said(_with(b={9: 100})) == ""
    assert _said(_with(a={1: 100})) == ""


def test_only_a_discrimination_wholly_below_nought_is_told() -> None:
    sure = _said(replace(PLAIN, discrimination=correlation_estimate(-0.6, 40)))
    assert "do worse here" in sure
    assert "−0.60, probably between" in sure
    assert _said(replace(PLAIN, discrimination=correlation_estimate(-0.05, 40))) == ""


def test_of_several_wrong_answers_the_one_of_the_best_is_named() -> None:
    c = Choice("c", "Close the call", "0", 100)
    figures = _with(a={2: 100}, b={6: 100}, c={9: 100})
    said = _said(figures, replace(A, count=150), B, c)
    assert said.count("People who do well elsewhere") == 1
    assert "elsewhere choose “Close the call”" in said


def _alarms(n: int, runs: int, leaning: float) -> float:
    """Return how often one is told to check the key, of n people with two wrong answers.

    `leaning` is how much likelier those who do well elsewhere take the key: 0, they do not; below
    0, they take the first wrong answer instead.
    """
    chance, told = random.Random(20251), 0
    choices = (A, B, Choice("c", "Close the call", "0", 10))
    for _run in range(runs):
        paired = Paired()
        for _person in range(n):
            rest = sum(chance.random() < 0.6 for _question in range(5))
            first, last = ("a", "b") if leaning >= 0 else ("b", "a")
            lean = abs(leaning) * (rest - 3)
            took = first if chance.random() < 0.5 + lean else chance.choice([last, "c"])
            paired.add(json.dumps({"chosen": [took]}), int(took == "a"), rest)
        figures = figures_of([Group("q", "", "1", n)], paired, others=5, scale=1)
        told += "check the key" in " ".join(oddities(figures, choices, one_only=True))
    return told / runs


def test_a_question_that_tells_nobody_apart_is_seldom_suspected() -> None:
    # One in a hundred by ranks and one in forty by the correlation, in 600 runs.
    assert _alarms(40, 300, 0) <= 0.05
    assert _alarms(120, 300, 0) <= 0.05


def test_a_sound_question_is_hardly_ever_suspected() -> None:
    assert _alarms(80, 200, 0.04) <= 0.01


def test_a_wrong_key_is_nearly_always_found() -> None:
    assert _alarms(160, 100, -0.2) >= 0.9


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
