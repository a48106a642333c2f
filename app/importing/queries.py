"""Reads of imported cases: a case of another force does not exist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.accounts.models import Person
from app.db import db
from app.importing.models import ImportedCase

MOST = 500


@dataclass(frozen=True)
class CaseLine:
    """One imported case in a list."""

    id: int
    title: str
    file_name: str
    imported_at: datetime
    imported_by: str | None


def case_in(force_id: int, case_id: int) -> ImportedCase | None:
    """Return an imported case of this force."""
    return db.session.scalars(
        sa.select(ImportedCase).where(ImportedCase.id == case_id, ImportedCase.force_id == force_id)
    ).one_or_none()


def cases_in(force_id: int) -> list[CaseLine]:
    """Return the imported cases of a force, the newest first."""
    rows = db.session.execute(
        sa.select(
            ImportedCase.id, ImportedCase.title, ImportedCase.file_name, ImportedCase.imported_at,
            Person.name,
        )
        .outerjoin(Person, Person.id == ImportedCase.imported_by)
        .where(ImportedCase.force_id == force_id)
        .order_by(ImportedCase.imported_at.desc(), ImportedCase.id.desc())
        .limit(MOST)
    )  # fmt: skip
    return [CaseLine(*row) for row in rows]
