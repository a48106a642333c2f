"""The report of completions: one SELECT feeds the page, the CSV, the XLSX and the command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from app.db import db, london_date
from app.reporting import statements
from app.reporting.scope import ModuleRow
from app.reporting.status import Status
from app.reporting.tallies import Tally

COLUMNS: dict[str, str] = {
    "name": "Name",
    "number": "Personnel number",
    "unit": "Unit",
    "module": "Module",
    "status": "Status",
    "asked": "Asked on",
    "due": "Due",
    "completed": "Completed on",
    "version": "Version completed",
}


@dataclass(frozen=True)
class Wanted:
    """Which part of the report is looked at: units and below, module, status, words; the order."""

    paths: tuple[str, ...]
    module_id: int | None = None
    status: Status | None = None
    words: str = ""
    sort: str = "name"
    descending: bool = False


class Line(NamedTuple):
    """One person and one thing that she was asked. There is nothing else about her in it."""

    person_id: int
    name: str
    number: str
    unit: str
    module: str
    status: Status
    asked: date
    due: date
    completed: date | None
    version: int | None
    assignment_id: int

    def cells(self) -> tuple[str | date | int | None, ...]:
        """Return what stands in each column, in the order of COLUMNS."""
        return (
            self.name, self.number, self.unit, self.module, self.status.words,
            self.asked, self.due, self.completed, self.version,
        )  # fmt: skip


def _shape(wanted: Wanted, **more: Any) -> statements.Shape:
    return statements.Shape(
        paths=len(wanted.paths),
        module=wanted.module_id is not None,
        status=wanted.status is not None,
        words=len(wanted.words.split()),
        sort=wanted.sort,
        descending=wanted.descending,
        **more,
    )


def _values(wanted: Wanted, today: date) -> dict[str, Any]:
    """Return what is bound; a value that the statement does not name is not looked at."""
    values: dict[str, Any] = {f"path_{n}": f"{path}%" for n, path in enumerate(wanted.paths)}
    for n, word in enumerate(wanted.words.split()):
        plain = word.replace("/", "//").replace("%", "/%").replace("_", "/_")
        values[f"word_{n}"] = f"%{plain}%"
    status = wanted.status.value if wanted.status else None
    return {**values, "today": today, "module": wanted.module_id, "status": status}


def _rows(statement: statements.Statement, values: Mapping[str, Any]) -> Sequence[Any]:
    """Run a SELECT of plain columns past the ORM, which would look at each row again."""
    return db.session.connection().execute(statement, values).all()


def lines_of(
    wanted: Wanted,
    today: date,
    modules: Sequence[ModuleRow],
    *,
    start: int = 0,
    most: int | None = None,
) -> list[Line]:
    """Return the lines of the report in its order, all of them or one page."""
    ranked = tuple(module.id for module in modules) if wanted.sort == "module" else ()
    statement = statements.lines(_shape(wanted, ranked=ranked, paged=most is not None))
    values = {**_values(wanted, today), "start": start, "most": most}
    return _read(_rows(statement, values), modules)


def lines_of_person(person_id: int, today: date, modules: Sequence[ModuleRow]) -> list[Line]:
    """Return what one person was asked, by due date; the caller has checked that she may look."""
    values = {"person": person_id, "today": today}
    return _read(_rows(statements.lines_of_person(), values), modules)


def _read(rows: Sequence[Any], modules: Sequence[ModuleRow]) -> list[Line]:
    titles = {module.id: module.title for module in modules}
    statuses = {status.value: status for status in Status}
    # A whole force is asked at the same moment: its day is worked out once.
    day_of = lru_cache(maxsize=1024)(_day_of)
    return [
        Line(who, name, number, unit, titles[module_id], statuses[status], day_of(asked_at),
             due, completed, version, assignment)
        for who, name, number, unit, module_id, status, asked_at,
            due, completed, version, assignment in rows
    ]  # fmt: skip


def _day_of(moment: datetime) -> date:
    """Return the London date of a moment as the database keeps it, in UTC."""
    return london_date(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def how_many(wanted: Wanted, today: date) -> int:
    """Return how many lines there are."""
    unordered = replace(wanted, sort="name", descending=False)
    statement = statements.how_many(_shape(unordered))
    return int(_rows(statement, _values(wanted, today))[0][0])


def counted(wanted: Wanted, today: date) -> dict[tuple[int, int], Tally]:
    """Count by unit and module; status and words never narrow what is counted."""
    wide = Wanted(wanted.paths, wanted.module_id)
    shape, values = _shape(wide), _values(wide, today)
    rows = _rows(statements.counts(shape), values)
    found = {(unit, module): Tally(*(int(n) for n in counts)) for unit, module, *counts in rows}
    for unit, module, people in _rows(statements.unasked(shape), values):
        found[unit, module] = found.get((unit, module), Tally()) + Tally(unasked=people)
    return found
