"""The report of completions: one SELECT feeds the page, the CSV, the XLSX and the command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.accounts.access import within
from app.accounts.models import Membership, Person, Unit
from app.assigning.models import Occurrence
from app.catalogue.models import Version
from app.db import db, london_date
from app.learning.models import Attempt
from app.records.models import Completion
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


def _status(today: date) -> sa.ColumnElement[str]:
    """Return the status of `status_of` as the database tells it."""
    return sa.case(
        (Occurrence.completion_id.is_not(None), Status.COMPLETED.value),
        (Occurrence.due_on < today, Status.OVERDUE.value),
        (Attempt.id.is_not(None), Status.IN_PROGRESS.value),
        else_=Status.NOT_STARTED.value,
    )


def _requests(*columns: Any) -> sa.Select[*tuple[Any, ...]]:
    """Select from the requests that stand, each with its person, her unit now and open attempt."""
    return (
        sa.select(*columns)
        .select_from(Occurrence)
        .join(Person, Person.id == Occurrence.person_id)
        .join(
            Membership,
            sa.and_(Membership.person_id == Person.id, Membership.until_on.is_(None)),
        )
        .join(Unit, Unit.id == Membership.unit_id)
        .outerjoin(
            Attempt,
            sa.and_(
                Attempt.learner_id == Occurrence.person_id,
                Attempt.module_id == Occurrence.module_id,
                Attempt.completion_id.is_(None),
            ),
        )
        .where(Occurrence.withdrawn_at.is_(None))
    )


def _lines(today: date) -> sa.Select[*tuple[Any, ...]]:
    return (
        _requests(
            Person.id,
            sa.func.coalesce(Person.name, ""),
            sa.func.coalesce(Person.personnel_number, ""),
            Unit.name,
            Occurrence.module_id,
            _status(today),
            Occurrence.asked_at,
            Occurrence.due_on,
            Completion.completed_on,
            Version.number,
            Occurrence.assignment_id,
        )
        .outerjoin(Completion, Completion.id == Occurrence.completion_id)
        .outerjoin(Version, Version.id == Completion.version_id)
    )


def _order(wanted: Wanted, today: date, modules: Sequence[ModuleRow]) -> list[Any]:
    """Return the order: the chosen column, the empty last, then name and what is unique."""
    ranks = {module.id: rank for rank, module in enumerate(modules)}
    columns: Mapping[str, sa.ColumnElement[Any]] = {
        "name": Person.name.expression,
        "number": Person.personnel_number.expression,
        "unit": Unit.name.expression,
        "module": sa.case(ranks, value=Occurrence.module_id, else_=-1)
        if ranks
        else Occurrence.module_id.expression,
        "status": _status(today),
        "asked": Occurrence.asked_at.expression,
        "due": Occurrence.due_on.expression,
        "completed": Completion.completed_on.expression,
        "version": Version.number.expression,
    }
    chosen = columns[wanted.sort]
    first = [chosen.desc() if wanted.descending else chosen.asc()]
    if wanted.sort in ("completed", "version"):
        first.insert(0, sa.case((chosen.is_(None), 1), else_=0).asc())
    return [*first, Person.name, Person.id, Occurrence.due_on, Occurrence.id]


def _conditions(wanted: Wanted, today: date) -> list[sa.ColumnElement[bool]]:
    conditions = [Person.deactivated_at.is_(None), within(wanted.paths)]
    if wanted.module_id is not None:
        conditions.append(Occurrence.module_id == wanted.module_id)
    if wanted.status is not None:
        conditions.append(_status(today) == wanted.status.value)
    conditions += [
        sa.or_(
            Person.name.icontains(word, autoescape=True),
            Person.personnel_number.icontains(word, autoescape=True),
        )
        for word in wanted.words.split()
    ]
    return conditions


def lines_of(
    wanted: Wanted,
    today: date,
    modules: Sequence[ModuleRow],
    *,
    start: int = 0,
    most: int | None = None,
) -> list[Line]:
    """Return the lines of the report in its order, all of them or one page."""
    rows = db.session.execute(
        _lines(today)
        .where(*_conditions(wanted, today))
        .order_by(*_order(wanted, today, modules))
        .offset(start)
        .limit(most)
    )
    return _read(rows, modules)


def lines_of_person(person_id: int, today: date, modules: Sequence[ModuleRow]) -> list[Line]:
    """Return what one person was asked, by due date; the caller has checked that she may look."""
    rows = db.session.execute(
        _lines(today).where(Person.id == person_id).order_by(Occurrence.due_on, Occurrence.id)
    )
    return _read(rows, modules)


def _read(rows: sa.Result[*tuple[Any, ...]], modules: Sequence[ModuleRow]) -> list[Line]:
    titles = {module.id: module.title for module in modules}
    statuses = {status.value: status for status in Status}
    lines = []
    for person_id, name, number, unit, module_id, status, asked_at, *rest in rows:
        title, day = titles[module_id], london_date(asked_at)
        lines.append(Line(person_id, name, number, unit, title, statuses[status], day, *rest))
    return lines


def how_many(wanted: Wanted, today: date) -> int:
    """Return how many lines there are."""
    query = _requests(sa.func.count()).where(*_conditions(wanted, today))
    return int(db.session.execute(query).scalar_one())


def counted(wanted: Wanted, today: date) -> dict[tuple[int, int], Tally]:
    """Count by unit and module; status and words never narrow what is counted."""
    late = sa.and_(Occurrence.completion_id.is_(None), Occurrence.due_on < today)
    begun = sa.and_(
        Occurrence.completion_id.is_(None), Occurrence.due_on >= today, Attempt.id.is_not(None)
    )
    rows = db.session.execute(
        _requests(
            Membership.unit_id,
            Occurrence.module_id,
            sa.func.count(),
            sa.func.count(Occurrence.completion_id),
            sa.func.sum(sa.case((late, 1), else_=0)),
            sa.func.sum(sa.case((begun, 1), else_=0)),
        )
        .where(*_conditions(Wanted(wanted.paths, wanted.module_id), today))
        .group_by(Membership.unit_id, Occurrence.module_id)
    )
    found = {(unit, module): Tally(*(int(n) for n in counts)) for unit, module, *counts in rows}
    for key, people in _unasked(wanted).items():
        found[key] = found.get(key, Tally()) + Tally(unasked=people)
    return found


def _unasked(wanted: Wanted) -> dict[tuple[int, int], int]:
    """Count the active people who completed a module that nobody asks them to complete."""
    asked = (
        sa.select(Occurrence.id)
        .where(
            Occurrence.module_id == Completion.module_id,
            Occurrence.person_id == Completion.person_id,
            Occurrence.withdrawn_at.is_(None),
        )
        .exists()
    )
    query = (
        sa.select(
            Membership.unit_id,
            Completion.module_id,
            sa.func.count(sa.distinct(Completion.person_id)),
        )
        .select_from(Completion)
        .join(Person, Person.id == Completion.person_id)
        .join(
            Membership,
            sa.and_(Membership.person_id == Person.id, Membership.until_on.is_(None)),
        )
        .join(Unit, Unit.id == Membership.unit_id)
        .where(Person.deactivated_at.is_(None), within(wanted.paths), sa.not_(asked))
        .group_by(Membership.unit_id, Completion.module_id)
    )
    if wanted.module_id is not None:
        query = query.where(Completion.module_id == wanted.module_id)
    return {(unit, module): people for unit, module, people in db.session.execute(query)}
