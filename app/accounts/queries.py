"""Reads of people, units and grants: ordered, bounded, and only within the units asked about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import count

import sqlalchemy as sa

from app.accounts.access import within
from app.accounts.models import Grant, Membership, Person, Unit, UnitParent
from app.accounts.permissions import Role
from app.db import db

# No force comes near it; a list that reached it would be a mistake worth seeing.
MOST_UNITS = 20_000
MOST_PEOPLE = 200_000


@dataclass(frozen=True)
class MemberRow:
    """A person as others may name her, with the unit that she belongs to now."""

    person_id: int
    name: str
    personnel_number: str
    unit_id: int
    unit_name: str
    active: bool = True


@dataclass(frozen=True)
class Stay:
    """From when to when somebody or something stood somewhere, by that place's name."""

    unit_name: str
    from_on: date
    until_on: date | None


@dataclass(frozen=True)
class GrantRow:
    """A role that a person holds now, and where."""

    grant_id: int
    role: Role
    unit_id: int
    unit_name: str
    unit_path: str


def in_tree_order(units: Iterable[Unit]) -> list[Unit]:
    """Return the units parent first, brothers and sisters by name."""
    known = list(units)
    names = {str(unit.id): unit.name.casefold() for unit in known}

    def place(unit: Unit) -> tuple[tuple[str, str], ...]:
        return tuple((names[key], key) for key in unit.path.strip("/").split("/") if key in names)

    return sorted(known, key=place)


def units_within(paths: Iterable[str]) -> list[Unit]:
    """Return the units at or below `paths`, in the order of the tree."""
    found = db.session.scalars(
        sa.select(Unit).where(within(paths)).order_by(Unit.path).limit(MOST_UNITS)
    )
    return in_tree_order(found)


def unit_within(paths: Iterable[str], unit_id: int) -> Unit | None:
    """Return the unit if it stands at or below one of `paths`."""
    return db.session.scalars(
        sa.select(Unit).where(Unit.id == unit_id, within(paths))
    ).one_or_none()


def _members() -> sa.Select[int, str | None, str | None, int, str, bool]:
    return (
        sa.select(
            Person.id,
            Person.name,
            Person.personnel_number,
            Unit.id,
            Unit.name,
            Person.deactivated_at.is_(None),
        )
        .join(Membership, Membership.person_id == Person.id)
        .join(Unit, Unit.id == Membership.unit_id)
        .where(Membership.until_on.is_(None))
    )


def _member(row: sa.Row[int, str | None, str | None, int, str, bool]) -> MemberRow:
    person_id, name, number, unit_id, unit_name, active = row
    return MemberRow(person_id, name or "", number or "", unit_id, unit_name, bool(active))


def active_members(unit_path: str) -> list[MemberRow]:
    """Return the active people in the unit at `unit_path` and below it, by name."""
    rows = db.session.execute(
        _members()
        .where(within([unit_path]), Person.deactivated_at.is_(None))
        .order_by(Person.name, Person.id)
        .limit(MOST_PEOPLE)
    )
    return [_member(row) for row in rows]


def person_within(paths: Iterable[str], person_id: int) -> MemberRow | None:
    """Return the person, active or not, if her unit stands at or below one of `paths`."""
    row = db.session.execute(_members().where(Person.id == person_id, within(paths))).one_or_none()
    return None if row is None else _member(row)


_UNIT_ON = (
    sa.select(Unit)
    .join(Membership, Membership.unit_id == Unit.id)
    .where(
        Membership.person_id == sa.bindparam("person"),
        Membership.from_on <= sa.bindparam("day"),
        sa.or_(Membership.until_on.is_(None), Membership.until_on > sa.bindparam("day")),
    )
)


def unit_on(person_id: int, day: date) -> Unit | None:
    """Return the unit that the person belonged to on `day`."""
    return db.session.scalars(_UNIT_ON, {"person": person_id, "day": day}).one_or_none()


def person_in_full(paths: Iterable[str], person_id: int) -> Person | None:
    """Return the person's own row, to be changed, if her unit stands at or below `paths`."""
    return db.session.scalars(
        sa.select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .join(Unit, Unit.id == Membership.unit_id)
        .where(Person.id == person_id, Membership.until_on.is_(None), within(paths))
    ).one_or_none()


def stays_of(person_id: int) -> list[Stay]:
    """Return the units that the person belonged to, the latest first."""
    rows = db.session.execute(
        sa.select(Unit.name, Membership.from_on, Membership.until_on)
        .join(Unit, Unit.id == Membership.unit_id)
        .where(Membership.person_id == person_id)
        .order_by(Membership.from_on.desc())
        .limit(200)
    )
    return [Stay(*row) for row in rows]


def parents_of(unit_id: int) -> list[Stay]:
    """Return the units below which the unit stood, the latest first."""
    rows = db.session.execute(
        sa.select(Unit.name, UnitParent.from_on, UnitParent.until_on)
        .join(Unit, Unit.id == UnitParent.parent_id)
        .where(UnitParent.unit_id == unit_id)
        .order_by(UnitParent.from_on.desc())
        .limit(200)
    )
    return [Stay(*row) for row in rows]


def grants_of(person_id: int) -> list[GrantRow]:
    """Return the roles that the person holds now, by unit and role."""
    rows = db.session.execute(
        sa.select(Grant.id, Grant.role, Unit.id, Unit.name, Unit.path)
        .join(Unit, Unit.id == Grant.unit_id)
        .where(Grant.person_id == person_id, Grant.ended_at.is_(None))
        .order_by(Unit.path, Grant.role)
        .limit(200)
    )
    return [GrantRow(*row) for row in rows]


def force_named(name: str) -> Unit | None:
    """Return the force of that name, however it is capitalised."""
    return db.session.scalars(
        sa.select(Unit).where(
            Unit.force_id.is_(None), sa.func.lower(Unit.name) == name.strip().lower()
        )
    ).first()


def direct_members(paths: Iterable[str]) -> dict[int, int]:
    """Return, by unit, how many active people belong to that very unit."""
    rows = db.session.execute(
        sa.select(Membership.unit_id, sa.func.count())
        .join(Person, Person.id == Membership.person_id)
        .join(Unit, Unit.id == Membership.unit_id)
        .where(Membership.until_on.is_(None), Person.deactivated_at.is_(None), within(paths))
        .group_by(Membership.unit_id)
    )
    return {unit_id: people for unit_id, people in rows}


def free_number(force_id: int) -> str:
    """Return the first personnel number of the form ADMIN-1 that nobody in the force has."""
    taken = set(
        db.session.scalars(
            sa.select(Person.personnel_number).where(
                Person.force_id == force_id, Person.personnel_number.startswith("ADMIN-")
            )
        )
    )
    return next(number for n in count(1) if (number := f"ADMIN-{n}") not in taken)
