"""Which units and modules a manager's report speaks of: small, plain rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from app.accounts.models import Grant, Person, Unit
from app.accounts.permissions import Permission, roles_with
from app.catalogue.models import Module, Version
from app.db import db

MOST_UNITS = 20_000
MOST_MODULES = 2_000


@dataclass(frozen=True)
class UnitRow:
    """A unit with the ids above it in its path."""

    id: int
    name: str
    path: str

    @property
    def parent_path(self) -> str:
        """Return the path of the unit right above."""
        return self.path[: self.path.rstrip("/").rfind("/") + 1]


@dataclass(frozen=True)
class ModuleRow:
    """A module by its newest title; `offered` tells whether the manager's units may see it."""

    id: int
    slug: str
    title: str
    offered: bool


def _below(paths: int) -> sa.ColumnElement[bool]:
    """Return the condition that a unit stands at or below one of so many paths."""
    return sa.or_(
        sa.false(),
        *(Unit.path.like(sa.bindparam(f"path_{n}", type_=sa.String())) for n in range(paths)),
    )


def _values(paths: Sequence[str]) -> dict[str, str]:
    return {f"path_{n}": f"{path}%" for n, path in enumerate(paths)}


@lru_cache(maxsize=64)
def _units(paths: int) -> sa.Select[int, str, str]:
    return (
        sa.select(Unit.id, Unit.name, Unit.path)
        .where(_below(paths))
        .order_by(Unit.path)
        .limit(MOST_UNITS)
    )


def units_of(paths: Sequence[str]) -> list[UnitRow]:
    """Return the units at or below `paths` in the order of the tree, by name."""
    rows = db.session.connection().execute(_units(len(paths)), _values(paths))
    units = [UnitRow(id_, name, path) for id_, name, path in rows]
    names = {str(unit.id): unit.name.casefold() for unit in units}

    def place(unit: UnitRow) -> list[tuple[str, str]]:
        return [(names.get(part, ""), part) for part in unit.path.strip("/").split("/")]

    return sorted(units, key=place)


def heads_of(units: Sequence[UnitRow], chosen: UnitRow | None) -> list[UnitRow]:
    """Return the lines of the table by unit: the children of the unit that is looked at.

    Without one: the highest units, or the children of the only highest unit.
    """
    paths = {unit.path for unit in units}
    if chosen is None:
        highest = [unit for unit in units if unit.parent_path not in paths]
        if len(highest) != 1:
            return highest
        chosen = highest[0]
    return [unit for unit in units if unit.parent_path == chosen.path]


def rest_of(units: Sequence[UnitRow], chosen: UnitRow | None) -> str:
    """Name the line of those who are in none of the lines of `heads_of`."""
    heads = heads_of(units, chosen)
    above = next((u for u in units if heads and u.path == heads[0].parent_path), chosen)
    return f"Directly in {above.name}" if above else "Directly in these units"


def trail_of(units: Sequence[UnitRow], chosen: UnitRow | None) -> list[UnitRow]:
    """Return the units above the chosen one that the manager may see, and itself."""
    if chosen is None:
        return []
    return [unit for unit in units if chosen.path.startswith(unit.path)]


@lru_cache(maxsize=64)
def _modules(paths: int) -> sa.Select[int, str, str, bool]:
    newest = (
        sa.select(Version.module_id, sa.func.max(Version.number).label("number"))
        .group_by(Version.module_id)
        .subquery()
    )
    above: sa.BindParameter[Any] = sa.bindparam("above", expanding=True, type_=sa.Integer())
    offered = sa.or_(Module.owner_id.is_(None), Module.owner_id.in_(above), _below(paths))
    return (
        sa.select(Module.id, Module.slug, Version.title, sa.func.coalesce(offered, sa.false()))
        .join(newest, newest.c.module_id == Module.id)
        .join(
            Version,
            sa.and_(Version.module_id == Module.id, Version.number == newest.c.number),
        )
        .outerjoin(Unit, Unit.id == Module.owner_id)
        .order_by(Version.title, Module.id)
        .limit(MOST_MODULES)
    )


def modules_of(paths: Sequence[str]) -> list[ModuleRow]:
    """Return every module by its newest title, marked where it is offered in these units."""
    above = {int(part) for path in paths for part in path.split("/") if part}
    values = {**_values(paths), "above": sorted(above)}
    rows = db.session.connection().execute(_modules(len(paths)), values)
    return [ModuleRow(id_, slug, title, bool(seen)) for id_, slug, title, seen in rows]


def paths_of(email: str) -> tuple[str, ...]:
    """Return the units whose completions the active person with this address may see."""
    rows = db.session.scalars(
        sa.select(Unit.path)
        .join(Grant, Grant.unit_id == Unit.id)
        .join(Person, Person.id == Grant.person_id)
        .where(
            Person.email == email.strip().lower(),
            Person.deactivated_at.is_(None),
            Grant.ended_at.is_(None),
            Grant.role.in_(sorted(roles_with(Permission.SEE_COMPLETIONS), key=str)),
        )
        .order_by(Unit.path)
        .limit(200)
    )
    return tuple(rows)
