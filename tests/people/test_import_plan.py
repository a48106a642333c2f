"""What an import would do to whom, and which rows it refuses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.people.import_file import Sheet, read_people
from app.people.import_plan import Known, Outcome, Plan, State, folded, make_plan

UNITS = {"Contact centre": 1, "Response A": 2, "Crime": 3}


def known(
    number: str, *, unit: str = "Contact centre", active: bool = True,
    administrator: bool = False, here: bool = True,
) -> Known:  # fmt: skip
    return Known(
        int(number[1:]), number, f"Person {number}", f"{number.lower()}@example.test",
        UNITS[unit], unit, active, administrator, here,
    )  # fmt: skip


def state(*people: Known, elsewhere: tuple[str, ...] = ()) -> State:
    return State(
        "Northshire",
        {one.number: one for one in people},
        {folded(name): (key, name) for name, key in UNITS.items()},
        frozenset(elsewhere),
    )


def sheet(*rows: str, active: bool = False, force: bool = False) -> Sheet:
    extra = (",active" if active else "") + (",force" if force else "")
    return read_people("\n".join([f"personnel_number,name,email,unit{extra}", *rows]).encode())


def same(number: str, unit: str = "Contact centre") -> str:
    return f"{number},Person {number},{number.lower()}@example.test,{unit}"


def outcome(plan: Plan) -> Outcome:
    assert not plan.refused
    (found,) = plan.differences
    return found.outcome


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (same("N1"), Outcome.UNCHANGED),
        (same("N1", "contact  CENTRE"), Outcome.UNCHANGED),
        (same("N2"), Outcome.NEW),
        (same("N1", "Crime"), Outcome.MOVED),
        ("N1,Other,n1@example.test,Contact centre", Outcome.CHANGED),
        ("N1,Person N1,other@example.test,Contact centre", Outcome.CHANGED),
    ],
)
def test_each_outcome_without_active(row: str, expected: Outcome) -> None:
    assert outcome(make_plan(sheet(row), state(known("N1")))) is expected


@pytest.mark.parametrize(
    ("was", "said", "expected"),
    [
        (True, "no", Outcome.DEACTIVATED),
        (False, "yes", Outcome.REACTIVATED),
        (False, "no", Outcome.UNCHANGED),
        (False, "", Outcome.UNCHANGED),
        (True, "yes", Outcome.UNCHANGED),
    ],
)
def test_active_says_who_may_sign_in(was: bool, said: str, expected: Outcome) -> None:
    rows = sheet(f"{same('N1')},{said}", active=True)
    assert outcome(make_plan(rows, state(known("N1", active=was)))) is expected


def test_somebody_unknown_who_is_not_active_is_not_added() -> None:
    assert outcome(make_plan(sheet(f"{same('N1')},no", active=True), state())) is Outcome.NOT_ADDED


def test_nobody_is_touched_because_a_row_is_missing() -> None:
    plan = make_plan(sheet(same("N1")), state(known("N1"), known("N2")))
    assert plan.counts == {Outcome.UNCHANGED: 1}


def test_missing_people_are_deactivated_when_asked_but_administrators() -> None:
    people = state(
        known("N1"), known("N2"), known("N3", administrator=True), known("N4", active=False),
        known("N5", here=False),
    )  # fmt: skip
    plan = make_plan(sheet(same("N1")), people, deactivate_missing=True)
    assert [one.number for one in plan.of(Outcome.DEACTIVATED)] == ["N2"]
    assert [one.number for one in plan.of(Outcome.KEPT)] == ["N3"]


def test_a_file_of_everybody_makes_who_is_in_it_active() -> None:
    people = state(known("N1", active=False))
    plan = make_plan(sheet(same("N1")), people, deactivate_missing=True)
    assert outcome(plan) is Outcome.REACTIVATED


def _reason(plan: Plan) -> str:
    assert len(plan.refused) == 1
    return plan.refused[0].reason


def test_an_unknown_unit_is_refused_by_name_with_the_nearest() -> None:
    reason = _reason(make_plan(sheet(same("N1", "Contact center")), state()))
    assert "“Contact center”" in reason
    assert "Is “Contact centre” meant?" in reason


def test_a_row_of_another_force_is_refused() -> None:
    reason = _reason(make_plan(sheet(f"{same('N1')},Southshire", force=True), state()))
    assert "“Southshire”" in reason
    good = make_plan(sheet(f"{same('N1')},northshire", force=True), state())
    assert outcome(good) is Outcome.NEW


def test_somebody_outside_the_administrators_units_is_refused_without_a_name() -> None:
    reason = _reason(make_plan(sheet(same("N1")), state(known("N1", here=False))))
    assert "outside your units" in reason
    assert "Person" not in reason


def test_an_administrator_is_not_deactivated_by_a_file() -> None:
    rows = sheet(f"{same('N1')},no", active=True)
    assert "is an administrator" in _reason(make_plan(rows, state(known("N1", administrator=True))))


@pytest.mark.parametrize("column", ["personnel number", "e-mail address"])
def test_both_rows_of_a_double_are_refused(column: str) -> None:
    other = "N2" if column == "e-mail address" else "N1"
    rows = sheet(same("N1"), f"{other},Else,{'n1' if other == 'N2' else 'x'}@example.test,Crime")
    plan = make_plan(rows, state())
    assert [row.line for row in plan.refused] == [2, 3]
    assert all(column in row.reason for row in plan.refused)
    assert "also on line 3" in plan.refused[0].reason


def test_an_address_of_somebody_else_is_refused() -> None:
    rows = sheet("N1,Person N1,n2@example.test,Contact centre")
    reason = _reason(make_plan(rows, state(known("N1"), known("N2"))))
    assert "Person N2 (N2)" in reason


def test_an_address_used_in_another_force_is_refused_without_a_name() -> None:
    rows = sheet("N1,Person N1,far@example.test,Contact centre")
    reason = _reason(make_plan(rows, state(elsewhere=("far@example.test",))))
    assert "outside your units" in reason


def test_two_people_may_swap_addresses() -> None:
    rows = sheet(
        "N1,Person N1,n2@example.test,Contact centre", "N2,Person N2,n1@example.test,Contact centre"
    )
    plan = make_plan(rows, state(known("N1"), known("N2")))
    assert plan.counts == {Outcome.CHANGED: 2}


def test_the_share_counts_active_people_of_these_units_only() -> None:
    people = state(
        *(known(f"N{n}") for n in range(1, 11)), known("N20", active=False),
        known("N21", here=False),
    )  # fmt: skip
    rows = sheet(same("N1", "Crime"), same("N2", "Crime"), same("N20", "Crime"), same("N99"))
    plan = make_plan(rows, people)
    assert (plan.touched, plan.active) == (2, 10)
    assert not plan.exceeds(20)
    assert plan.exceeds(19)


NUMBERS = st.sampled_from([f"N{n}" for n in range(1, 7)])
ROWS = st.builds(
    "{},{},{},{},{}".format,
    NUMBERS,
    st.sampled_from(["Al", "Bo", "Person N1"]),
    NUMBERS.map(lambda number: f"{number.lower()}@example.test"),
    st.sampled_from([*UNITS, "Nowhere"]),
    st.sampled_from(["yes", "no", ""]),
)
PEOPLE = state(
    known("N1"), known("N2", active=False), known("N3", administrator=True),
    known("N4", here=False), known("N5", unit="Crime"),
)  # fmt: skip


@given(st.lists(ROWS, min_size=1, max_size=6).flatmap(lambda r: st.tuples(
    st.just(r), st.permutations(r))), st.booleans())  # fmt: skip
def test_the_order_of_the_rows_does_not_matter(
    both: tuple[list[str], list[str]], whole: bool
) -> None:
    def bare(rows: list[str]) -> tuple[object, ...]:
        plan = make_plan(sheet(*rows, active=True), PEOPLE, deactivate_missing=whole)
        told = [
            (one.outcome, one.number, one.name, one.email, one.unit_id, one.details)
            for one in plan.differences
        ]
        return told, sorted(row.cells for row in plan.refused), plan.touched

    assert bare(both[0]) == bare(both[1])
