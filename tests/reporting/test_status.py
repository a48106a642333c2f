"""Status: overdue from the London midnight after the due date; completed wins."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.db import london_date
from app.reporting.status import Status, status_of

DUE = date(2026, 3, 28)


@pytest.mark.parametrize(
    ("completed", "begun", "today", "status"),
    [
        (False, False, date(2026, 3, 27), Status.NOT_STARTED),
        (False, True, date(2026, 3, 27), Status.IN_PROGRESS),
        (False, False, DUE, Status.NOT_STARTED),
        (False, True, DUE, Status.IN_PROGRESS),
        (False, False, date(2026, 3, 29), Status.OVERDUE),
        (False, True, date(2026, 3, 29), Status.OVERDUE),
        (True, False, date(2026, 3, 29), Status.COMPLETED),
        (True, True, date(2026, 3, 27), Status.COMPLETED),
    ],
)
def test_status(completed: bool, begun: bool, today: date, status: Status) -> None:
    assert status_of(completed=completed, begun=begun, due_on=DUE, today=today) is status


@pytest.mark.parametrize(
    ("moment", "due", "overdue"),
    [
        # Winter: London's midnight is UTC's.
        (datetime(2026, 12, 4, 23, 59, 59, tzinfo=UTC), date(2026, 12, 4), False),
        (datetime(2026, 12, 5, 0, 0, tzinfo=UTC), date(2026, 12, 4), True),
        # Summer: it comes an hour before.
        (datetime(2026, 7, 1, 22, 59, 59, tzinfo=UTC), date(2026, 7, 1), False),
        (datetime(2026, 7, 1, 23, 0, tzinfo=UTC), date(2026, 7, 1), True),
        # The nights on which the clocks change, 29 March and 25 October 2026.
        (datetime(2026, 3, 28, 23, 59, 59, tzinfo=UTC), date(2026, 3, 28), False),
        (datetime(2026, 3, 29, 0, 0, tzinfo=UTC), date(2026, 3, 28), True),
        (datetime(2026, 3, 29, 22, 59, 59, tzinfo=UTC), date(2026, 3, 29), False),
        (datetime(2026, 3, 29, 23, 0, tzinfo=UTC), date(2026, 3, 29), True),
        (datetime(2026, 10, 25, 23, 59, 59, tzinfo=UTC), date(2026, 10, 25), False),
        (datetime(2026, 10, 26, 0, 0, tzinfo=UTC), date(2026, 10, 25), True),
    ],
)
def test_overdue_begins_at_londons_midnight(moment: datetime, due: date, overdue: bool) -> None:
    found = status_of(completed=False, begun=False, due_on=due, today=london_date(moment))
    assert (found is Status.OVERDUE) is overdue


def test_words() -> None:
    assert [status.words for status in Status] == [
        "Not started", "In progress", "Completed", "Overdue",
    ]  # fmt: skip
