"""Retires modules, brings them back, and says when they should be looked at again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from app.accounts.audit import note
from app.accounts.models import Unit
from app.authoring.owning import NotHers, covers
from app.catalogue.models import Module
from app.db import db


def may_tend(row: Module, paths: Iterable[str]) -> bool:
    """Tell whether these units may decide about a module."""
    owner = db.session.get(Unit, row.owner_id) if row.owner_id is not None else None
    return covers(paths, owner)


def _held(row: Module, paths: Iterable[str]) -> None:
    """Hold a module for writing; raises NotHers."""
    db.session.refresh(row, with_for_update=True)
    if not may_tend(row, paths):
        raise NotHers("This module is offered beyond the units in which you may decide about it.")


def retire(row: Module, title: str, *, by: int, paths: Iterable[str], at: datetime) -> None:
    """Take a module out of the library; whoever is under way goes on. Raises NotHers."""
    _held(row, paths)
    if row.retired_at is not None:
        return
    row.retired_at = at
    note("module-retired", f"module:{row.id}", f"Retired “{title}”.", actor_id=by, at=at)
    db.session.flush()


def bring_back(row: Module, title: str, *, by: int, paths: Iterable[str], at: datetime) -> None:
    """Offer a retired module again; raises NotHers."""
    _held(row, paths)
    if row.retired_at is None:
        return
    row.retired_at = None
    note("module-brought-back", f"module:{row.id}", f"Brought back “{title}”.", actor_id=by, at=at)
    db.session.flush()


def set_review_by(
    row: Module, day: date | None, *, by: int, paths: Iterable[str], at: datetime
) -> None:
    """Say when a module should be looked at again, or that there is no such date.

    Raises NotHers.
    """
    _held(row, paths)
    if row.review_by == day:
        return
    row.review_by = day
    said = f"Should be looked at again by {day:%-d %B %Y}." if day else "Took away its review date."
    note("module-review-by", f"module:{row.id}", said, actor_id=by, at=at)
    db.session.flush()
