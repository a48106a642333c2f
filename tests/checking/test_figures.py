"""Figures are read in whatever form a source or an author writes them."""

from __future__ import annotations

import pytest

from app.checking.figures import Figure, figures_of


def test_figures_by_sort() -> None:
    found = figures_of("On 3 May 2016 at 9pm, 1,500 of twenty people; question 3")
    assert [(each.sort, each.value) for each in found] == [
        ("time", "9:00"), ("date", "3 5"), ("year", "2016"), ("number", "1500"), ("number", "20"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "value", "half"),
    [("9am", "9:00", "am"), ("9 p.m.", "9:00", "pm"), ("6.30pm", "6:30", "pm"),
     ("18:30", "6:30", "pm"), ("1830 hours", "6:30", "pm"), ("0900", "9:00", "am"),
     ("09:00", "9:00", "am"), ("6:30", "6:30", ""), ("half past ten", "10:30", ""),
     ("quarter to nine", "8:45", ""), ("ten past 6", "6:10", ""), ("quarter to one", "0:45", ""),
     ("twenty-five to one", "0:35", ""), ("ten o’clock", "10:00", ""), ("noon", "0:00", "pm"),
     ("midnight", "0:00", "am"), ("12am", "0:00", "am"), ("12.15pm", "0:15", "pm")],
)  # fmt: skip
def test_a_time_in_any_form(words: str, value: str, half: str) -> None:
    (found,) = figures_of(f"At {words} she rang.")
    assert (found.sort, found.value, found.half) == ("time", value, half)


@pytest.mark.parametrize(
    ("words", "value"),
    [("3 May", "3 5"), ("3rd of May", "3 5"), ("May 3rd", "3 5"), ("03/05/2016", "3 5"),
     ("3.5.2016", "3 5"), ("2016-05-03", "3 5")],
)  # fmt: skip
def test_a_date_in_any_form(words: str, value: str) -> None:
    found = figures_of(f"On {words} she rang.")
    assert (found[0].sort, found[0].value) == ("date", value)
    assert {each.sort for each in found[1:]} <= {"year"}


@pytest.mark.parametrize(
    ("words", "month"),
    [("In May she rang.", "5"), ("by March 2017", "3"), ("August 2019 was hot", "8")],
)
def test_a_month_alone(words: str, month: str) -> None:
    assert figures_of(words)[0] == Figure(
        "month", month, words.split()[0 if month == "8" else 1].strip()
    )


@pytest.mark.parametrize(
    "words", ["She may march in.", "May she ring?", "Ring 999.", "See entry 4.", "a cat"]
)
def test_what_is_no_figure_of_the_case(words: str) -> None:
    assert figures_of(words) == ()


@pytest.mark.parametrize(
    ("words", "thing"),
    [("two men", "man"), ("7 referrals", "referral"), ("five enquiries", "enquiry"),
     ("three of them", ""), ("four more calls", ""), ("six boss", "boss")],
)  # fmt: skip
def test_what_a_number_counts(words: str, thing: str) -> None:
    (found,) = figures_of(words)
    assert found.counted == thing


def test_a_year_with_four_figures_is_no_time() -> None:
    assert [each.sort for each in figures_of("at 2015")] == ["year"]


def test_halves_of_the_day_differ_only_where_both_are_said() -> None:
    am, pm, either = (figures_of(words)[0] for words in ("9am", "9pm", "nine o’clock"))
    assert either.agrees(am)
    assert pm.agrees(either)
    assert not am.agrees(pm)


@pytest.mark.parametrize("text", [
    "On 1 aprıl she rang.", "At half past sıx.", "At mıdnıght.", "In ſeptember 2019.", "9" * 5000,
    "٣ aprıl at ٩pm", "Sıx men, fıfty calls.",
])  # fmt: skip
def test_letters_and_digits_like_ours_raise_nothing(text: str) -> None:
    assert all(figure.words in text for figure in figures_of(text))
