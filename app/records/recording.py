"""Writing down, once and for ever, that somebody completed a module."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from app.accounts.queries import unit_on
from app.db import Base, db, run
from app.records.models import Completion

_completion = Base.metadata.tables["completion"]
# By dialect: write a completion unless one with this key stands.
_ADD = {
    "sqlite": sqlite.insert(_completion).on_conflict_do_nothing().returning(_completion.c.id),
    "postgresql": postgresql.insert(_completion)
    .on_conflict_do_nothing()
    .returning(_completion.c.id),
}
_STANDING = sa.select(Completion).where(Completion.key == sa.bindparam("key"))


def record_completion(
    *, key: str, person_id: int, module_id: int, version_id: int, completed_on: date, now: datetime
) -> Completion:
    """Record a completion with the unit of that day; the same key gives the first record back."""
    unit = unit_on(person_id, completed_on)
    values = {
        "key": key,
        "person_id": person_id,
        "module_id": module_id,
        "version_id": version_id,
        "completed_on": completed_on,
        "recorded_at": now,
        "unit_id": unit.id if unit else None,
        "unit_name": unit.name if unit else None,
    }
    written = run(_ADD[db.session.get_bind().dialect.name], values).scalar_one_or_none()
    if written is None:
        return db.session.scalars(_STANDING, {"key": key}).one()
    return Completion(id=written, **values)
