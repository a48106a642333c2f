"""Writing down, once and for ever, that somebody completed a module."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa

from app.accounts.queries import unit_on
from app.db import db
from app.records.models import Completion

_STANDING = sa.select(Completion).where(Completion.key == sa.bindparam("key"))


def record_completion(
    *, key: str, person_id: int, module_id: int, version_id: int, completed_on: date, now: datetime
) -> Completion:
    """Record a completion with the unit of that day; the same key gives the first record back."""
    standing = db.session.scalar(_STANDING, {"key": key})
    if standing is not None:
        return standing
    unit = unit_on(person_id, completed_on)
    completion = Completion(
        key=key,
        person_id=person_id,
        module_id=module_id,
        version_id=version_id,
        completed_on=completed_on,
        recorded_at=now,
        unit_id=unit.id if unit else None,
        unit_name=unit.name if unit else None,
    )
    db.session.add(completion)
    db.session.flush()
    return completion
