"""Progress: what is open, what is counted, where one goes on."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.attempts.progress import counts_ahead, progress
from tests.factories.modules import made_up

MODULE = made_up()
GATES = [gate.id for gate in MODULE.gates()]


def test_the_absent_means_not_started() -> None:
    found = progress(MODULE, set())
    assert [stage.id for stage in found.open_stages] == ["first"]
    assert [item.id for item in found.open_items(found.open_stages[0])] == ["t1", "q1"]
    assert counts_ahead(MODULE, found.open_stages) == (2, 1)
    assert found.minutes_left("first") == MODULE.minutes


def test_a_commit_opens_what_follows_up_to_the_next_gate() -> None:
    found = progress(MODULE, {"q1"})
    assert [item.id for item in found.open_items(MODULE.stages[0])] == ["t1", "q1", "t2", "r1"]
    assert found.stage("second") is None
    assert found.open_gate("q2") is None
    assert found.open_gate("r1") is not None


def test_a_stage_without_gates_opens_with_the_last_gate_before_it() -> None:
    found = progress(MODULE, set(GATES))
    assert found.all_passed
    assert found.open_stages == MODULE.stages
    assert found.after(MODULE.stages[2]) == MODULE.stages[3]
    assert found.after(MODULE.stages[3]) is None
    assert found.place("fourth") == (MODULE.stages[3], None)


def test_what_may_be_read_is_opened_by_going_on_to_it() -> None:
    found = progress(MODULE, set(GATES))
    assert found.opened("first") == MODULE.stages[:3], "a gate of the third has been passed"
    assert found.opened("fourth") == MODULE.stages
    assert progress(MODULE, set()).opened("fourth") == MODULE.stages[:1]


@given(st.sets(st.sampled_from(GATES)))
def test_nothing_behind_an_open_gate_is_open(passed: set[str]) -> None:
    found = progress(MODULE, passed)
    gate = found.next_gate
    opened = [item.id for stage in found.open_stages for item in found.open_items(stage)]
    if gate is None:
        assert len(opened) == len(list(MODULE.items()))
    else:
        assert opened[-1] == gate.id
        order = [item.id for _stage, item in MODULE.items()]
        assert opened == order[: order.index(gate.id) + 1]
    assert 1 <= found.minutes_left("first") <= MODULE.minutes


@given(st.integers(0, len(GATES)))
def test_resume_lands_at_the_open_gate_of_the_stage_one_was_in(count: int) -> None:
    found = progress(MODULE, set(GATES[:count]))
    furthest = found.open_stages[-1]
    stage, gate = found.place(furthest.id)
    assert stage == furthest
    assert gate == found.next_gate
