"""Each advice on questions warns of what it is about, and leaves a sound question alone."""

from __future__ import annotations

import pytest

from app.checking.advice.questions import (
    ADVICE,
    all_or_none,
    marks_without_ground,
    negative_stems,
    overlapping,
    repeating,
    unexplained,
)
from tests.checking.advice_modules import asked, the_module, told
from tests.factories.modules import made_up, option, question

SOUND = asked(
    ("0", "Close the log"), ("1", "Ask her date of birth"), ("0", "Wait for a second call"),
    prompt="Before ending this call, which would you do?",
)  # fmt: skip


def test_a_sound_question_is_left_alone() -> None:
    for rule in ADVICE:
        assert told(rule, the_module(SOUND)) == []
        if rule is not unexplained:
            assert told(rule, made_up()) == []


@pytest.mark.parametrize("feedback", ["Right.", "No, wrong.", "Not this one."])
def test_feedback_that_gives_no_reason(feedback: str) -> None:
    options = [option("a", "1", feedback=feedback), option("b", "0", feedback="It hides a risk.")]
    for kind in ("single", "multiple"):
        found = told(unexplained, the_module(question("q", kind, options=options)))
        assert [path for path, _said in found] == ["options.0.feedback"]


@pytest.mark.parametrize(
    "words",
    ["All of the above", "None of these", "Both of them", "All of these would do",
     "Neither of the above"],
)  # fmt: skip
def test_an_option_that_stands_for_others(words: str) -> None:
    found = told(all_or_none, the_module(asked(("1", "Ask"), ("0", words))))
    assert [path for path, _said in found] == ["options.1.text"]


def test_all_that_is_no_option_for_others() -> None:
    options = (("1", "Read all of the log"), ("0", "Tell none of her colleagues"))
    assert told(all_or_none, the_module(asked(*options))) == []


@pytest.mark.parametrize(
    "prompt",
    ["Which of these would you not do?", "Which is not a reason to ring back?",
     "You are in the room. Which of these should never be said?",
     "Which would you check, except one?", "Which of these isn’t a risk?",
     "Which of these would you avoid?", "What, if anything, would you not record?",
     "Who would you rather not tell?", "Which risk did nobody record?",
     "Which of these is false?", "Which step would you leave out?",
     "Which of the callers has no one asked?", "Which enquiries were not made?"],
)  # fmt: skip
def test_a_question_for_what_is_not_so(prompt: str) -> None:
    found = told(negative_stems, the_module(asked(("1", "Ask"), ("0", "Wait"), prompt=prompt)))
    assert [path for path, _said in found] == ["prompt"]


@pytest.mark.parametrize(
    "prompt",
    ["Which of these would you NOT do?", "Which would you *not* do?",
     "He does not answer. What would you do?", "What would you do if he does not answer?",
     "What do you tell a caller who will not give a name?", "Nobody looked. What now?",
     "What would you check, as nothing was not said?", "Why is it not enough to ring back?",
     "How would you avoid a second call?", "What would you do to avoid a second call?",
     "What is missing from this log?", "Nobody has rung. Which of these comes first?",
     "Which would you tell somebody whom nobody believes?"],
)  # fmt: skip
def test_a_negative_that_stands_out_or_belongs_to_the_circumstances(prompt: str) -> None:
    module = the_module(asked(("1", "Ask"), ("0", "Wait"), prompt=prompt))
    assert told(negative_stems, module) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ring her back", "ring her back"), ("Ask about the car", "Ask about the car and the road"),
     ("Tell", "tell"), ("Call back", "Call back later today and ask again"),
     ("Do nothing", "Do nothing until he rings"), ("Stay", "Stay until morning")],
)  # fmt: skip
def test_options_that_say_the_same(one: str, other: str) -> None:
    found = told(overlapping, the_module(asked(("1", one), ("0", other), ("0", "Wait"))))
    assert [path for path, _said in found] == ["options.1.text"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ring", "Ring the hospital"), ("Ask about the car", "Ask about the road"),
     ("A reply", "No reply"), ("Call back", "Call back her sister"), ("Ask", "Please ask later")],
)  # fmt: skip
def test_options_that_differ(one: str, other: str) -> None:
    assert told(overlapping, the_module(asked(("1", one), ("0", other)))) == []


def test_options_that_all_begin_alike() -> None:
    alike = asked(("1", "You would then ask"), ("0", "You would then wait"))
    found = told(repeating, the_module(alike))
    assert found == [("options", "every option begins “you would then”: put it into the question")]
    two_words = asked(("1", "You would ask"), ("0", "You would wait"))
    assert told(repeating, the_module(two_words)) == []


def test_an_option_that_says_the_question_over_again() -> None:
    prompt = "A friend rings about bruises on her left arm. What next?"
    module = the_module(
        asked(("1", "Ask"), ("0", "Log a friend rings about bruises on her face"), prompt=prompt)
    )
    assert [path for path, _said in told(repeating, module)] == ["options.1.text"]
    module = the_module(asked(("1", "Ask"), ("0", "Log the bruises on her arm"), prompt=prompt))
    assert told(repeating, module) == []


def test_a_mark_on_reasoning_alone() -> None:
    options = [option("a", "1", basis="reasoning"), option("b", "0", basis="reasoning"),
               option("c", "1/2", basis="reasoning")]  # fmt: skip
    found = told(marks_without_ground, the_module(question("q", "single", options=options)))
    assert [path for path, _said in found] == ["options.0.basis"]
