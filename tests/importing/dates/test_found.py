"""The dates that a text names: those that case documents use, and no word that only looks so."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.importing.dates.found import Exactness, dates_in

FOUND = [
    ("It was 8 November 2019.", ["8 November 2019"]),
    ("On Friday 8th November 2019 she rang.", ["Friday 8th November 2019"]),
    ("On the 8th of November he left.", ["the 8th of November"]),
    ("Published 02 Mar 2021", ["02 Mar 2021"]),
    ("November 8, 2019", ["November 8, 2019"]),
    ("due 15/06/2018.", ["15/06/2018"]),
    ("dated 2018-06-15", ["2018-06-15"]),
    ("In March 2016 it began", ["March 2016"]),
    ("from late 2018 until mid-March 2019", ["late 2018", "mid-March 2019"]),
    ("In 2016 and by May nobody had", ["In 2016", "by May"]),
    ("Around 6.30pm Mr A rang.", ["Around 6.30pm"]),
    ("at about 11 p.m. and at 18:30 hours", ["at about 11 p.m.", "18:30 hours"]),
    ("He left at 7pm.", ["7pm"]),
    ("The list was printed at 1830 hrs", ["1830 hrs"]),
    ("shortly before midnight", ["shortly before midnight"]),
    ("Three weeks later, and two or three days before", ["Three weeks later",
                                                         "two or three days before"]),
    ("The following day, later that evening, that night",
     ["The following day", "later that evening", "that night"]),
    ("On a Monday morning", ["On a Monday morning"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_dates_are_found_as_they_stand(text: str, expected: list[str]) -> None:
    assert [found.text for found in dates_in(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "He may march on.",
        "She was 16 and rang 101, then 999.",
        "Version 10.20 of form 3/4 in room 2.15",
        "PC 1830 took 30 messages from 2 people",
        "The second call was shorter. Sun and rain.",
        "They took turns for 24 hours a day",
    ],
)
def test_words_and_numbers_that_only_look_like_dates_are_not(text: str) -> None:
    assert dates_in(text) == ()


def test_each_says_how_exact_it_is() -> None:
    text = "In 2016, then March 2017, then 8 May 2018 at 9am, and a week later"
    assert [found.exactness for found in dates_in(text)] == [
        Exactness.YEAR, Exactness.MONTH, Exactness.DAY, Exactness.TIME, Exactness.RELATIVE,
    ]  # fmt: skip


WORDS = st.sampled_from(
    ["8", "November", "2019", "around", "6.30pm", "three", "weeks", "later", "may", "in", "the",
     "following", "day", "12/3/2018", "Mr A", "–", "(", "on a Monday"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=25).map(" ".join) | st.text(max_size=200))
def test_what_is_found_stands_in_the_text_in_order_and_apart(text: str) -> None:
    end = 0
    for found in dates_in(text):
        assert text[found.start : found.end] == found.text
        assert found.start >= end
        end = found.end


def test_a_text_of_nothing_but_dates_takes_no_longer_for_each() -> None:
    begun = time.process_time()
    assert len(dates_in("He said so at 6pm. " * 40_000)) == 40_000
    assert time.process_time() - begun < 5, "the square of them would take half a minute"
