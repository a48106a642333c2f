"""Reads for module files: who brings them, which versions and drafts there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import undefer

from app.accounts.models import Grant, Person, Unit
from app.accounts.permissions import Permission, roles_with
from app.catalogue.models import Module, Version
from app.db import db
from app.drafting.models import DraftRevision, ModuleDraft

MOST = 2000
# Revisions are read so many at a time: each holds a whole module.
AT_ONCE = 40


@dataclass(frozen=True)
class Trainer:
    """An active person who may write modules, with the units in which she may."""

    id: int
    force_id: int
    paths: tuple[str, ...]


def trainer_by_email(email: str) -> Trainer | None:
    """Return the active trainer with this e-mail address."""
    rows = db.session.execute(
        sa.select(Person.id, Person.force_id, Unit.path)
        .join(Grant, Grant.person_id == Person.id)
        .join(Unit, Unit.id == Grant.unit_id)
        .where(
            Person.email == email.strip().lower(),
            Person.deactivated_at.is_(None),
            Grant.ended_at.is_(None),
            Grant.role.in_(roles_with(Permission.WRITE_MODULES)),
        )
        .order_by(Unit.path)
    ).all()
    if not rows:
        return None
    return Trainer(rows[0][0], rows[0][1], tuple(path for _id, _force, path in rows))


def module_called(slug: str) -> Module | None:
    """Return the module with this short name."""
    return db.session.scalars(sa.select(Module).where(Module.slug == slug)).one_or_none()


def versions_with_documents(module_id: int) -> list[Version]:
    """Return every version of a module with its document, the newest last."""
    found = db.session.scalars(
        sa.select(Version)
        .where(Version.module_id == module_id)
        .order_by(Version.number.desc())
        .limit(MOST)
    )
    return list(found)[::-1]


def running_drafts(
    force_id: int, module_id: int | None, slug: str
) -> list[tuple[ModuleDraft, DraftRevision]]:
    """Return a force's unfinished drafts of a module, or of a new one with this short name."""
    return _heads(
        module_id,
        slug,
        ModuleDraft.force_id == force_id,
        ModuleDraft.version_id.is_(None),
        ModuleDraft.set_aside_at.is_(None),
    )


def all_drafts(
    module_id: int | None, slug: str, force_id: int | None = None, *, set_aside: bool = False
) -> list[tuple[ModuleDraft, DraftRevision]]:
    """Return the drafts of a module, also published ones, of one force or of all."""
    of_force = ModuleDraft.force_id == force_id if force_id is not None else sa.true()
    wanted = sa.true() if set_aside else ModuleDraft.set_aside_at.is_(None)
    return _heads(module_id, slug, of_force, wanted)


def revisions_back(draft: ModuleDraft) -> Iterator[DraftRevision]:
    """Give the revisions of a draft with their documents, the newest first."""
    before = draft.head + 1
    while before > 1:
        found = db.session.scalars(
            sa.select(DraftRevision)
            .where(DraftRevision.draft_id == draft.id, DraftRevision.number < before)
            .options(undefer(DraftRevision.packed))
            .order_by(DraftRevision.number.desc())
            .limit(AT_ONCE)
        ).all()
        if not found:
            return
        yield from found
        before = found[-1].number


def _heads(
    module_id: int | None, slug: str, *conditions: sa.ColumnElement[bool]
) -> list[tuple[ModuleDraft, DraftRevision]]:
    """Return drafts with their newest revision; those of a new module by its short name."""
    rows = db.session.execute(
        sa.select(ModuleDraft, DraftRevision)
        .join(
            DraftRevision,
            sa.and_(
                DraftRevision.draft_id == ModuleDraft.id, DraftRevision.number == ModuleDraft.head
            ),
        )
        .options(undefer(DraftRevision.packed))
        .where(
            ModuleDraft.module_id == module_id
            if module_id is not None
            else ModuleDraft.module_id.is_(None),
            *conditions,
        )
        .order_by(ModuleDraft.id.desc())
        .limit(MOST)
    )
    found = [(draft, head) for draft, head in rows]
    if module_id is not None:
        return found
    return [(draft, head) for draft, head in found if head.document.get("slug") == slug]
