"""What an administrator does with roles: give one in a unit, end one."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.accounts.audit import note
from app.accounts.models import Grant, Person, Unit
from app.accounts.permissions import Role
from app.accounts.queries import GrantRow, grants_of
from app.db import Refusal, db


class GrantCovered(Refusal):
    """The person holds the role in that unit, or in one above it, already."""

    def __init__(self, role: Role, unit_name: str) -> None:
        super().__init__(f"This person is already {role.value} in {unit_name}, which covers this")


class GrantToInactive(Refusal):
    """Somebody whose account is closed is given no role."""

    def __init__(self) -> None:
        super().__init__("This person is not active. Reactivate the account first")


class LastAdministrator(Refusal):
    """Without this grant nobody would administer the unit."""

    def __init__(self, unit_name: str) -> None:
        super().__init__(
            f"Nobody else is an administrator of {unit_name}. "
            "Give that role to somebody else first."
        )


def give_grant(person: Person, role: Role, unit: Unit, *, by: int | None, now: datetime) -> Grant:
    """Give a person a role in a unit and in all below it."""
    if person.deactivated_at is not None:
        raise GrantToInactive
    for held in grants_of(person.id):
        if held.role is role and unit.path.startswith(held.unit_path):
            raise GrantCovered(role, held.unit_name)
    grant = Grant(person_id=person.id, role=role, unit_id=unit.id, granted_at=now, granted_by=by)
    try:
        with db.session.begin_nested():
            db.session.add(grant)
            db.session.flush()
    except IntegrityError as error:
        # Another administrator, or the same form, was a moment earlier.
        raise GrantCovered(role, unit.name) from error
    sentence = f"Became {role.value} in {unit.name}."
    note("grant-given", f"person:{person.id}", sentence, actor_id=by, at=now)
    db.session.flush()
    return grant


def end_grant(grant: GrantRow, person_id: int, *, by: int, now: datetime) -> None:
    """End a role, unless nobody else would administer its unit."""
    nobody_else_administers(grant, person_id)
    db.session.execute(
        sa.update(Grant)
        .where(Grant.id == grant.grant_id, Grant.ended_at.is_(None))
        .values(ended_at=now, ended_by=by)
    )
    sentence = f"Is no longer {grant.role.value} in {grant.unit_name}."
    note("grant-ended", f"person:{person_id}", sentence, actor_id=by, at=now)
    db.session.flush()


def nobody_else_administers(grant: GrantRow, person_id: int) -> None:
    """Raise LastAdministrator if no other active person administers the grant's unit."""
    if grant.role is not Role.ADMINISTRATOR:
        return
    # Two administrators who end their roles at once wait for each other here.
    db.session.execute(
        sa.select(Unit.id).where(Unit.id == int(grant.unit_path.split("/")[1])).with_for_update()
    )
    above = [int(key) for key in grant.unit_path.strip("/").split("/")]
    other = db.session.scalar(
        sa.select(Grant.id)
        .join(Person, Person.id == Grant.person_id)
        .where(
            Grant.role == Role.ADMINISTRATOR,
            Grant.ended_at.is_(None),
            Grant.unit_id.in_(above),
            Grant.person_id != person_id,
            Person.deactivated_at.is_(None),
        )
        .limit(1)
    )
    if other is None:
        raise LastAdministrator(grant.unit_name)
