"""Reads for those who publish: versions with their attempts and completions, as counts only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.accounts.access import within
from app.accounts.models import Person, Unit
from app.attempts.models import Attempt
from app.catalogue.models import Module, Version
from app.db import db
from app.records.models import Completion

MOST = 2000


@dataclass(frozen=True)
class VersionRow:
    """One version as a trainer sees it: no people, only how many."""

    slug: str
    number: int
    title: str
    minutes: int
    digest: str
    published_at: datetime
    published_by: str | None
    retired: bool
    running: int
    completions: int


def active_person_by_email(email: str) -> Person | None:
    """Return the active person with this e-mail address."""
    return db.session.scalars(
        sa.select(Person).where(
            Person.email == email.strip().lower(), Person.deactivated_at.is_(None)
        )
    ).one_or_none()


def running_on_older(version_ids: Iterable[int]) -> dict[int, int]:
    """Return, by module, how many attempts are under way on other versions than these."""
    ids = list(version_ids)
    rows = db.session.execute(
        sa.select(Attempt.module_id, sa.func.count())
        .where(
            Attempt.module_id.in_(sa.select(Version.module_id).where(Version.id.in_(ids))),
            Attempt.version_id.not_in(ids),
            Attempt.completion_id.is_(None),
        )
        .group_by(Attempt.module_id)
        .order_by(Attempt.module_id)
    )
    return {module_id: count for module_id, count in rows}


def units_by_id() -> dict[int, str]:
    """Return the name of every unit."""
    rows = db.session.execute(sa.select(Unit.id, Unit.name).order_by(Unit.id))
    return {unit_id: name for unit_id, name in rows}


def _owned(paths: Iterable[str]) -> sa.ColumnElement[bool]:
    """Say that a module is everyone's, or owned at, above or below one of `paths`."""
    owners = sa.select(Unit.id).where(within(paths))
    above = [
        sa.literal(path).like(sa.select(Unit.path).where(Unit.id == Module.owner_id)
                              .scalar_subquery() + "%")
        for path in paths
    ]  # fmt: skip
    return sa.or_(Module.owner_id.is_(None), Module.owner_id.in_(owners), *above)


def versions_within(paths: Iterable[str]) -> list[VersionRow]:
    """Return every version of the modules of these units, by title, the newest first."""
    running = (
        sa.select(sa.func.count())
        .where(Attempt.version_id == Version.id, Attempt.completion_id.is_(None))
        .scalar_subquery()
    )
    completions = (
        sa.select(sa.func.count()).where(Completion.version_id == Version.id).scalar_subquery()
    )
    rows = db.session.execute(
        sa.select(
            Module.slug, Version.number, Version.title, Version.minutes, Version.digest,
            Version.published_at, Person.name, Module.retired_at.is_not(None), running, completions,
        )
        .join(Module, Module.id == Version.module_id)
        .outerjoin(Person, Person.id == Version.published_by)
        .where(_owned(list(paths)))
        .order_by(Module.slug, Version.number.desc())
        .limit(MOST)
    )  # fmt: skip
    return [VersionRow(*row) for row in rows]


def version_within(paths: Iterable[str], slug: str, number: int) -> Version | None:
    """Return one version of a module of these units."""
    return db.session.scalars(
        sa.select(Version)
        .join(Module, Module.id == Version.module_id)
        .where(Module.slug == slug, Version.number == number, _owned(list(paths)))
    ).one_or_none()
