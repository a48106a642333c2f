from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.ui import filters

# Clocks went back at 01:00 UTC on 25 October 2026 and go forward at 01:00 UTC on 28 March 2027.
SUMMER = datetime(2026, 10, 25, 0, 59, tzinfo=UTC)
WINTER = datetime(2026, 10, 25, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (SUMMER, "25 October 2026, 01:59"),
        (WINTER, "25 October 2026, 01:01"),
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), "28 March 2027, 00:59"),
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "28 March 2027, 02:00"),
        (datetime(2026, 7, 31, 23, 30, tzinfo=UTC), "1 August 2026, 00:30"),
    ],
)
def test_moments_are_shown_in_london(moment: datetime, said: str) -> None:
    assert filters.london_datetime(moment) == said
    assert said.startswith(filters.london_date(moment))
    assert said.endswith(filters.london_time(moment))


def test_iso_tells_the_two_same_hours_of_autumn_apart() -> None:
    assert filters.iso(SUMMER) == "2026-10-25T01:59:00+01:00"
    assert filters.iso(WINTER) == "2026-10-25T01:01:00+00:00"
    assert filters.iso(date(2026, 12, 4)) == "2026-12-04"


def test_a_date_stays_itself() -> None:
    assert filters.london_date(date(2026, 12, 4)) == "4 December 2026"
    assert filters.london_weekday(date(2026, 12, 4)) == "Friday 4 December"


def test_nothing_is_written_for_no_date() -> None:
    for write in (
        filters.london_date,
        filters.london_weekday,
        filters.london_datetime,
        filters.london_time,
        filters.iso,
    ):
        assert write(None) == ""


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        filters.london_date(datetime(2026, 1, 1))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "less than a minute"),
        (0.4, "less than a minute"),
        (1, "about 1 minute"),
        (9, "about 9 minutes"),
    ],
)
def test_minutes(value: float, said: str) -> None:
    assert filters.minutes(value) == said


def test_counts() -> None:
    assert filters.counted(1, "person", "people") == "1 person"
    assert filters.counted(1204, "person", "people") == "1,204 people"
    assert filters.counted(0, "question") == "0 questions"
    assert filters.plural("answer", 1) == "answer"
    assert filters.of(38, 41) == "38 of 41"
