"""Publishes a module document as its next version, which is final."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime

import sqlalchemy as sa

from app.accounts.audit import note
from app.authoring.models import PublishedChange
from app.authoring.queries import units_by_id
from app.catalogue import document
from app.catalogue.models import Module, Version
from app.db import Refusal, db


class NoSuchOwner(Refusal):
    """The owner named in a module is not one unit of this organisation."""


def canonical_json(module: document.Module) -> str:
    """Return the text of the document that a version holds."""
    plain = document.to_plain(module)
    return json.dumps(plain, ensure_ascii=False, sort_keys=False, separators=(",", ":"))


def _slug_of(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _owner_id(module: document.Module) -> int | None:
    """Return the unit that owns the module; None is everyone."""
    if module.owner is None:
        return None
    found = [unit_id for unit_id, name in units_by_id().items() if _slug_of(name) == module.owner]
    if not found:
        raise NoSuchOwner(f"{module.slug}: there is no unit called “{module.owner}” to own it.")
    if len(found) > 1:
        raise NoSuchOwner(
            f"{module.slug}: {len(found)} units are called “{module.owner}”; only a unit whose "
            "name is unique can own a module."
        )
    return found[0]


def _row_of(module: document.Module, owner_id: int | None, at: datetime) -> Module:
    """Return the module's row, held for writing, or a new one."""
    row = db.session.scalars(
        sa.select(Module).where(Module.slug == module.slug).with_for_update()
    ).one_or_none()
    if row is None:
        row = Module(slug=module.slug, owner_id=owner_id, created_at=at)
        db.session.add(row)
        db.session.flush()
    return row


def _latest(module_id: int) -> Version | None:
    return db.session.scalars(
        sa.select(Version)
        .where(Version.module_id == module_id)
        .order_by(Version.number.desc())
        .limit(1)
    ).one_or_none()


def publish(module: document.Module, *, by: int | None, at: datetime) -> Version:
    """Write the module as version 1 or n + 1; unchanged content writes nothing.

    The caller has checked the module. Raises NoSuchOwner.
    """
    text = canonical_json(module)
    digest = hashlib.sha256(text.encode()).hexdigest()
    owner_id = _owner_id(module)
    row = _row_of(module, owner_id, at)
    latest = _latest(row.id)
    if latest is not None and latest.digest == digest:
        return latest
    row.owner_id = owner_id
    version = Version(
        module=row,
        number=latest.number + 1 if latest else 1,
        title=module.title,
        minutes=module.minutes,
        document=text,
        digest=digest,
        published_at=at,
        published_by=by,
    )
    db.session.add(version)
    db.session.flush()
    db.session.add(PublishedChange(version_id=version.id, decided_by=by, decided_at=at))
    db.session.flush()
    sentence = f"Published “{module.title}”, version {version.number} ({digest[:8]})."
    note("module-published", f"module:{row.id}", sentence, actor_id=by, at=at)
    return version
