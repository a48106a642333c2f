"""The record of what administrators, trainers and managers did, in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.accounts.models import AuditEntry, Person
from app.db import db


@dataclass(frozen=True)
class Act:
    """One line of a history: when, who, and what was done."""

    at: datetime
    actor: str
    sentence: str


def note(act: str, subject: str, sentence: str, *, actor_id: int | None, at: datetime) -> None:
    """Add one act to the record; `subject` is such as "person:12"."""
    db.session.add(
        AuditEntry(act=act, subject=subject, sentence=sentence, actor_id=actor_id, at=at)
    )


def history_of(subject: str, most: int = 100) -> list[Act]:
    """Return what was done to `subject`, the latest first."""
    rows = db.session.execute(
        sa.select(AuditEntry.at, AuditEntry.actor_id, Person.name, AuditEntry.sentence)
        .outerjoin(Person, Person.id == AuditEntry.actor_id)
        .where(AuditEntry.subject == subject)
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(most)
    )
    return [
        Act(at, (name or "somebody since erased") if actor_id else "a command", sentence)
        for at, actor_id, name, sentence in rows
    ]
