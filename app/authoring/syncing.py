"""Brings module files into the catalogue: each changed one becomes the next version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from app.authoring.publishing import publish
from app.authoring.queries import running_on_older
from app.catalogue import document
from app.catalogue.models import Module, Version
from app.checking.checking import check_file, check_together, is_refused
from app.db import Refusal, db


class NotPublishable(Refusal):
    """A module cannot be published as it stands."""


@dataclass(frozen=True)
class Synced:
    """What was done about one module."""

    slug: str
    number: int
    published: bool
    # Attempts under way on earlier versions; they go on with theirs.
    running: int


def _check_alternatives(modules: Sequence[document.Module]) -> None:
    """Refuse a content note whose other way leads to a module that does not exist."""
    wanted = {
        module.content_note.alternative: module.slug
        for module in modules
        if module.content_note.alternative
    }
    known = {module.slug for module in modules}
    known |= set(db.session.scalars(sa.select(Module.slug).where(Module.slug.in_(wanted))))
    for alternative, slug in wanted.items():
        if alternative not in known:
            raise NotPublishable(
                f"{slug}: its content note names the module “{alternative}”, which does not exist."
            )


def _latest_ids(slugs: Sequence[str]) -> set[int]:
    rows = db.session.scalars(
        sa.select(sa.func.max(Version.id))
        .join(Module, Module.id == Version.module_id)
        .where(Module.slug.in_(slugs))
        .group_by(Version.module_id)
    )
    return set(rows)


def sync_modules(
    modules: Sequence[document.Module], *, by: int | None, at: datetime
) -> list[Synced]:
    """Publish each module that changed; all or nothing, for the caller commits."""
    _check_alternatives(modules)
    before = _latest_ids([module.slug for module in modules])
    versions = [publish(module, by=by, at=at) for module in modules]
    running = running_on_older(version.id for version in versions)
    return [
        Synced(
            module.slug, version.number, version.id not in before, running.get(version.module_id, 0)
        )
        for module, version in zip(modules, versions, strict=True)
    ]


def modules_in(folder: Path) -> list[document.Module]:
    """Read the modules of a folder, checked; raises NotPublishable naming the first fault."""
    paths = sorted(folder.glob("*.yaml"))
    files = check_together(check_file(path.name, path.read_bytes()) for path in paths)
    for file in filter(is_refused, files):
        first = file.findings[0]
        raise NotPublishable(file.written(first))
    return [file.module for file in files if file.module]
