"""Who would be asked: pure sorting of people, and a digest that stands for the list."""

from __future__ import annotations

from datetime import date

from app.accounts.queries import MemberRow
from app.assigning.models import Earlier
from app.assigning.planning import Plan, StillOpen, plan_of

NEW, OPEN, DONE = (
    MemberRow(number, name, f"N{number}", 4, "Contact centre")
    for number, name in ((1, "New"), (2, "Open"), (3, "Done"))
)
REQUEST = StillOpen(date(2026, 5, 1), "Manager", "Operations")


def _plan(earlier: Earlier, members: tuple[MemberRow, ...] = (NEW, OPEN, DONE)) -> Plan:
    return plan_of(
        members,
        {2: REQUEST, 99: REQUEST},
        {3: (7, date(2026, 2, 1)), 98: (8, date(2026, 2, 2))},
        earlier,
    )


def test_everyone_is_in_exactly_one_group() -> None:
    plan = _plan(Earlier.COUNTS)
    assert plan.first_time == (NEW,)
    assert [row.member for row in plan.already] == [OPEN]
    assert [(row.member, row.completion_id) for row in plan.before] == [(DONE, 7)]


def test_who_completed_it_before_has_something_to_do_only_when_asked_again() -> None:
    counts, again = _plan(Earlier.COUNTS), _plan(Earlier.AGAIN)
    assert (counts.to_do, len(counts.counted), len(counts.again)) == (1, 1, 0)
    assert (again.to_do, len(again.counted), len(again.again)) == (2, 0, 1)
    assert counts.occurrences == again.occurrences == 2


def test_an_open_request_wins_over_an_earlier_completion() -> None:
    plan = plan_of([OPEN], {2: REQUEST}, {2: (7, date(2026, 2, 1))}, Earlier.AGAIN)
    assert plan.occurrences == 0


def test_the_digest_changes_with_people_and_with_the_choice_and_not_with_order() -> None:
    digest = _plan(Earlier.COUNTS).digest
    assert digest == _plan(Earlier.COUNTS, (DONE, NEW, OPEN)).digest
    assert digest != _plan(Earlier.AGAIN).digest
    assert digest != _plan(Earlier.COUNTS, (NEW, OPEN)).digest
    moved_group = plan_of([NEW, OPEN, DONE], {}, {3: (7, date(2026, 2, 1))}, Earlier.COUNTS)
    assert digest != moved_group.digest
