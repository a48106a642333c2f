"""Downloads: text stays text, dates are dates, and nothing runs."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import openpyxl
import pytest

from app.reporting.completions import COLUMNS, Line
from app.reporting.spreadsheets import attached, completions_csv, completions_xlsx
from app.reporting.status import Status

AS_AT = datetime(2026, 7, 1, 23, 5, tzinfo=UTC)
HOSTILE = ("=1+1", "+44 20", "-5", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x","y")')


def _line(name: str) -> Line:
    return Line(
        1, name, "007", "Contact centre", "A call, “then”\nanother", Status.COMPLETED,
        date(2026, 3, 2), date(2026, 3, 31), date(2026, 3, 9), 2, 1,
    )  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_no_cell_is_a_formula(name: str) -> None:
    rows = list(csv.reader(io.StringIO(completions_csv([_line(name)]).removeprefix("\ufeff"), "")))
    assert rows[1][0] == f"'{name}"
    book = openpyxl.load_workbook(
        io.BytesIO(completions_xlsx([_line(name)], shown="all", as_at=AS_AT))
    )
    cell = book["Completions"]["A2"]
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert cell.value.replace("_x000D_", "\r").strip() == name.strip()


def test_numbers_that_are_names_keep_their_zeros() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(completions_xlsx([_line("A")], shown="all", as_at=AS_AT))
    )
    assert book["Completions"]["B2"].value == "007"
    assert "007" in completions_csv([_line("A")])


def test_dates_are_iso_in_csv_and_real_in_the_workbook() -> None:
    line = _line("A")
    rows = list(csv.reader(io.StringIO(completions_csv([line]).removeprefix("\ufeff"))))
    assert rows[0] == list(COLUMNS.values())
    assert rows[1][5:] == ["2026-03-02", "2026-03-31", "2026-03-09", "2"]
    book = openpyxl.load_workbook(io.BytesIO(completions_xlsx([line], shown="all", as_at=AS_AT)))
    sheet = book["Completions"]
    assert sheet["F2"].is_date
    assert sheet["F2"].value == datetime(2026, 3, 2)
    assert sheet["I2"].value == 2


def test_the_second_sheet_says_what_it_is_and_as_at_when() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(completions_xlsx([_line("A")], shown="Operations and below", as_at=AS_AT))
    )
    about = {row[0].value: row[1].value for row in book["About"].iter_rows()}
    assert about["As at"] == "2 July 2026, 00:05"
    assert about["Shows"] == "Operations and below"
    assert about["Rows"] == "1"


def test_an_empty_report_is_still_a_whole_file() -> None:
    assert completions_csv([]).strip("\ufeff\r\n") == ",".join(COLUMNS.values())
    assert completions_xlsx([], shown="all", as_at=AS_AT)


def test_the_name_of_the_file_says_the_day_and_time_in_london() -> None:
    headers = attached("", "text/csv", "csv", AS_AT).headers
    assert 'filename="completions-2026-07-02-0005.csv"' in headers["Content-Disposition"]
