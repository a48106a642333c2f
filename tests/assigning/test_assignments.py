"""Asking, asking again, asking those who joined, withdrawing: refusals as much as successes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from app.accounts.models import AuditEntry, Membership, Person, Unit
from app.assigning.assignments import (
    AlreadyWithdrawn,
    DueDateOutOfRange,
    NobodyToAsk,
    PeopleChanged,
    ask_joined,
    assign,
    check_due_date,
    last_due_date,
    plan_assignment,
    plan_joined,
    withdraw,
)
from app.assigning.models import Assignment, Earlier, Occurrence
from app.assigning.people import asked_in, how_many_not_asked, people_asked
from app.assigning.queries import (
    asked_of,
    assignment_covered,
    assignment_seen,
    assignments_seen,
    counts_of,
    modules_offered,
    withdrawn_from,
)
from app.db import db
from tests.cast import Cast, make_person
from tests.factories.assigning import (
    ASKED,
    DUE,
    make_assignment,
    make_completion,
    make_version,
    order_for,
)

pytestmark = pytest.mark.usefixtures("session")
LATER = ASKED + timedelta(days=5)


def _path(unit_id: int) -> str:
    return db.session.get_one(Unit, unit_id).path


def _occurrences(*conditions: sa.ColumnElement[bool]) -> list[Occurrence]:
    db.session.expire_all()
    return list(db.session.scalars(sa.select(Occurrence).where(*conditions)))


def _not_asked(made: Assignment, cast: Cast) -> int:
    return how_many_not_asked(made.id, made.module_id, _path(cast.contact))


def test_everyone_active_in_the_unit_and_below_is_asked_once(cast: Cast) -> None:
    made = make_assignment(make_version(), cast.operations, by=cast.manager)
    asked = {cast.officer, cast.colleague, cast.responder, cast.trainer, cast.manager}
    assert asked_in(made.id) == asked
    assert all(row.due_on == DUE for row in _occurrences())
    entry = db.session.scalars(sa.select(AuditEntry)).one()
    assert (entry.act, entry.subject) == ("assigned", f"assignment:{made.id}")
    assert "Asked 5 people in Operations" in entry.sentence
    assert "Tuesday 31 March 2026" in entry.sentence


def test_the_same_key_gives_the_same_assignment(cast: Cast) -> None:
    order = order_for(make_version(), cast.contact)
    first = assign(order, by=cast.manager, now=ASKED, key="once")
    second = assign(order, by=cast.manager, now=ASKED, key="once")
    assert first.id == second.id
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Occurrence)) == 2


def test_who_is_asked_already_is_not_asked_twice(cast: Cast) -> None:
    version = make_version()
    make_assignment(make_version("another"), cast.operations, by=cast.manager)
    first = make_assignment(version, cast.contact, by=cast.manager)
    plan = plan_assignment(order_for(version, cast.operations))
    assert {row.member.person_id for row in plan.already} == {cast.officer, cast.colleague}
    assert {row.request.due_on for row in plan.already} == {first.due_on}
    second = make_assignment(version, cast.operations, by=cast.manager)
    assert asked_in(second.id) == {cast.responder, cast.trainer, cast.manager}


def test_nobody_left_to_ask_is_refused(cast: Cast) -> None:
    version = make_version()
    make_assignment(version, cast.operations, by=cast.manager)
    with pytest.raises(NobodyToAsk, match="nobody in Contact centre"):
        make_assignment(version, cast.contact, by=cast.manager)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Assignment)) == 1


def test_an_earlier_completion_counts_at_once_or_is_asked_for_again(cast: Cast) -> None:
    version, other = make_version(), make_version("another")
    done = make_completion(version, cast.officer, on=date(2026, 2, 1))
    make_completion(other, cast.colleague, on=date(2026, 2, 1))
    counts = make_assignment(version, cast.contact, by=cast.manager)
    found = {row.person_id: row.completion_id for row in _occurrences()}
    assert found == {cast.officer: done.id, cast.colleague: None}
    withdraw(counts, reason="Wrong date", by=cast.manager, now=LATER)
    again = make_assignment(version, cast.contact, by=cast.manager, earlier=Earlier.AGAIN)
    open_now = _occurrences(
        Occurrence.assignment_id == again.id, Occurrence.completion_id.is_(None)
    )
    assert {row.person_id for row in open_now} == {cast.officer, cast.colleague}


def test_the_newest_completion_is_the_one_that_counts(cast: Cast) -> None:
    version = make_version()
    newest = make_completion(version, cast.officer, on=date(2026, 2, 9))
    make_completion(version, cast.officer, on=date(2026, 1, 9))
    make_assignment(version, cast.contact, by=cast.manager)
    assert _occurrences(Occurrence.person_id == cast.officer)[0].completion_id == newest.id


def test_a_list_that_changed_is_not_confirmed(cast: Cast) -> None:
    version = make_version()
    order = order_for(version, cast.contact)
    seen = plan_assignment(order).digest
    make_person("newcomer", db.session.get_one(Unit, cast.contact))
    with pytest.raises(PeopleChanged):
        assign(order, by=cast.manager, now=ASKED, key="k", expected=seen)
    assert not _occurrences()
    seen = plan_assignment(order).digest
    assert assign(order, by=cast.manager, now=ASKED, key="k", expected=seen)


def test_a_completion_closes_only_that_persons_open_request_of_that_module(cast: Cast) -> None:
    version = make_version()
    make_assignment(version, cast.contact, by=cast.manager)
    make_assignment(make_version("another"), cast.contact, by=cast.manager)
    done = make_completion(make_version(), cast.officer)
    closed = _occurrences(Occurrence.completion_id.is_not(None))
    assert [(row.person_id, row.module_id) for row in closed] == [(cast.officer, version.module_id)]
    assert closed[0].completion_id == done.id


def test_asked_to_do_it_again_is_not_closed_by_what_was_done_before(cast: Cast) -> None:
    version = make_version()
    make_assignment(version, cast.contact, by=cast.manager, earlier=Earlier.AGAIN)
    make_completion(version, cast.officer, on=date(2026, 3, 1))
    assert not _occurrences(Occurrence.completion_id.is_not(None))
    make_completion(version, cast.officer, on=date(2026, 3, 2))
    assert len(_occurrences(Occurrence.completion_id.is_not(None))) == 1


@pytest.mark.parametrize(
    ("due_on", "fine"),
    [
        (date(2026, 3, 1), False),
        (date(2026, 3, 2), True),
        (date(2028, 3, 2), True),
        (date(2028, 3, 3), False),
    ],
)
def test_a_due_date_is_from_today_to_two_years_ahead(due_on: date, fine: bool) -> None:
    today = date(2026, 3, 2)
    if fine:
        check_due_date(due_on, today)
    else:
        with pytest.raises(DueDateOutOfRange):
            check_due_date(due_on, today)


def test_two_years_from_a_leap_day() -> None:
    assert last_due_date(date(2028, 2, 29)) == date(2030, 2, 28)


def test_today_is_londons_when_a_date_is_checked(cast: Cast) -> None:
    order = order_for(make_version(), cast.contact, due_on=date(2026, 7, 1))
    nearly = datetime(2026, 7, 1, 22, 59, tzinfo=UTC)
    with pytest.raises(DueDateOutOfRange):
        assign(order, by=cast.manager, now=nearly + timedelta(minutes=1), key="late")
    assert assign(order, by=cast.manager, now=nearly, key="in-time")


def test_those_who_joined_can_be_asked_by_a_date_of_their_own(cast: Cast) -> None:
    version = make_version()
    made = make_assignment(version, cast.contact, by=cast.manager)
    unit = db.session.get_one(Unit, cast.contact)
    joiner = make_person("joiner", unit).id
    done = make_person("done", unit).id
    make_person("elsewhere", db.session.get_one(Unit, cast.response))
    make_completion(version, done)
    order = order_for(version, cast.contact, due_on=date(2026, 5, 1))
    plan = plan_joined(order, made)
    assert [m.person_id for m in plan.first_time] == [joiner]
    assert [row.member.person_id for row in plan.counted] == [done]
    make_person("gone", unit, active=False)
    elsewhere = make_assignment(version, cast.north, by=cast.manager)
    asked_by_above = plan_joined(order, made)
    assert asked_by_above.occurrences == _not_asked(made, cast) == 1
    withdraw(elsewhere, reason="Not for all", by=cast.manager, now=LATER)
    assert plan.occurrences == _not_asked(made, cast) == 1 + 1
    assert ask_joined(order, made, by=cast.manager, now=LATER, expected=plan.digest) == 2
    row = _occurrences(Occurrence.person_id == joiner, Occurrence.assignment_id == made.id)[0]
    assert row.due_on == date(2026, 5, 1)
    with pytest.raises(NobodyToAsk):
        ask_joined(order, made, by=cast.manager, now=LATER)


def test_a_joiner_asked_to_do_it_again_has_only_newer_completions_counted(cast: Cast) -> None:
    version = make_version()
    made = make_assignment(version, cast.contact, by=cast.manager, earlier=Earlier.AGAIN)
    unit = db.session.get_one(Unit, cast.contact)
    before, since = make_person("before", unit).id, make_person("since", unit).id
    make_completion(version, before, on=date(2026, 3, 1))
    make_completion(version, since, on=date(2026, 3, 3))
    order = order_for(version, cast.contact, earlier=Earlier.AGAIN)
    plan = plan_joined(order, made)
    assert [m.person_id for m in plan.first_time] == [before]
    assert [row.member.person_id for row in plan.counted] == [since]


def test_withdrawing_ends_what_is_open_and_leaves_what_is_completed(cast: Cast) -> None:
    version = make_version()
    made = make_assignment(version, cast.contact, by=cast.manager)
    other = make_assignment(make_version("another"), cast.contact, by=cast.manager)
    make_completion(version, cast.officer)
    assert withdraw(made, reason="The case is replaced.", by=cast.manager, now=LATER) == 1
    assert [row.completion_id is not None for row in asked_of(cast.officer)] == [True, False]
    gone = withdrawn_from(cast.colleague)
    assert [row.withdrawal_reason for row in gone] == ["The case is replaced."]
    assert [row.assignment_id for row in asked_of(cast.colleague)] == [other.id]
    with pytest.raises(AlreadyWithdrawn):
        withdraw(made, reason="Again", by=cast.manager, now=LATER)
    with pytest.raises(AlreadyWithdrawn):
        ask_joined(order_for(version, cast.contact), made, by=cast.manager, now=ASKED)


def test_what_is_asked_comes_by_due_date_and_of_nobody_else(cast: Cast) -> None:
    late = make_assignment(make_version(), cast.contact, by=cast.manager, due_on=date(2026, 6, 1))
    early = make_assignment(make_version("another"), cast.operations, by=cast.manager)
    assert [row.assignment_id for row in asked_of(cast.officer)] == [early.id, late.id]
    assert [row.unit_name for row in asked_of(cast.officer)] == ["Operations", "Contact centre"]
    assert asked_of(cast.officer_elsewhere) == []


def test_a_manager_below_sees_an_assignment_of_above_and_only_her_people(cast: Cast) -> None:
    made = make_assignment(make_version(), cast.operations, by=cast.manager)
    paths = [_path(cast.contact)]
    row = assignment_seen(paths, made.id)
    assert row is not None
    assert not row.covered_by(paths)
    assert assignment_covered(paths, made.id) is None
    assert counts_of(paths, [made.id], DUE)[made.id].asked == 2
    names = [p.name for p in people_asked(paths, made.id, start=0, most=50)]
    assert names == ["Colleague", "Officer"]
    assert [row.id for row in assignments_seen(paths)] == [made.id]


def test_elsewhere_the_assignment_does_not_exist(cast: Cast) -> None:
    made = make_assignment(make_version(), cast.contact, by=cast.manager)
    for unit_id in (cast.south, cast.response, cast.crime):
        paths = [_path(unit_id)]
        assert assignment_seen(paths, made.id) is None
        assert assignment_covered(paths, made.id) is None
        assert assignments_seen(paths) == []


def test_counts_are_of_active_people_who_belong_to_the_units_now(cast: Cast) -> None:
    version = make_version()
    made = make_assignment(version, cast.operations, by=cast.manager)
    make_completion(version, cast.officer)
    db.session.get_one(Person, cast.colleague).deactivated_at = LATER
    db.session.get_one(Membership, (cast.responder, date(2026, 1, 5))).unit_id = cast.crime
    db.session.flush()
    paths = [_path(cast.operations)]
    counts = counts_of(paths, [made.id], date(2026, 4, 1))[made.id]
    assert (counts.asked, counts.completed, counts.overdue, counts.open) == (3, 1, 2, 0)
    on_the_day = counts_of(paths, [made.id], DUE)[made.id]
    assert (on_the_day.overdue, on_the_day.open) == (0, 2)


def test_modules_of_another_force_and_retired_ones_are_not_offered(cast: Cast) -> None:
    make_version("for-all")
    make_version("for-all")
    make_version("of-operations", owner_id=cast.operations)
    make_version("of-south", owner_id=cast.south)
    retired = make_version("retired")
    db.session.execute(sa.text("UPDATE module SET retired_at = created_at WHERE slug='retired'"))
    assert retired.id
    offered = [found.slug for found in modules_offered([_path(cast.contact)])]
    assert offered == ["for-all", "of-operations"]
    titles = [found.title for found in modules_offered([_path(cast.north)])]
    assert titles == ["Title of for-all, state 2", "Title of of-operations, state 1"]
