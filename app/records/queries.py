"""Reads of completions; always of people and modules that the caller names."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.catalogue.models import Module, Version
from app.db import db
from app.records.models import Completion


@dataclass(frozen=True)
class Completed:
    """One completion with the words that stand beside it on a page."""

    id: int
    key: str
    module_id: int
    slug: str
    version_id: int
    version_number: int
    title: str
    completed_on: date
    recorded_at: datetime
    unit_name: str | None


# Built once, for every home page reads them.
_COMPLETIONS = (
    sa.select(
        Completion.id,
        Completion.key,
        Completion.module_id,
        Module.slug,
        Completion.version_id,
        Version.number,
        Version.title,
        Completion.completed_on,
        Completion.recorded_at,
        Completion.unit_name,
    )
    .join(Version, Version.id == Completion.version_id)
    .join(Module, Module.id == Completion.module_id)
    .where(Completion.person_id == sa.bindparam("person"))
    .order_by(Completion.completed_on.desc(), Completion.id.desc())
)


def completions_of(person_id: int) -> list[Completed]:
    """Return every completion of a person, the newest first."""
    rows = db.session.execute(_COMPLETIONS, {"person": person_id})
    return [Completed(*tuple(row)) for row in rows]


def latest_completions(module_id: int, person_ids: Collection[int]) -> dict[int, tuple[int, date]]:
    """Return, by person, the id and date of the newest completion of a module by these people."""
    wanted = set(person_ids)
    rows = db.session.execute(
        sa.select(Completion.person_id, Completion.id, Completion.completed_on)
        .where(Completion.module_id == module_id)
        .order_by(Completion.completed_on, Completion.id)
    )
    return {person: (id_, day) for person, id_, day in rows if person in wanted}
