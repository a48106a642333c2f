"""The people whom a demonstration lists on its sign-in page, and nothing else does."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from app.accounts.models import Grant, Membership, Person, Unit
from app.accounts.permissions import Role
from app.db import db

# Only addresses that end so are listed; nobody outside a demonstration can have one.
DEMO_ADDRESS = "@demo.invalid"
MOST = 20


@dataclass(frozen=True)
class DemoPerson:
    """Somebody as whom a visitor may look around."""

    person_id: int
    name: str
    email: str
    unit_name: str
    roles: tuple[Role, ...]

    @property
    def who(self) -> str:
        """Return her roles and unit in words, such as "Manager, Operations"."""
        roles = " and ".join(role.value for role in self.roles) or "learner"
        return f"{roles.capitalize()}, {self.unit_name}"


def _selection() -> sa.Select[int, str | None, str | None, str]:
    return (
        sa.select(Person.id, Person.name, Person.email, Unit.name)
        .join(Membership, Membership.person_id == Person.id)
        .join(Unit, Unit.id == Membership.unit_id)
        .where(
            Person.email.like(f"%{DEMO_ADDRESS}"),
            Person.deactivated_at.is_(None),
            Membership.until_on.is_(None),
        )
        .order_by(Person.id)
        .limit(MOST)
    )


def demo_people() -> list[DemoPerson]:
    """Return the listed people in the order in which the demonstration made them."""
    rows = db.session.execute(_selection()).all()
    roles: dict[int, set[Role]] = {}
    held = sa.select(Grant.person_id, Grant.role).where(
        Grant.person_id.in_([row[0] for row in rows]), Grant.ended_at.is_(None)
    )
    for person_id, role in db.session.execute(held):
        roles.setdefault(person_id, set()).add(role)
    return [
        DemoPerson(
            key,
            name or "",
            email or "",
            unit,
            tuple(sorted(roles.get(key, ()), key=lambda role: role.value)),
        )
        for key, name, email, unit in rows
    ]


def demo_person(person_id: int) -> DemoPerson | None:
    """Return one of the listed people."""
    return next((person for person in demo_people() if person.person_id == person_id), None)
