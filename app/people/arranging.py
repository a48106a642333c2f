"""What an administrator does with units: add one below another, rename it, move it."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.accounts.audit import note
from app.accounts.models import Unit, UnitKind, UnitParent
from app.db import Refusal, db, london_date


class UnitNameTaken(Refusal):
    """A unit of the force has this name; an import could not tell them apart."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"There is already a unit called {name} in this force. "
            "Names are unique within a force, so that an import can name a unit"
        )


class UnitPlaceRefused(Refusal):
    """A unit cannot stand there; the sentence says why."""


def _refuse_taken(name: str, force_id: int | None, but: int | None) -> None:
    same = sa.func.lower(Unit.name) == name.lower()
    in_force = (
        Unit.force_id.is_(None)
        if force_id is None
        else sa.or_(Unit.force_id == force_id, Unit.id == force_id)
    )
    other = Unit.id != but if but is not None else sa.true()
    found = db.session.scalar(sa.select(Unit.name).where(same, in_force, other).limit(1))
    if found is not None:
        raise UnitNameTaken(found)


def _refuse_place(parent: Unit) -> None:
    if parent.kind is UnitKind.TEAM:
        raise UnitPlaceRefused(f"{parent.name} is a team, and nothing stands below a team")


def _hold_tree(*units: Unit) -> None:
    """Let changes of a force's tree wait for each other, then read the units as they stand."""
    force_id = units[0].force_id or units[0].id
    held = sa.select(Unit.id).where(Unit.id == force_id)
    db.session.execute(held.with_for_update(key_share=True))
    for unit in units:
        db.session.refresh(unit)


def add_force(name: str, *, now: datetime) -> Unit:
    """Add the root of a new tree."""
    _refuse_taken(name, None, None)
    return _place_new(Unit(name=name, kind=UnitKind.FORCE, path="", created_at=now), "/", None, now)


def add_unit(name: str, kind: UnitKind, parent: Unit, *, by: int | None, now: datetime) -> Unit:
    """Add a unit below `parent` from today."""
    _hold_tree(parent)
    _refuse_place(parent)
    if kind is UnitKind.FORCE:
        raise UnitPlaceRefused("A force stands at the top and below nothing")
    force_id = parent.force_id or parent.id
    _refuse_taken(name, force_id, None)
    unit = Unit(name=name, kind=kind, force_id=force_id, path="", created_at=now)
    _place_new(unit, parent.path, by, now)
    db.session.add(UnitParent(unit_id=unit.id, parent_id=parent.id, from_on=london_date(now)))
    db.session.flush()
    return unit


def _place_new(unit: Unit, above: str, by: int | None, now: datetime) -> Unit:
    try:
        with db.session.begin_nested():
            db.session.add(unit)
            db.session.flush()
    except IntegrityError as error:
        raise UnitNameTaken(unit.name) from error
    unit.path = f"{above}{unit.id}/"
    note("unit-added", f"unit:{unit.id}", f"Added as {unit.name}.", actor_id=by, at=now)
    db.session.flush()
    return unit


def rename_unit(unit: Unit, name: str, *, by: int, now: datetime) -> None:
    """Give a unit another name; completions keep the name that it had then."""
    if name == unit.name:
        return
    _refuse_taken(name, unit.force_id, unit.id)
    if unit.force_id is None:
        # No unit below the force may have its new name either.
        _refuse_taken(name, unit.id, unit.id)
    sentence = f"Renamed from {unit.name} to {name}."
    try:
        with db.session.begin_nested():
            unit.name = name
            db.session.flush()
    except IntegrityError as error:
        raise UnitNameTaken(name) from error
    note("unit-renamed", f"unit:{unit.id}", sentence, actor_id=by, at=now)
    db.session.flush()


def move_unit(unit: Unit, parent: Unit, *, by: int, now: datetime) -> None:
    """Put a unit, with all below it, under another one of its force from today."""
    _hold_tree(unit, parent)
    if unit.force_id is None:
        raise UnitPlaceRefused("A force stands at the top and cannot be moved")
    if parent.path.startswith(unit.path):
        raise UnitPlaceRefused(
            f"{parent.name} is {unit.name} itself or stands below it: choose a unit elsewhere"
        )
    if (parent.force_id or parent.id) != unit.force_id:
        raise UnitPlaceRefused("A unit stays in its force")
    _refuse_place(parent)
    old, new = unit.path, f"{parent.path}{unit.id}/"
    if old == new:
        raise UnitPlaceRefused(f"{unit.name} already stands below {parent.name}")
    _move_interval(unit, parent, now)
    db.session.execute(
        sa.update(Unit)
        .where(Unit.path.like(f"{old}%"))
        .values(path=sa.literal(new) + sa.func.substr(Unit.path, len(old) + 1))
        .execution_options(synchronize_session="fetch")
    )
    sentence = f"Moved below {parent.name}."
    note("unit-moved", f"unit:{unit.id}", sentence, actor_id=by, at=now)
    db.session.flush()


def _move_interval(unit: Unit, parent: Unit, now: datetime) -> None:
    """End the place below the old parent today and begin the new one."""
    today = london_date(now)
    current = db.session.scalars(
        sa.select(UnitParent)
        .where(UnitParent.unit_id == unit.id, UnitParent.until_on.is_(None))
        .with_for_update()
    ).one()
    if current.from_on == today:
        current.parent_id = parent.id
    else:
        current.until_on = today
        db.session.flush()
        db.session.add(UnitParent(unit_id=unit.id, parent_id=parent.id, from_on=today))
    db.session.flush()
