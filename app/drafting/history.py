"""Reads of a draft's history: who saved what, and when; the document of a save is not read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.accounts.models import Person
from app.db import db
from app.drafting.models import DraftRevision
from app.ui.paging import Page

# So many saves are told to whoever goes back to an earlier one; the history has them all.
MOST_TOLD = 20


Row = tuple[int, int | None, str, str | None, datetime, int | None, str | None]


@dataclass(frozen=True)
class Saved:
    """One revision in the history of a draft."""

    number: int
    parent: int | None
    what: str
    part: str | None
    saved_at: datetime
    by: int | None
    saved_by: str | None


def _saves(draft_id: int) -> sa.Select[*Row]:
    """Return the query of the saves of a draft, the newest first."""
    return (
        sa.select(
            DraftRevision.number, DraftRevision.parent, DraftRevision.what, DraftRevision.part,
            DraftRevision.saved_at, DraftRevision.saved_by, Person.name,
        )
        .outerjoin(Person, Person.id == DraftRevision.saved_by)
        .where(DraftRevision.draft_id == draft_id)
        .order_by(DraftRevision.number.desc())
    )  # fmt: skip


def how_many_revisions(draft_id: int) -> int:
    """Return how often a draft was saved."""
    count = sa.select(sa.func.count()).where(DraftRevision.draft_id == draft_id)
    return db.session.execute(count).scalar_one()


def revisions_of(draft_id: int, page: Page) -> list[Saved]:
    """Return one page of the history of a draft, the newest first."""
    rows = db.session.execute(_saves(draft_id).offset(page.start).limit(page.size))
    return [Saved(*row) for row in rows]


def saved_since(draft_id: int, number: int) -> list[Saved]:
    """Return the newest of the saves after a revision."""
    rows = _saves(draft_id).where(DraftRevision.number > number).limit(MOST_TOLD)
    return [Saved(*row) for row in db.session.execute(rows)]
