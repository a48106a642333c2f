"""Adding up by unit and by module loses nobody and counts nobody twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.reporting.scope import ModuleRow, UnitRow, heads_of, rest_of, trail_of
from app.reporting.status import Status
from app.reporting.tallies import Tally, by_module, by_unit, total

FORCE = UnitRow(1, "Northshire", "/1/")
OPERATIONS = UnitRow(2, "Operations", "/1/2/")
CONTACT = UnitRow(3, "Contact centre", "/1/2/3/")
# Its id begins with the same digit as another's: a path is not a prefix of digits.
RESPONSE = UnitRow(33, "Response A", "/1/2/33/")
CRIME = UnitRow(4, "Crime", "/1/4/")
UNITS = [FORCE, CRIME, OPERATIONS, CONTACT, RESPONSE]
MODULES = [ModuleRow(7, "a", "A", True), ModuleRow(8, "b", "B", True), ModuleRow(9, "c", "C", True)]

TALLIES = st.builds(
    lambda completed, overdue, begun, rest, unasked: Tally(
        completed + overdue + begun + rest, completed, overdue, begun, unasked
    ),
    *[st.integers(0, 50)] * 5,
)
COUNTED = st.dictionaries(
    st.tuples(st.sampled_from([1, 2, 3, 33, 4]), st.sampled_from([7, 8])), TALLIES
)


@given(COUNTED, st.sampled_from([None, FORCE, OPERATIONS]))
def test_units_and_modules_add_up_to_the_whole(
    counted: dict[tuple[int, int], Tally], chosen: UnitRow | None
) -> None:
    lines = by_unit(counted, UNITS, heads_of(UNITS, chosen))
    assert sum((line.tally for line in lines), Tally()) == total(counted)
    modules = by_module(counted, MODULES)
    assert sum((line.tally for line in modules), Tally()) == total(counted)


@given(TALLIES)
def test_the_four_statuses_are_the_whole_and_unasked_is_apart(tally: Tally) -> None:
    assert sum(tally.of(status) for status in Status) == tally.asked == tally.of(None)
    assert sum(count for _tone, count, _word in tally.segments) == tally.asked


def test_each_head_counts_all_below_it_and_the_rest_is_named_apart() -> None:
    counted = {
        (2, 7): Tally(1), (3, 7): Tally(10), (33, 8): Tally(100), (4, 7): Tally(1000),
    }  # fmt: skip
    lines = by_unit(counted, UNITS, heads_of(UNITS, None))
    assert [(line.unit.name if line.unit else None, line.tally.asked) for line in lines] == [
        ("Crime", 1000),
        ("Operations", 111),
    ]
    counted.pop((4, 7))
    lines = by_unit(counted, UNITS, heads_of(UNITS, OPERATIONS))
    assert [(line.unit.name if line.unit else None, line.tally.asked) for line in lines] == [
        ("Contact centre", 10),
        ("Response A", 100),
        (None, 1),
    ]


def test_the_rest_is_named_by_the_unit_above() -> None:
    assert rest_of(UNITS, None) == "Directly in Northshire"
    assert rest_of(UNITS, OPERATIONS) == "Directly in Operations"
    assert rest_of(UNITS, CONTACT) == "Directly in Contact centre"


def test_several_highest_units_are_the_lines_themselves() -> None:
    units = [CRIME, CONTACT, RESPONSE]
    assert heads_of(units, None) == units
    assert heads_of(units, CRIME) == []
    assert trail_of(UNITS, CONTACT) == [FORCE, OPERATIONS, CONTACT]
    assert trail_of(UNITS, RESPONSE) == [FORCE, OPERATIONS, RESPONSE]
    assert trail_of(UNITS, None) == []


def test_only_modules_that_concern_somebody_are_listed() -> None:
    lines = by_module({(3, 8): Tally(2), (4, 8): Tally(unasked=1)}, MODULES)
    assert [(line.module.slug, line.tally) for line in lines] == [("b", Tally(2, unasked=1))]
