"""Reads of modules and versions; documents are parsed once per process, for they are final."""

from __future__ import annotations

from collections.abc import Collection
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
    query = sa.select(Version.document).where(Version.digest == digest).limit(1)
    text = db.session.execute(query).scalar_one()
    return document.Module.model_validate_json(text)


def document_of(version_id: int, digest: str | None = None) -> document.Module:
    """Return the module document of a version; with its digest at hand no query is needed."""
    if digest is None:
        digest = db.session.execute(
            sa.select(Version.digest).where(Version.id == version_id)
        ).scalar_one()
    return _parsed(digest)


# Modules that a person was asked for or has begun stay hers to see wherever she moves.
_ALSO = Module.id.in_(sa.bindparam("also", expanding=True))


def _visible() -> sa.ColumnElement[bool]:
    """Say that a module is owned by nobody in particular or by a unit at or above the path."""
    path: sa.BindParameter[str] = sa.bindparam("path", type_=sa.String)
    above = sa.select(Unit.id).where(path.like(Unit.path + "%"))
    return sa.or_(Module.owner_id.is_(None), Module.owner_id.in_(above))


# Built once: building a statement takes longer than the database takes to answer it.
_LATEST = (
    sa.select(Version.module_id, sa.func.max(Version.number).label("number"))
    .group_by(Version.module_id)
    .subquery()
)
_VERSIONS = sa.select(Version).options(
    defer(Version.document), joinedload(Version.module, innerjoin=True)
)
_OFFERED = (
    _VERSIONS.join(Module, Module.id == Version.module_id)
    .join(
        _LATEST,
        sa.and_(_LATEST.c.module_id == Version.module_id, _LATEST.c.number == Version.number),
    )
    .where(sa.or_(sa.and_(_visible(), Module.retired_at.is_(None)), _ALSO))
    .order_by(Version.title, Version.id)
    .limit(500)
)
_BY_SLUG = sa.select(Module).where(Module.slug == sa.bindparam("slug"), sa.or_(_visible(), _ALSO))
_NEWEST_OF_MODULE = (
    _VERSIONS.where(Version.module_id == sa.bindparam("module"))
    .order_by(Version.number.desc())
    .limit(1)
)


def latest_versions(unit_path: str, also: Collection[int] = ()) -> list[Version]:
    """Return the newest version of each module offered at `unit_path`, by title.

    The modules with the ids in `also` are there too, retired or owned elsewhere.
    """
    return list(db.session.scalars(_OFFERED, {"path": unit_path, "also": list(also)}))


def module_for(slug: str, unit_path: str, also: Collection[int] = ()) -> Module | None:
    """Return the module with this slug if it is visible at `unit_path` or named in `also`."""
    values = {"slug": slug, "path": unit_path, "also": list(also)}
    return db.session.scalars(_BY_SLUG, values).one_or_none()


def latest_version_of(module_id: int) -> Version | None:
    """Return the newest version of a module."""
    return db.session.scalars(_NEWEST_OF_MODULE, {"module": module_id}).one_or_none()
