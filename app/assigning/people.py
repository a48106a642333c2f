"""Reads of the people whom assignments ask: one by one, for lists and for plans."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.accounts.access import within
from app.accounts.models import Membership, Person, Unit
from app.assigning.models import Assignment, Occurrence
from app.assigning.planning import StillOpen
from app.db import db
from app.records.models import Completion


@dataclass(frozen=True)
class AskedPerson:
    """One active person of an assignment, and how it stands with her."""

    name: str
    personnel_number: str
    unit_name: str
    due_on: date
    asked_at: datetime
    completed_on: date | None
    withdrawn_at: datetime | None

    def standing(self, today: date) -> str:
        """Return how it stands, in the words of the report."""
        if self.completed_on is not None:
            return "completed"
        if self.withdrawn_at is not None:
            return "withdrawn"
        return "overdue" if self.due_on < today else "not completed yet"


def open_requests(module_id: int, person_ids: Collection[int]) -> dict[int, StillOpen]:
    """Return, by person, the open request for a module, of these people."""
    wanted = set(person_ids)
    rows = db.session.execute(
        sa.select(Occurrence.person_id, Occurrence.due_on, Person.name, Unit.name)
        .join(Assignment, Assignment.id == Occurrence.assignment_id)
        .join(Person, Person.id == Assignment.assigned_by)
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(
            Occurrence.module_id == module_id,
            Occurrence.completion_id.is_(None),
            Occurrence.withdrawn_at.is_(None),
        )
        .order_by(Occurrence.person_id)
    )
    return {
        person: StillOpen(due_on, asker or "somebody no longer known", unit)
        for person, due_on, asker, unit in rows
        if person in wanted
    }


def asked_in(assignment_id: int) -> set[int]:
    """Return everybody whom the assignment has ever asked."""
    return set(
        db.session.scalars(
            sa.select(Occurrence.person_id).where(Occurrence.assignment_id == assignment_id)
        )
    )


def how_many_not_asked(assignment_id: int, module_id: int, unit_path: str) -> int:
    """Count the active people of a unit whom an assignment could still ask: `plan_joined`'s."""
    here = sa.select(Occurrence.id).where(
        Occurrence.assignment_id == assignment_id, Occurrence.person_id == Person.id
    )
    open_now = sa.select(Occurrence.id).where(
        Occurrence.module_id == module_id,
        Occurrence.person_id == Person.id,
        Occurrence.completion_id.is_(None),
        Occurrence.withdrawn_at.is_(None),
    )
    query = (
        sa.select(sa.func.count())
        .select_from(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.until_on.is_(None),
            Membership.unit_id.in_(sa.select(Unit.id).where(within([unit_path]))),
            Person.deactivated_at.is_(None),
            ~here.exists(),
            ~open_now.exists(),
        )
    )
    return db.session.scalar(query) or 0


def people_asked(
    paths: Sequence[str], assignment_id: int, *, start: int, most: int
) -> list[AskedPerson]:
    """Return the active people now in these units whom the assignment asked, by name."""
    rows = db.session.execute(
        sa.select(
            sa.func.coalesce(Person.name, ""),
            sa.func.coalesce(Person.personnel_number, ""),
            Unit.name,
            Occurrence.due_on,
            Occurrence.asked_at,
            Completion.completed_on,
            Occurrence.withdrawn_at,
        )
        .select_from(Occurrence)
        .join(Person, Person.id == Occurrence.person_id)
        .join(
            Membership,
            sa.and_(Membership.person_id == Person.id, Membership.until_on.is_(None)),
        )
        .join(Unit, Unit.id == Membership.unit_id)
        .outerjoin(Completion, Completion.id == Occurrence.completion_id)
        .where(
            Occurrence.assignment_id == assignment_id,
            Person.deactivated_at.is_(None),
            within(paths),
        )
        .order_by(Person.name, Person.id)
        .offset(start)
        .limit(most)
    )
    return [AskedPerson(*row) for row in rows]
