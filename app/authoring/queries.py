"""Reads for those who review and publish: drafts, versions; of learners only how many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import defer

from app.accounts.access import within
from app.accounts.models import Person, Unit
from app.attempts.models import Attempt
from app.authoring.comparing.change import Change
from app.authoring.models import PublishedChange
from app.catalogue import document
from app.catalogue.models import Module, Version
from app.catalogue.module_files import Finding
from app.catalogue.queries import document_of
from app.checking.drafts import check_draft
from app.db import db
from app.drafting.filling.fields import rows_of
from app.drafting.models import DraftRevision, ModuleDraft
from app.drafting.parts import Document
from app.importing.queries import texts_by_sha
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
    review_by: date | None


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
    return _version_rows(_owned(list(paths)))


def versions_of(row: Module) -> list[VersionRow]:
    """Return every version of one module, the newest first."""
    return _version_rows(Module.id == row.id)


def _version_rows(condition: sa.ColumnElement[bool]) -> list[VersionRow]:
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
            Module.review_by,
        )
        .join(Module, Module.id == Version.module_id)
        .outerjoin(Person, Person.id == Version.published_by)
        .where(condition)
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


def newest_versions(paths: Iterable[str]) -> list[Version]:
    """Return the newest version of each module of these units, by title."""
    newest = sa.select(sa.func.max(Version.id)).group_by(Version.module_id)
    return list(
        db.session.scalars(
            sa.select(Version)
            .join(Module, Module.id == Version.module_id)
            .where(Version.id.in_(newest), _owned(list(paths)))
            .options(defer(Version.document))
            .order_by(Version.title, Version.id)
            .limit(MOST)
        )
    )


def findings_of(draft: ModuleDraft, revision: DraftRevision) -> tuple[Finding, ...]:
    """Return what the checks say about a revision, with the texts of its sources at hand."""
    plain = revision.document
    shas = {str(source.get("sha256") or "") for source in rows_of(plain.get("sources"))} - {""}
    return check_draft(plain, texts_by_sha(draft.force_id, shas))


def names_of(person_ids: Iterable[int | None]) -> dict[int, str]:
    """Return the names of people by their ids."""
    wanted = {person_id for person_id in person_ids if person_id is not None}
    if not wanted:
        return {}
    rows = db.session.execute(
        sa.select(Person.id, Person.name).where(Person.id.in_(wanted)).order_by(Person.id)
    )
    return {person_id: name or "somebody since erased" for person_id, name in rows}


def version_with_id(version_id: int) -> Version:
    """Return a version that a draft points to."""
    return db.session.get_one(Version, version_id)


def plain_of(version: Version) -> Document:
    """Return the document of a version as plain values."""
    return document.to_plain(document_of(version.id, version.digest))


def version_of(draft: ModuleDraft) -> tuple[Version, str | None] | None:
    """Return the version that a draft became, and who published it."""
    if draft.version_id is None:
        return None
    row = db.session.execute(
        sa.select(Version, Person.name)
        .outerjoin(Person, Person.id == Version.published_by)
        .where(Version.id == draft.version_id)
    ).one()
    return row[0], row[1]


def numbers_of(module_id: int) -> list[int]:
    """Return the numbers of a module's versions, the newest first."""
    return list(
        db.session.scalars(
            sa.select(Version.number)
            .where(Version.module_id == module_id)
            .order_by(Version.number.desc())
            .limit(MOST)
        )
    )


def latest_version(module_id: int) -> Version | None:
    """Return the newest version of a module, with its document."""
    return db.session.scalars(
        sa.select(Version)
        .where(Version.module_id == module_id)
        .order_by(Version.number.desc())
        .limit(1)
    ).one_or_none()


@dataclass(frozen=True)
class Affected:
    """How many learners a new version meets; never who."""

    # By the number of the version that they are on.
    running: tuple[tuple[int, int], ...]
    completions: int


def affected_by(module_id: int | None) -> Affected:
    """Count the attempts under way by their version, and the completions that stand."""
    rows = db.session.execute(
        sa.select(Version.number, sa.func.count())
        .join(Attempt, Attempt.version_id == Version.id)
        .where(Version.module_id == module_id, Attempt.completion_id.is_(None))
        .group_by(Version.number)
        .order_by(Version.number.desc())
    )
    running = tuple((number, count) for number, count in rows)
    done = db.session.scalar(sa.select(sa.func.count()).where(Completion.module_id == module_id))
    return Affected(running, done or 0)


def module_with_id(module_id: int | None) -> Module | None:
    """Return the module that a draft will be the next version of, if any."""
    return db.session.get(Module, module_id) if module_id is not None else None


def module_within(paths: Iterable[str], slug: str) -> Module | None:
    """Return a module of these units."""
    return db.session.scalars(
        sa.select(Module).where(Module.slug == slug, _owned(list(paths)))
    ).one_or_none()


def owner_name(row: Module) -> str | None:
    """Return the name of the unit that a module is offered to; nothing: everyone."""
    if row.owner_id is None:
        return None
    return db.session.scalar(sa.select(Unit.name).where(Unit.id == row.owner_id))


@dataclass(frozen=True)
class Decided:
    """What was decided with a version, by its number."""

    number: int
    change: Change | None
    approved_by: str | None
    ask_again_from: date | None


def decided_about(module_id: int) -> dict[int, Decided]:
    """Return what was decided with each version of a module."""
    rows = db.session.execute(
        sa.select(
            Version.number, PublishedChange.change, Person.name, PublishedChange.ask_again_from
        )
        .join(PublishedChange, PublishedChange.version_id == Version.id)
        .outerjoin(Person, Person.id == PublishedChange.approved_by)
        .where(Version.module_id == module_id)
        .order_by(Version.number)
        .limit(MOST)
    )
    return {row[0]: Decided(*row) for row in rows}


def drafts_of(force_id: int, module_id: int) -> list[tuple[int, str]]:
    """Return the id and the title of each draft that a force has of a module's next version."""
    rows = db.session.execute(
        sa.select(ModuleDraft.id, DraftRevision.title)
        .join(
            DraftRevision,
            sa.and_(
                DraftRevision.draft_id == ModuleDraft.id, DraftRevision.number == ModuleDraft.head
            ),
        )
        .where(
            ModuleDraft.force_id == force_id,
            ModuleDraft.module_id == module_id,
            ModuleDraft.version_id.is_(None),
            ModuleDraft.set_aside_at.is_(None),
        )
        .order_by(ModuleDraft.id.desc())
        .limit(MOST)
    )
    return [(draft_id, title) for draft_id, title in rows]


def review_due(paths: Iterable[str], today: date) -> list[VersionRow]:
    """Return the newest version of each module of these units whose review date has passed."""
    newest = (
        sa.select(sa.func.max(Version.number))
        .where(Version.module_id == Module.id)
        .correlate(Module)
        .scalar_subquery()
    )
    passed = sa.and_(
        _owned(list(paths)), Module.review_by < today, Module.retired_at.is_(None),
        Version.number == newest,
    )  # fmt: skip
    return sorted(_version_rows(passed), key=lambda row: (row.review_by or today, row.slug))
