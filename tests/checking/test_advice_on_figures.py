"""A figure is held against the paragraphs that its text cites, and only against those."""

from __future__ import annotations

from typing import Any

import pytest

from app.checking.advice.figures import figures_that_differ
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
    where = "Overview, paragraph 1"
    assert sentence.startswith(f"“{own}” is not in the paragraphs cited ({where}); there it is")
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


def test_a_day_or_an_hour_is_told_where_the_paragraph_cited_has_none() -> None:
    (day, hour) = said("On 4 May he rings, at 6.45pm.", "Overview, 2")
    assert hour == (
        "“4 May” is not in the paragraphs cited (Overview, paragraph 2), which give no date, nor "
        "anywhere else in the source"
    )
    assert day.startswith(
        "“6.45pm” is not in the paragraphs cited (Overview, paragraph 2), which give no ti"
    )
    (elsewhere,) = said("On 3 May he rings.", "Overview, 2")
    assert (
        elsewhere
        == "“3 May” is not in the paragraphs cited (Overview, paragraph 2), which give no date"
    )


def test_a_year_or_a_count_is_told_only_where_the_whole_source_lacks_it() -> None:
    year, count = said("He rings fourteen times in 2017.", "Overview, 2")
    assert "give no year, nor anywhere else" in year
    assert "give no number, nor anywhere else" in count
    assert said("He rings twelve times in 2016.", "Overview, 2") == []
    assert said("He rings for fourteen minutes.", "Overview, 2") == []


def test_without_the_paragraph_nothing_differs() -> None:
    assert said("He rings fourteen times on 4 May.", "Overview, 9") == []


@pytest.mark.parametrize(
    ("words", "own", "there"),
    [("At 9pm he rings.", "9pm", "9am"), ("At 2100 hours he rings.", "2100 hours", "9am"),
     ("At half past ten he rings.", "half past ten", "9am"), ("At noon he rings.", "noon", "9am"),
     ("Three men are seen.", "Three", "two"), ("By two neighbours.", "two", "three"),
     ("It is 15/03/2017.", "15/03/2017", "14 March"), ("In May 2017 he rings.", "May", "14 March"),
     ("A man has five dogs.", "five", "four")],
)  # fmt: skip
def test_what_differs_by_half_a_day_by_a_thing_or_in_another_form(
    words: str, own: str, there: str
) -> None:
    ground = {"case": {"Overview": [
        "At 9am on 14 March 2017 two men with four dogs were seen by three neighbours in five cars."
    ]}}  # fmt: skip
    found = figures_that_differ(the_module(text("t", words) | {"place": "Overview, 1"}), ground)
    (sentence,) = [each.sentence for each in found]
    assert (
        sentence
        == f"“{own}” is not in the paragraphs cited (Overview, paragraph 1); there it is “{there}”"
    )


@pytest.mark.parametrize(
    "words",
    ["At 0900 he rings.", "At 09:00 he rings.", "At 9.00 am he rings.", "At nine o’clock.",
     "It is 14/03/2017.", "On 2017-03-14.", "In March 2017.", "One man rings.", "Two days later.",
     "Two men and three neighbours.", "2 men in five cars.", "Two officers come."],
)  # fmt: skip
def test_what_agrees_in_yet_another_form(words: str) -> None:
    ground = {"case": {"Overview": [
        "At 9am on 14 March 2017 two men with four dogs were seen by three neighbours in five cars."
    ]}}  # fmt: skip
    module = the_module(text("t", words) | {"place": "Overview, 1"})
    assert [each.sentence for each in figures_that_differ(module, ground)] == []


def test_what_one_may_choose_is_no_fact_but_feedback_is() -> None:
    options = [
        option("a", "1", text="Ring 14 times", place="Overview, 1", feedback="He rang 14 times."),
        option("b", "0"),
    ]
    found = told(question("q", "single", options=options, prompt="After 20 calls?"))
    assert [key for key, _sentence in found] == ["feedback"]
