"""A mark is for one decision: not for a memory, and not for two acts at once."""

from __future__ import annotations

from typing import Any

import pytest

from app.checking.advice.marks import MARKS, double_barrelled, marks_for_memory
from tests.checking.advice_modules import asked, the_module, told
from tests.factories.modules import made_up, option, question


def test_a_sound_module_is_left_alone() -> None:
    for rule in MARKS:
        assert told(rule, made_up()) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("He waited 14 days", "He waited 41 days"), ("On 3 May 2016", "On 4 June 2017"),
     ("Three officers", "Four officers"), ("A final written warning", "A dismissal"),
     ("She was dismissed", "She resigned"), ("At 6.30pm", "At 9.15pm"),
     ("Seven years", "Between five and ten years"), ("14 March 2017", "15 June"),
     ("It took 11 weeks", "It took 3 days"), ("On the Monday", "On the Tuesday"),
     ("He was dismissed", "He received a written warning"), ("About a fortnight", "About a month"),
     ("They were jailed for two years", "They were acquitted"), ("In 2016", "After 2015"),
     ("At half past nine", "At ten"), ("Three calls were made", "Two calls were made")],
)  # fmt: skip
def test_a_mark_for_a_figure_a_date_or_a_sanction(right: str, wrong: str) -> None:
    found = told(marks_for_memory, the_module(asked(("0", wrong), ("1", right), ("0", "Wait"))))
    assert [path for path, _said in found] == ["options.1.text"]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("Ask for the date of birth", "Ask for the address"), ("Within one day", "Never"),
     ("Within an hour", "Within a day"), ("Wait 2 days", "Wait for the log"),
     ("Ring 101", "Close the log"), ("Dismissed her worries", "Dismissed the call at 9pm"),
     ("Two officers to the house", "One officer to the school"),
     ("A written warning was fair", "The finding was unclear")],
)  # fmt: skip
def test_a_mark_for_a_decision(right: str, wrong: str) -> None:
    module = the_module(asked(("0", wrong), ("1", right)))
    assert told(marks_for_memory, module) == []


def test_wrong_options_may_differ_in_a_figure_among_themselves() -> None:
    module = the_module(asked(("0", "Wait 2 days"), ("0", "Wait 5 days"), ("1", "Ask now")))
    assert told(marks_for_memory, module) == []


def _matching(*targets: str) -> dict[str, Any]:
    named = [{"id": f"t{at}", "text": text} for at, text in enumerate(targets)]
    options = [option(f"o{at}", target=f"t{at}") for at in range(len(targets))]
    return question("q", "matching", targets=named, options=options)


def test_a_matching_with_bare_dates_or_sanctions() -> None:
    found = told(marks_for_memory, the_module(_matching("3 May", "14 June 2017")))
    assert [path for path, _said in found] == ["targets"]
    assert told(marks_for_memory, the_module(_matching("Ask", "3 May"))) == []


@pytest.mark.parametrize(
    "words",
    ["Ask her age and record the answer", "Tell a sergeant, and ring back",
     "Close the log or send a car", "Check the number, then call it",
     "Establish her age, and flag the log", "Treat it as a concern and call a supervisor",
     "I would ask her age and check the record", "Ring her back as well as checking the record",
     "Asking her age and checking the record", "Deploy a unit & call back",
     "Trace the number and check the record", "You would first ask him; then ring her"],
)  # fmt: skip
def test_a_right_option_of_two_acts(words: str) -> None:
    found = told(double_barrelled, the_module(asked(("0", "Wait"), ("1", words))))
    assert [path for path, _said in found] == ["options.1.text"]


@pytest.mark.parametrize(
    "words",
    ["Ask about her age and needs", "Tell him what will and will not happen",
     "Search and seize the phone", "Take and record her name", "Trace the calls and call records",
     "Evidence and call records", "Ask her age and whether she is safe", "Make a note and a copy",
     "Keep her talking while you search the record", "Because he rang and asked the time",
     "Find out what it says, and tell them", "A sergeant and an inspector record it",
     "Ask if he has a condition or need"],
)  # fmt: skip
def test_a_right_option_of_one_act(words: str) -> None:
    assert told(double_barrelled, the_module(asked(("0", "Wait"), ("1", words)))) == []


def test_two_acts_are_fair_where_wrong_options_have_two_as_well() -> None:
    options = (("0", "Close the log and wait"), ("1", "Ask her age and record the answer"))
    assert told(double_barrelled, the_module(asked(*options))) == []
