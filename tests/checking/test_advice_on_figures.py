"""A figure is held against the paragraphs that its text cites, and only against those."""

from __future__ import annotations

from typing import Any

import pytest

from app.checking.advice.figures import figures_of, figures_that_differ
from tests.checking.advice_modules import the_module
from tests.factories.modules import option, question, text

GROUND = {"case": {"Overview": [
    "On 3 May 2016 at 6.30pm a caller rang twelve times.",
    "Nothing is counted here.",
    "The force had 1,200 officers and five cars in 2018.",
]}}  # fmt: skip


def told(*items: dict[str, Any]) -> list[tuple[str, str]]:
    found = list(figures_that_differ(the_module(*items), GROUND))
    return [(str(each.path[-1]), each.sentence) for each in found]


def said(words: str, place: str = "Overview, 1") -> list[str]:
    return [sentence for _key, sentence in told(text("t", words) | {"place": place})]


@pytest.mark.parametrize(
    ("words", "own", "there"),
    [("On 4 May somebody rang.", "4 May", "3 May"), ("It was May 13th.", "May 13th", "3 May"),
     ("At 6.45pm the phone rings.", "6.45pm", "6.30pm"), ("It is 18:45.", "18:45", "6.30pm"),
     ("He rings fourteen times.", "fourteen", "twelve"), ("He rings 14 times.", "14", "twelve"),
     ("That was in 2017.", "2017", "2016")],
)  # fmt: skip
def test_a_figure_that_differs_is_told_with_both(words: str, own: str, there: str) -> None:
    (sentence,) = said(words)
    assert sentence.startswith(f"“{own}” is not in the paragraphs cited (Overview, 1); there it is")
    assert f"“{there}”" in sentence


@pytest.mark.parametrize(
    "words",
    ["On 3 May, at 6.30 pm.", "On May 3rd at 18:30.", "At 1830 hours.", "He rings 12 times.",
     "It is 2016.", "Two days later he rings again.", "He dials 999.", "Entry 4 | He rings."],
)  # fmt: skip
def test_a_figure_that_agrees_in_another_form(words: str) -> None:
    assert said(words) == []


def test_any_paragraph_cited_may_hold_the_figure() -> None:
    assert said("There were 1200 officers.", "Overview, 3") == []
    assert said("There were 12 calls and 1200 officers.", "Overview, 1; Overview, 3") == []
    assert len(said("There were 1200 officers.", "Overview, 1")) == 1


def test_where_the_source_counts_nothing_nothing_differs() -> None:
    assert said("He rings fourteen times in 2017.", "Overview, 2") == []
    assert said("He rings fourteen times.", "Overview, 9") == []
    assert said("He rings on 4 May.", "Overview, 3") == []


def test_what_one_may_choose_is_no_fact_but_feedback_is() -> None:
    options = [
        option("a", "1", text="Ring 14 times", place="Overview, 1", feedback="He rang 14 times."),
        option("b", "0"),
    ]
    found = told(question("q", "single", options=options, prompt="After 20 calls?"))
    assert [key for key, _sentence in found] == ["feedback"]


def test_figures_by_sort() -> None:
    found = figures_of("On 3 May 2016 at 9pm, 1,500 of twenty people; question 3")
    assert [(each.sort, each.value) for each in found] == [
        ("time", "9:00"), ("date", "3 5"), ("year", "2016"), ("number", "1500"), ("number", "20"),
    ]  # fmt: skip
