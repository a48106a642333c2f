"""What was decided in a preview stands in the address alone, and reads back from it."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import pytest

from app.authoring.previewing import progress_at, walk
from app.catalogue.document import Stage
from tests.factories.modules import RIGHT, WRONG, made_up

MODULE = made_up()
HOLDS = {"q1": 0, "q2": 1, "q3": 1, "q4": 2}


def fields(item: str, sent: Mapping[str, str | list[str]]) -> dict[str, Sequence[str]]:
    listed = {name: [v] if isinstance(v, str) else v for name, v in sent.items()}
    return {"item": [item], **listed}


def address(carried: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in carried:
        found.setdefault(name, []).append(value)
    return found


def stage_of(item: str) -> Stage:
    """Return the stage of a question with nothing before it."""
    stage = MODULE.stages[HOLDS[item]]
    at = next(n for n, i in enumerate(stage.items) if i.id == item)
    return stage.model_copy(update={"items": stage.items[at:]})


@pytest.mark.parametrize(("sent", "credit"), [(RIGHT, 1), (WRONG, 0)])
@pytest.mark.parametrize("item", ["q1", "q2", "q3", "q4"])
def test_an_answer_of_each_kind_is_marked_and_stands_in_the_address(
    item: str, sent: dict[str, dict[str, str | list[str]]], credit: int
) -> None:
    stage = stage_of(item)
    done = walk(stage, fields(item, sent[item]))
    assert done.committed == item
    assert done.state.answers[item].credit == Fraction(credit)
    again = walk(stage, address(done.carried))
    assert again.committed is None
    assert again.state.answers == done.state.answers
    assert again.carried == done.carried


def test_an_incomplete_answer_is_not_committed_and_keeps_what_was_chosen() -> None:
    sent = {"pair-q4-a": "q4-x", "pair-q4-b": ""}
    done = walk(stage_of("q4"), fields("q4", sent))
    assert (done.committed, done.incomplete) == (None, "q4")
    assert "1 of 2 still without one" in done.problem
    assert done.state.typed[("q4", "first")].fields["pair-q4-a"] == ("q4-x",)
    assert done.state.answers == {}


def test_rows_of_an_ordering_move_up_and_down() -> None:
    order = ["q3-c", "q3-b", "q3-a"]
    done = walk(stage_of("q3"), fields("q3", {"order": order, "move": "q3-a:up"}))
    assert done.committed is None
    assert done.state.typed[("q3", "first")].fields["order"] == ("q3-c", "q3-a", "q3-b")
    edge = walk(stage_of("q3"), fields("q3", {"order": order, "move": "q3-c:up"}))
    assert edge.state.typed[("q3", "first")].fields["order"] == tuple(order)


def test_only_the_first_open_gate_can_be_answered() -> None:
    stage = MODULE.stages[1]
    ahead = walk(stage, fields("q3", RIGHT["q3"]))
    assert (ahead.committed, ahead.state.answers) == (None, {})
    then = walk(stage, {**fields("q3", RIGHT["q3"]), "q-q2": ["q2-a"]})
    assert then.committed == "q3"
    assert set(then.state.answers) == {"q2", "q3"}


@pytest.mark.parametrize(("sent", "skipped"), [({}, False), ({"skip": "1"}, True)])
def test_a_reflection_is_passed_without_a_word(sent: dict[str, str], skipped: bool) -> None:
    stage = MODULE.stages[0]
    done = walk(stage, {**fields("r1", sent), "q-q1": ["q1-b"]})
    assert done.committed == "r1"
    assert done.state.reflections["r1"].skipped is skipped
    assert done.state.reflections["r1"].text == ""
    assert walk(stage, address(done.carried)).state == done.state


@pytest.mark.parametrize("values", [["nonsense"], ["q1-a", "q1-b"], [""]])
def test_an_address_that_was_tampered_with_says_nothing(values: list[str]) -> None:
    assert walk(MODULE.stages[0], {"q-q1": values}).state.answers == {}


def test_what_stands_before_the_stage_counts_as_decided() -> None:
    stage = MODULE.stages[2]
    how_far = progress_at(MODULE, stage, walk(stage, {}).state)
    assert how_far.stage("third") is stage
    assert [item.id for item in how_far.open_items(stage)] == ["q4"]
    assert not how_far.stage_passed(stage)
