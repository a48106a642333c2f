"""Commands that print or write what a manager may read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.db import Refusal, london_date, now_utc
from app.reporting.completions import COLUMNS, Line, lines_of
from app.reporting.looking import Looking, look
from app.reporting.scope import paths_of, units_of
from app.reporting.spreadsheets import completions_csv, completions_xlsx
from app.reporting.status import Status
from app.ui.filters import iso, london_datetime


class ReportRefused(Refusal):
    """The report that was asked for cannot be given."""


@click.group(name="report")
def cli() -> None:
    """Reports for managers, on the terminal or as files."""


@cli.command()
@click.option(
    "--as",
    "email",
    required=True,
    metavar="EMAIL",
    help="E-mail of a manager; only her units and those below are reported.",
)
@click.option("--unit", metavar="NAME", help="Only this unit and those below it.")
@click.option("--module", metavar="SLUG", help="Only this module, by its short name.")
@click.option(
    "--status",
    type=click.Choice([status.value for status in Status]),
    help="Only rows of this status.",
)
@click.option(
    "--csv",
    "csv_file",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write the rows to this CSV file.",
)
@click.option(
    "--xlsx",
    "xlsx_file",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write the rows to this workbook.",
)
@with_appcontext
def completions(
    email: str, unit: str | None, module: str | None, status: str | None,
    csv_file: Path | None, xlsx_file: Path | None,
) -> None:  # fmt: skip
    """Print who was asked to complete what and how it stands, or write it to a file.

    The rows are those of the page and of its downloads: one for each active person and each
    module that the person was asked to complete by a date.
    """
    if csv_file and xlsx_file:
        raise ReportRefused("Choose --csv or --xlsx, not both.")
    looking = _looking(email, unit, module, status)
    now = now_utc()
    lines = lines_of(looking.wanted, london_date(now), looking.modules)
    if csv_file:
        _write(csv_file, completions_csv(lines).encode())
    elif xlsx_file:
        _write(xlsx_file, completions_xlsx(lines, shown=looking.sentence, as_at=now))
    else:
        _print(lines)
    click.echo(
        f"{len(lines):,} {'row' if len(lines) == 1 else 'rows'}: {looking.sentence}. "
        f"As at {london_datetime(now)}.",
        err=True,
    )


def _looking(email: str, unit: str | None, module: str | None, status: str | None) -> Looking:
    paths = paths_of(email)
    if not paths:
        raise ReportRefused(f"{email} is not the address of an active manager.")
    units = [found for found in units_of(paths) if unit and found.name == unit]
    if unit and len(units) != 1:
        raise ReportRefused(
            f"There is no unit “{unit}” among the units of {email}."
            if not units
            else f"There are {len(units)} units called “{unit}” among the units of {email}."
        )
    arguments = {
        "unit": str(units[0].id) if units else "",
        "module": module or "",
        "status": status or "",
    }
    looking = look(arguments, paths)
    if not looking.sound:
        raise ReportRefused(f"There is no module “{module}”.")
    return looking


def _write(path: Path, body: bytes) -> None:
    try:
        path.write_bytes(body)
    except OSError as error:
        raise ReportRefused(f"{path} cannot be written: {error.strerror}.") from error


def _print(lines: Sequence[Line]) -> None:
    """Print a table whose columns are as wide as their widest cell."""
    rows = [tuple(COLUMNS.values())]
    rows += [tuple(_text(value) for value in line.cells()) for line in lines]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join(cells).rstrip())


def _text(value: object) -> str:
    if isinstance(value, date):
        return iso(value)
    return "" if value is None else str(value)
