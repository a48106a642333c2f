"""Reads of modules and versions; documents are parsed once per process, for they are final."""

from __future__ import annotations

from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.orm import defer, joinedload

from app.accounts.models import Unit
from app.catalogue import document
from app.catalogue.models import Module, Version
from app.db import db


@lru_cache(maxsize=512)
def _parsed(digest: str) -> document.Module:
    """Read the document with this digest; the digest names its text and nothing else."""
    text = db.session.execute(
        sa.select(Version.document).where(Version.digest == digest).limit(1)
    ).scalar_one()
    return document.Module.model_validate_json(text)


def document_of(version_id: int, digest: str | None = None) -> document.Module:
    """Return the module document of a version; with its digest at hand no query is needed."""
    if digest is None:
        digest = db.session.execute(
            sa.select(Version.digest).where(Version.id == version_id)
        ).scalar_one()
    return _parsed(digest)


def _visible(unit_path: str) -> sa.ColumnElement[bool]:
    """Say that a module is owned by nobody in particular or by a unit at or above the path."""
    above = sa.select(Unit.id).where(sa.literal(unit_path).like(Unit.path + "%"))
    return sa.or_(Module.owner_id.is_(None), Module.owner_id.in_(above))


def _latest() -> sa.Subquery:
    return (
        sa.select(Version.module_id, sa.func.max(Version.number).label("number"))
        .group_by(Version.module_id)
        .subquery()
    )


def _versions() -> sa.Select[Version]:
    return sa.select(Version).options(
        defer(Version.document), joinedload(Version.module, innerjoin=True)
    )


def latest_versions(unit_path: str) -> list[Version]:
    """Return the newest version of each module that is offered at `unit_path`, by title."""
    latest = _latest()
    found = db.session.scalars(
        _versions()
        .join(Module, Module.id == Version.module_id)
        .join(
            latest,
            sa.and_(latest.c.module_id == Version.module_id, latest.c.number == Version.number),
        )
        .where(_visible(unit_path), Module.retired_at.is_(None))
        .order_by(Version.title, Version.id)
        .limit(500)
    )
    return list(found)


def module_for(slug: str, unit_path: str) -> Module | None:
    """Return the module with this slug if it is visible at `unit_path`, retired or not."""
    return db.session.scalars(
        sa.select(Module).where(Module.slug == slug, _visible(unit_path))
    ).one_or_none()


def latest_version_of(module_id: int) -> Version | None:
    """Return the newest version of a module."""
    return db.session.scalars(
        _versions().where(Version.module_id == module_id).order_by(Version.number.desc()).limit(1)
    ).one_or_none()


def all_versions(module_id: int) -> list[Version]:
    """Return every version of a module, the newest first."""
    return list(
        db.session.scalars(
            _versions()
            .where(Version.module_id == module_id)
            .order_by(Version.number.desc())
            .limit(1000)
        )
    )
