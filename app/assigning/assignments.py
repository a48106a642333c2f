"""Asking a unit to complete a module by a date, asking those who joined since, withdrawing."""

from __future__ import annotations

import sqlalchemy as sa

from app.assigning.models import Assignment, Earlier, Occurrence
from app.db import db, london_date
from app.records.models import Completion


def note_completion(completion: Completion) -> None:
    """Close the person's open occurrence of the module by this completion, where it counts.

    An assignment that asked to do it again counts only what was done from that day on.
    """
    found = db.session.execute(
        sa.select(Occurrence.id, Occurrence.asked_at, Assignment.earlier)
        .join(Assignment, Assignment.id == Occurrence.assignment_id)
        .where(
            Occurrence.person_id == completion.person_id,
            Occurrence.module_id == completion.module_id,
            Occurrence.completion_id.is_(None),
            Occurrence.withdrawn_at.is_(None),
        )
    ).one_or_none()
    if found is None:
        return
    if found.earlier is Earlier.AGAIN and completion.completed_on < london_date(found.asked_at):
        return
    db.session.execute(
        sa.update(Occurrence)
        .where(Occurrence.id == found.id, Occurrence.withdrawn_at.is_(None))
        .values(completion_id=completion.id)
        .execution_options(synchronize_session=False)
    )
