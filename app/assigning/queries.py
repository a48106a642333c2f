"""Reads of assignments and of what people were asked; ownership is in each query."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.accounts.access import within
from app.accounts.models import Membership, Person, Unit
from app.assigning.explaining import Asked
from app.assigning.models import Assignment, Earlier, Occurrence
from app.catalogue.models import Module, Version
from app.db import db
from app.records.models import Completion

MOST = 500


@dataclass(frozen=True)
class AssignmentRow:
    """One assignment as its list and its page show it."""

    id: int
    module_id: int
    slug: str
    title: str
    unit_id: int
    unit_name: str
    unit_path: str
    due_on: date
    earlier: Earlier
    assigned_at: datetime
    assigned_by_name: str
    withdrawn_at: datetime | None
    withdrawn_by_name: str | None
    withdrawal_reason: str | None

    def covered_by(self, paths: Sequence[str]) -> bool:
        """Tell whether it was made to one of these units or below."""
        return any(self.unit_path.startswith(path) for path in paths)


@dataclass(frozen=True)
class Counts:
    """How many active people of some units were asked, and how it stands with them."""

    asked: int = 0
    completed: int = 0
    overdue: int = 0
    withdrawn: int = 0

    @property
    def open(self) -> int:
        """Return how many still have time."""
        return self.asked - self.completed - self.overdue


_ASKED_EVER = (
    sa.select(
        Occurrence.module_id,
        Occurrence.due_on,
        Occurrence.asked_at,
        sa.func.coalesce(Person.name, "somebody no longer known"),
        Unit.name,
        Occurrence.completion_id,
        Occurrence.assignment_id,
        Completion.completed_on,
        Occurrence.withdrawn_at,
        Assignment.withdrawal_reason,
    )
    .select_from(Occurrence)
    .join(Assignment, Assignment.id == Occurrence.assignment_id)
    .join(Person, Person.id == Assignment.assigned_by)
    .join(Unit, Unit.id == Assignment.unit_id)
    .outerjoin(Completion, Completion.id == Occurrence.completion_id)
    .where(Occurrence.person_id == sa.bindparam("person"))
    .order_by(Occurrence.due_on, Occurrence.id)
)
# Built once, for every home page reads them.
_ASKED = _ASKED_EVER.where(Occurrence.withdrawn_at.is_(None))
_WITHDRAWN = _ASKED_EVER.where(Occurrence.withdrawn_at.is_not(None))


def asked_of(person_id: int) -> list[Asked]:
    """Return what a person is asked, open and completed, by due date."""
    return [Asked(*tuple(row)) for row in db.session.execute(_ASKED, {"person": person_id})]


def withdrawn_from(person_id: int) -> list[Asked]:
    """Return what a person was asked and is no longer, with the reason, by due date."""
    return [Asked(*tuple(row)) for row in db.session.execute(_WITHDRAWN, {"person": person_id})]


def _newest_title() -> sa.ScalarSelect[str]:
    newer = aliased(Version)
    return (
        sa.select(newer.title)
        .where(newer.module_id == Assignment.module_id)
        .order_by(newer.number.desc())
        .limit(1)
        .scalar_subquery()
    )


def _assignments(*conditions: sa.ColumnElement[bool]) -> list[AssignmentRow]:
    asker, ender = aliased(Person), aliased(Person)
    rows = db.session.execute(
        sa.select(
            Assignment.id,
            Assignment.module_id,
            Module.slug,
            _newest_title(),
            Unit.id,
            Unit.name,
            Unit.path,
            Assignment.due_on,
            Assignment.earlier,
            Assignment.assigned_at,
            sa.func.coalesce(asker.name, "somebody no longer known"),
            Assignment.withdrawn_at,
            ender.name,
            Assignment.withdrawal_reason,
        )
        .select_from(Assignment)
        .join(Module, Module.id == Assignment.module_id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .join(asker, asker.id == Assignment.assigned_by)
        .outerjoin(ender, ender.id == Assignment.withdrawn_by)
        .where(*conditions)
        .order_by(Assignment.due_on.desc(), Assignment.id.desc())
        .limit(MOST)
    )
    return [AssignmentRow(*tuple(row)) for row in rows]


def _seen_from(paths: Sequence[str]) -> sa.ColumnElement[bool]:
    """Tell which assignments concern these units: made to them, below them, or above them."""
    above = {int(part) for path in paths for part in path.split("/") if part}
    return sa.or_(within(paths), Unit.id.in_(sorted(above)))


def assignments_seen(paths: Sequence[str]) -> list[AssignmentRow]:
    """Return the assignments of these units, of those below and of those above, newest due first.

    One of a unit above is listed only while it asks or asked somebody in these units.
    """
    rows = _assignments(_seen_from(paths))
    inside = counts_of(paths, [row.id for row in rows], date.min)
    return [row for row in rows if row.covered_by(paths) or row.id in inside]


def assignment_seen(paths: Sequence[str], assignment_id: int) -> AssignmentRow | None:
    """Return one assignment that concerns these units, or nothing."""
    rows = _assignments(_seen_from(paths), Assignment.id == assignment_id)
    if not rows:
        return None
    if rows[0].covered_by(paths) or counts_of(paths, [assignment_id], date.min):
        return rows[0]
    return None


def assignment_covered(paths: Sequence[str], assignment_id: int) -> Assignment | None:
    """Return an assignment made to one of these units or below: one that may be changed."""
    return db.session.scalar(
        sa.select(Assignment)
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(Assignment.id == assignment_id, within(paths))
    )


def assignment_with_key(key: str) -> Assignment | None:
    """Return the assignment that a confirming form has made already."""
    return db.session.scalar(sa.select(Assignment).where(Assignment.key == key))


def counts_of(
    paths: Sequence[str], assignment_ids: Collection[int], today: date
) -> dict[int, Counts]:
    """Return, by assignment, how it stands with the active people now in these units."""
    live = Occurrence.withdrawn_at.is_(None)
    done = sa.and_(live, Occurrence.completion_id.is_not(None))
    late = sa.and_(live, Occurrence.completion_id.is_(None), Occurrence.due_on < today)
    rows = db.session.execute(
        sa.select(
            Occurrence.assignment_id,
            *(
                sa.func.sum(sa.case((condition, 1), else_=0))
                for condition in (live, done, late, sa.not_(live))
            ),
        )
        .join(Person, Person.id == Occurrence.person_id)
        .join(
            Membership,
            sa.and_(Membership.person_id == Person.id, Membership.until_on.is_(None)),
        )
        .join(Unit, Unit.id == Membership.unit_id)
        .where(
            Occurrence.assignment_id.in_(sorted(assignment_ids)),
            Person.deactivated_at.is_(None),
            within(paths),
        )
        .group_by(Occurrence.assignment_id)
    )
    return {id_: Counts(*(int(count) for count in counts)) for id_, *counts in rows}


@dataclass(frozen=True)
class Offered:
    """A module that may be assigned."""

    module_id: int
    slug: str
    title: str


def modules_offered(paths: Sequence[str]) -> list[Offered]:
    """Return the modules that somebody in these units may be asked to complete, by title."""
    above = {int(part) for path in paths for part in path.split("/") if part}
    newer = aliased(Version)
    newest = (
        sa.select(sa.func.max(newer.number)).where(newer.module_id == Module.id).scalar_subquery()
    )
    rows = db.session.execute(
        sa.select(Module.id, Module.slug, Version.title)
        .join(Version, sa.and_(Version.module_id == Module.id, Version.number == newest))
        .outerjoin(Unit, Unit.id == Module.owner_id)
        .where(
            Module.retired_at.is_(None),
            sa.or_(Module.owner_id.is_(None), Unit.id.in_(sorted(above)), within(paths)),
        )
        .order_by(Version.title, Module.id)
        .limit(MOST)
    )
    return [Offered(*row) for row in rows]
