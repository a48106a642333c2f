"""The report's one SELECT: who is in it, how it stands, and who is never in it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.accounts.models import Membership, Person, Unit
from app.assigning.assignments import withdraw
from app.db import db
from app.reporting.completions import (
    COLUMNS,
    Line,
    Wanted,
    counted,
    how_many,
    lines_of,
    lines_of_person,
)
from app.reporting.scope import modules_of, paths_of, units_of
from app.reporting.status import Status, status_of
from app.reporting.tallies import Tally, total
from tests.cast import Cast
from tests.factories.assigning import (
    ASKED,
    DUE,
    make_assignment,
    make_attempt,
    make_completion,
    make_version,
)

pytestmark = pytest.mark.usefixtures("session")
IN_TIME, LATE = DUE, DUE + timedelta(days=1)


def _wanted(cast: Cast, unit: str = "operations", **more: object) -> Wanted:
    path = db.session.get_one(Unit, cast.units[unit]).path
    return Wanted((path,), **more)  # type: ignore[arg-type]


def _lines(cast: Cast, today: date = IN_TIME, **more: object) -> list[Line]:
    wanted = _wanted(cast, **more)  # type: ignore[arg-type]
    return lines_of(wanted, today, modules_of(wanted.paths))


def _by_name(lines: list[Line]) -> dict[str, Status]:
    return {line.name: line.status for line in lines}


@pytest.fixture
def asked(cast: Cast) -> Cast:
    """Operations asked: one completed, one began, others have not; noise elsewhere."""
    version, other = make_version(), make_version("another")
    make_completion(make_version(), cast.officer, on=date(2026, 1, 20))
    made = make_assignment(version, cast.operations, by=cast.manager)
    assert made
    make_attempt(version, cast.colleague)
    make_attempt(other, cast.responder)
    make_completion(other, cast.trainer)
    make_assignment(other, cast.south, by=cast.manager_elsewhere)
    make_completion(other, cast.officer_elsewhere)
    make_attempt(version, cast.officer_elsewhere)
    return cast


def test_each_status_and_only_ones_own_people(asked: Cast) -> None:
    assert _by_name(_lines(asked)) == {
        "Officer": Status.COMPLETED,
        "Colleague": Status.IN_PROGRESS,
        "Responder": Status.NOT_STARTED,
        "Trainer": Status.NOT_STARTED,
        "Manager": Status.NOT_STARTED,
    }
    assert [line.name for line in _lines(asked, unit="contact")] == ["Colleague", "Officer"]


def test_the_day_after_everything_open_is_overdue_and_completed_stays(asked: Cast) -> None:
    late = _by_name(_lines(asked, LATE))
    assert late.pop("Officer") is Status.COMPLETED
    assert set(late.values()) == {Status.OVERDUE}


def test_the_database_and_the_pure_rule_say_the_same(asked: Cast) -> None:
    for today in (IN_TIME, LATE):
        for line in _lines(asked, today):
            assert line.status is status_of(
                completed=line.completed is not None,
                begun=line.name == "Colleague",
                due_on=line.due,
                today=today,
            )


def test_a_line_carries_dates_and_the_version_completed_and_nothing_more(asked: Cast) -> None:
    line = next(line for line in _lines(asked) if line.name == "Officer")
    assert line.cells() == (
        "Officer", "Nofficer", "Contact centre", "Title of made-up, state 2", "Completed",
        date(2026, 3, 2), DUE, date(2026, 1, 20), 2,
    )  # fmt: skip
    assert set(Line._fields) == {*COLUMNS, "person_id", "assignment_id"}


def test_unasked_completions_are_counted_apart(asked: Cast) -> None:
    assert total(counted(_wanted(asked), IN_TIME)) == Tally(5, 1, 0, 1, unasked=1)
    module = next(m for m in modules_of(["/"]) if m.slug == "another")
    only = counted(_wanted(asked, module_id=module.id), IN_TIME)
    assert total(only) == Tally(unasked=1)
    assert total(counted(_wanted(asked), LATE)) == Tally(5, 1, 4, 0, unasked=1)


def test_two_unasked_completions_of_one_module_are_one_person(asked: Cast) -> None:
    other = make_version("another")
    make_completion(other, asked.trainer, on=date(2026, 3, 20))
    assert total(counted(_wanted(asked), IN_TIME)).unasked == 1
    make_completion(other, asked.manager)
    assert total(counted(_wanted(asked), IN_TIME)).unasked == 2


def test_withdrawn_requests_leave_the_report_and_a_completion_becomes_unasked(asked: Cast) -> None:
    version = make_version("third")
    made = make_assignment(version, asked.contact, by=asked.manager)
    assert total(counted(_wanted(asked), IN_TIME)).asked == 7
    withdraw(made, reason="No longer needed", by=asked.manager, now=ASKED)
    assert total(counted(_wanted(asked), IN_TIME)) == Tally(5, 1, 0, 1, unasked=1)
    make_completion(version, asked.colleague)
    assert total(counted(_wanted(asked), IN_TIME)).unasked == 2


def test_a_moved_person_takes_the_request_along(asked: Cast) -> None:
    membership = db.session.get_one(Membership, (asked.officer, date(2026, 1, 5)))
    membership.until_on = date(2026, 3, 15)
    db.session.flush()
    db.session.add(
        Membership(person_id=asked.officer, unit_id=asked.crime, from_on=date(2026, 3, 15))
    )
    db.session.flush()
    assert "Officer" not in _by_name(_lines(asked))
    assert total(counted(_wanted(asked), IN_TIME)).completed == 0
    found = _lines(asked, unit="crime")
    assert [(line.name, line.unit) for line in found] == [("Officer", "Crime")]
    assert total(counted(_wanted(asked, "crime"), IN_TIME)) == Tally(1, 1)


def test_a_deactivated_person_leaves_the_denominator(asked: Cast) -> None:
    db.session.get_one(Person, asked.officer).deactivated_at = ASKED
    db.session.get_one(Person, asked.trainer).deactivated_at = ASKED
    db.session.flush()
    assert "Officer" not in _by_name(_lines(asked))
    assert total(counted(_wanted(asked), IN_TIME)) == Tally(3, 0, 0, 1)
    assert len(lines_of_person(asked.officer, IN_TIME, modules_of(["/"]))) == 1


@pytest.mark.parametrize("status", list(Status))
def test_a_status_narrows_the_lines_and_never_the_counts(asked: Cast, status: Status) -> None:
    for today in (IN_TIME, LATE):
        tally = total(counted(_wanted(asked, status=status), today))
        assert tally == total(counted(_wanted(asked), today))
        lines = _lines(asked, today, status=status)
        assert len(lines) == tally.of(status) == how_many(_wanted(asked, status=status), today)
        assert {line.status for line in lines} <= {status}


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("OFF", ["Officer"]),
        ("nresp", ["Responder"]),
        ("er of", ["Officer"]),
        ("r", ["Manager", "Officer", "Responder", "Trainer", "Colleague"]),
        ("%", []),
        ("_", []),
    ],
)
def test_words_find_names_and_numbers_and_mean_themselves(
    asked: Cast, words: str, names: list[str]
) -> None:
    found = [line.name for line in _lines(asked, words=words)]
    # Every number begins with N and ends in the key: an r is in all but the colleague's.
    expected = [name for name in names if words != "r" or name != "Colleague"]
    assert sorted(found) == sorted(expected)
    assert how_many(_wanted(asked, words=words), IN_TIME) == len(expected)


@pytest.mark.parametrize("column", list(COLUMNS))
def test_every_column_sorts_both_ways_with_the_empty_last(asked: Cast, column: str) -> None:
    index = list(COLUMNS).index(column)
    for descending in (False, True):
        lines = _lines(asked, sort=column, descending=descending)
        assert len(lines) == 5
        values = [line.cells()[index] for line in lines]
        told = [value for value in values if value is not None]
        assert values == told + [None] * (len(values) - len(told))
        if column == "status":
            told = [line.status.value for line in lines]
        assert told == sorted(told, reverse=descending)


def test_pages_hold_every_line_once(asked: Cast) -> None:
    wanted, modules = _wanted(asked, sort="unit"), modules_of(["/"])
    everything = lines_of(wanted, IN_TIME, modules)
    pages = [lines_of(wanted, IN_TIME, modules, start=n, most=2) for n in (0, 2, 4)]
    assert [line for page in pages for line in page] == everything


def test_two_managers_see_their_own(asked: Cast) -> None:
    north, south = paths_of("manager@example.test"), paths_of("manager_elsewhere@example.test")
    assert [unit.name for unit in units_of(north)] == [
        "Operations", "Contact centre", "Response A",
    ]  # fmt: skip
    seen = [
        {line.name for line in lines_of(Wanted(p), IN_TIME, modules_of(p))} for p in (north, south)
    ]
    assert seen[0] & seen[1] == set()
    assert "Officer Elsewhere" in seen[1]
    assert paths_of("trainer@example.test") == paths_of("nobody@example.test") == ()


def test_a_module_of_another_force_is_not_offered(asked: Cast) -> None:
    make_version("of-south", owner_id=asked.south)
    make_version("of-contact", owner_id=asked.contact)
    offered = {m.slug: m.offered for m in modules_of(paths_of("manager@example.test"))}
    assert offered == {"made-up": True, "another": True, "of-south": False, "of-contact": True}
