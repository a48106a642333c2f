"""The date of publication as a person writes it, kept as exactly as the source has it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.importing.dates.published import read_published, said_published


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("January 2020", "2020-01"), ("jan 2020", "2020-01"), ("20 February 2019", "2019-02-20"),
        ("2nd Mar 2021", "2021-03-02"), ("Sept. 2018", "2018-09"), ("2019", "2019"),
        ("2019-02-20", "2019-02-20"), ("  2020-01 ", "2020-01"),
    ],
)  # fmt: skip
def test_what_people_write_is_read(typed: str, kept: str) -> None:
    assert read_published(typed) == kept


@pytest.mark.parametrize(
    "typed", ["31 February 2019", "Janeiro 2020", "soon", "1/2/2020", "2020-13", "0020", "5 2020"]
)
def test_what_is_no_date_is_refused(typed: str) -> None:
    assert read_published(typed) is None


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from([4, 7, 10]))
def test_what_is_shown_is_read_back(day: date, length: int) -> None:
    kept = day.isoformat()[:length]
    assert read_published(said_published(kept)) == kept
