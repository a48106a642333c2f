"""What a stage shows: nothing behind an open gate stands anywhere in the values."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.attempts.marking import read_form
from app.attempts.progress import progress
from app.attempts.state import Given, State, Typed, Wrote
from app.learning.question_view import question_view, said_place, said_published
from app.learning.stage_view import stage_view
from tests.factories.modules import RIGHT, made_up, plain_module

MODULE = made_up()
GATES = [gate.id for gate in MODULE.gates()]


def state_after(count: int, seed: int = 3) -> State:
    """Return the state of somebody who passed the first `count` gates, all right."""
    answers, reflections = {}, {}
    questions = {question.id: question for question in MODULE.questions()}
    for gate in GATES[:count]:
        if gate in questions:
            form = {k: v if isinstance(v, list) else [v] for k, v in RIGHT[gate].items()}
            response = read_form(questions[gate], form)
            answers[gate] = Given(response, Fraction(1), "scheme")
        else:
            reflections[gate] = Wrote(skipped=True)
    return State(answers=answers, reflections=reflections, seed=seed)


@given(st.integers(0, len(GATES)))
def test_no_canary_of_a_closed_gate_is_in_the_view(count: int) -> None:
    state = state_after(count)
    found = progress(MODULE, state.passed)
    shown = repr([stage_view(found, stage, state) for stage in found.open_stages])
    for gate in GATES[count:]:
        for part in ("feedback", "explanation", "reasonable", "then", "point"):
            assert f"canary-{part}-{gate}" not in shown
    for gate in GATES[:count]:
        assert f"canary-then-{gate}" in shown or f"canary-point-{gate}-1" in shown


def test_an_open_question_tells_neither_key_nor_feedback() -> None:
    question = MODULE.questions()[0]
    view = question_view(question, State())
    assert view.item is None
    assert {choice.id for choice in view.choices} == {"q1-a", "q1-b", "q1-c"}
    assert all(not (c.tone or c.word or c.feedback or c.basis or c.place) for c in view.choices)


@pytest.mark.parametrize(("number", "said"), [
    (5, "The IOPC’s question 5, in our words"), (None, "Debrief’s question, not the IOPC’s"),
])  # fmt: skip
def test_a_reflection_says_whose_question_it_is(number: int | None, said: str) -> None:
    stages = plain_module()["stages"]
    stages[0]["items"][3]["iopc_question"] = number
    module = made_up(stages=stages)
    found = progress(module, {"q1"})
    view = stage_view(found, module.stages[0], State(answers=state_after(1).answers))
    assert view.items[3].scheme == said


def test_a_person_is_known_from_her_stage_on() -> None:
    state = state_after(len(GATES))
    found = progress(MODULE, state.passed)
    assert stage_view(found, MODULE.stages[0], state).people == (("Mr A", "a caller"),)
    assert stage_view(found, MODULE.stages[3], state).people == (
        ("Mr A", "a caller; canary-person"),
    )


def test_a_draft_stands_in_the_form() -> None:
    question = MODULE.questions()[2]
    order = ("q3-c", "q3-a", "q3-b")
    state = State(typed={("q3", "first"): Typed({"order": order})})
    assert tuple(choice.id for choice in question_view(question, state).choices) == order


def test_a_place_is_said_in_words() -> None:
    assert said_place("Overview, 2; PC B, 1") == "Overview, paragraph 2; PC B, paragraph 1"
    assert said_place("Overview, 7; Overview, 2; Overview, 3") == "Overview, paragraphs 2, 3 and 7"


def test_paragraphs_that_follow_each_other_are_said_as_a_run() -> None:
    long = "; ".join(f"Overview, {number}" for number in (*range(19, 34), 3, 36, 35))
    assert said_place(long) == "Overview, paragraphs 3, 19 to 33, 35 and 36"
    assert said_place("Overview, 1; Overview, 2; Overview, 3") == "Overview, paragraphs 1 to 3"
    assert said_place("Overview, 2; Overview, 2") == "Overview, paragraph 2"


def test_a_date_of_publication_is_as_exact_as_its_source() -> None:
    assert said_published("2020") == "2020"
    assert said_published("2020-01") == "January 2020"
    assert said_published("2019-02-20") == "20 February 2019"
