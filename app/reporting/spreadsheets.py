"""The report as files: CSV of the rows alone, XLSX with a second sheet that says what they are."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time

import xlsxwriter
from flask import Response
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.db import london_date
from app.reporting.completions import COLUMNS, Line
from app.ui.downloads import csv_text
from app.ui.filters import london_datetime, london_time

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Text is text: never a formula, a number or a link, whatever a name looks like.
AS_TEXT = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
WIDTHS = (28, 18, 24, 40, 14, 14, 14, 14, 18)


def completions_csv(lines: Sequence[Line]) -> str:
    """Write the lines as CSV, dates in their ISO form."""
    return csv_text(tuple(COLUMNS.values()), (line.cells() for line in lines))


def completions_xlsx(lines: Sequence[Line], *, shown: str, as_at: datetime) -> bytes:
    """Write the lines as a workbook; its second sheet says what they are and as at when."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, AS_TEXT)
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("Completions")
    for column, (title, width) in enumerate(zip(COLUMNS.values(), WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, bold)
    for row, line in enumerate(lines, start=1):
        _write_row(sheet, row, line, day)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(lines), len(COLUMNS) - 1)
    about = book.add_worksheet("About")
    about.set_column(0, 0, 14)
    about.set_column(1, 1, 90)
    for row, (name, text) in enumerate(_about(len(lines), shown, as_at)):
        about.write_string(row, 0, name, bold)
        about.write_string(row, 1, text)
    book.close()
    return out.getvalue()


def _write_row(sheet: Worksheet, row: int, line: Line, day: Format) -> None:
    for column, value in enumerate(line.cells()):
        if isinstance(value, str):
            sheet.write_string(row, column, value)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, datetime.combine(value, time()), day)
        elif value is not None:
            sheet.write_number(row, column, value)


def _about(count: int, shown: str, as_at: datetime) -> list[tuple[str, str]]:
    return [
        ("As at", london_datetime(as_at)),
        ("Shows", shown),
        ("Rows", str(count)),
        (
            "A row",
            "One active person who was asked to complete one module by one date, in the unit "
            "that the person belongs to now. Withdrawn requests are left out.",
        ),
    ]


def attached(body: str | bytes, kind: str, extension: str, as_at: datetime) -> Response:
    """Answer with a file whose name says as at when it is."""
    day, time_of_day = london_date(as_at).isoformat(), london_time(as_at).replace(":", "")
    name = f"completions-{day}-{time_of_day}.{extension}"
    response = Response(body, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
