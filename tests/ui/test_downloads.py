"""Cells of a CSV that a spreadsheet takes as they stand."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pytest

from app.ui.downloads import Cell, csv_text, safe_cell


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(start: str) -> None:
    assert safe_cell(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""), (7, "7"), (-7, "-7"), ("a=b", "a=b"), (date(2026, 12, 4), "2026-12-04"),
        (datetime(2026, 7, 1, 12, 0, tzinfo=UTC), "2026-07-01T13:00:00+01:00"),
    ],
)  # fmt: skip
def test_other_values_stand_as_they_are(value: Cell, written: str) -> None:
    assert safe_cell(value) == written


def test_a_table_reads_back_as_it_was() -> None:
    text = csv_text(("A", "B"), [("x, “y”\nz", 1), ('"', None)])
    assert list(csv.reader(io.StringIO(text.removeprefix("\ufeff")))) == [
        ["A", "B"], ["x, “y”\nz", "1"], ['"', ""]
    ]  # fmt: skip
