"""Files that a person downloads: CSV that no spreadsheet takes for a formula, and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date

from flask import Response

from app.ui.filters import iso

# What makes a spreadsheet read a cell as a formula when it stands first.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")

Cell = str | int | float | date | None


def safe_cell(value: Cell) -> str:
    """Write a value for CSV; text that a spreadsheet would run gets an apostrophe before it."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA_STARTS) else value
    if isinstance(value, date):
        return iso(value)
    if isinstance(value, float):
        # A whole one reads as the integer that it equals, whichever of the two came first.
        return f"{value:g}"
    return "" if value is None else str(value)


class _Written(dict[Cell, str]):
    """Cells as CSV writes them, each worked out once: units, titles and dates come again."""

    def __missing__(self, cell: Cell) -> str:
        self[cell] = written = safe_cell(cell)
        return written


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Write a table as CSV with a byte order mark, so that old spreadsheets read its letters."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    written = _Written()
    writer.writerows([written[cell] for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()


def _attached(body: str, kind: str, filename: str) -> Response:
    response = Response(body, content_type=f"{kind}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def csv_file(filename: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """Answer with a table as a CSV file."""
    return _attached(csv_text(header, rows), "text/csv", filename)


def json_file(filename: str, value: object) -> Response:
    """Answer with plain values as a JSON file that a person can read."""
    body = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    return _attached(body, "application/json", filename)
