"""To whom a module is offered, and who may decide that."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from app.accounts.models import Unit
from app.catalogue import document
from app.catalogue.models import Module
from app.db import Refusal, db
from app.drafting.drafting import slug_of


class NoSuchOwner(Refusal):
    """The owner named in a module is not one unit of this organisation."""


class NotHers(Refusal):
    """The module is, or would be, offered to people beyond the units of whoever publishes."""


def owner_of(module: document.Module, force_id: int | None = None) -> Unit | None:
    """Return the unit that owns the module, looked for in one force or in all.

    None is everyone. Raises NoSuchOwner.
    """
    if module.owner is None:
        return None
    query = sa.select(Unit).order_by(Unit.path)
    if force_id is not None:
        query = query.where(sa.or_(Unit.id == force_id, Unit.force_id == force_id))
    found = [unit for unit in db.session.scalars(query) if slug_of(unit.name) == module.owner]
    if not found:
        raise NoSuchOwner(f"{module.slug}: there is no unit called “{module.owner}” to own it.")
    if len(found) > 1:
        raise NoSuchOwner(
            f"{module.slug}: {len(found)} units are called “{module.owner}”; only a unit whose "
            "name is unique can own a module."
        )
    return found[0]


def _is_force(path: str) -> bool:
    return path.count("/") == 2


def covers(paths: Iterable[str], owner: Unit | None) -> bool:
    """Tell whether these units may decide about what is offered to `owner`, or to everyone."""
    if owner is None:
        return any(_is_force(path) for path in paths)
    return any(owner.path.startswith(path) for path in paths)


def refuse_owner(owner: Unit | None, row: Module | None, paths: Iterable[str]) -> None:
    """Refuse to offer, or to take away, beyond one's own units; `row` is the module so far."""
    paths = list(paths)
    before = db.session.get(Unit, row.owner_id) if row and row.owner_id is not None else None
    if row is not None and not covers(paths, before):
        raise NotHers(
            "This module belongs to a unit in which you may not publish."
            if before
            else "This module is offered to everyone, so only a trainer of a whole force may "
            "publish it. Ask one to."
        )
    if not covers(paths, owner):
        raise NotHers(
            f"“{owner.name}” is not a unit in which you may publish. Choose another owner in the "
            "settings."
            if owner
            else "Only a trainer of a whole force may offer a module to everyone. Choose a unit "
            "of yours as its owner in the settings."
        )
    if row is None:
        return
    if before is None and owner is not None and _others_exist(paths):
        raise NotHers(
            f"This module is offered to every force. Publishing it for {owner.name} alone would "
            "take it away from the others: leave its owner empty, or make a module of your own."
        )


def _others_exist(paths: list[str]) -> bool:
    forces = db.session.scalars(sa.select(Unit.path).where(Unit.force_id.is_(None)))
    return any(path not in paths for path in forces)
