"""What an administrator does with people: add, change, move, deactivate, reactivate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.accounts.audit import note
from app.accounts.models import LinkPurpose, Membership, PasswordLink, Person, SignIn, Unit
from app.accounts.queries import GrantRow, grants_of
from app.db import Refusal, db, london_date
from app.people.granting import nobody_else_administers
from app.sign_in.passwords import issue_link
from app.ui import filters


class NumberTaken(Refusal):
    """Somebody in the force has this personnel number."""

    def __init__(self) -> None:
        super().__init__("Somebody in this force already has this personnel number")


class EmailTaken(Refusal):
    """Somebody, in whatever force, has this e-mail address."""

    def __init__(self) -> None:
        super().__init__("Somebody already has this e-mail address")


class MoveRefused(Refusal):
    """A move that would not fit the person's history; the sentence says why."""


class OutsideRole(Refusal):
    """The person holds a role above the administrator's own units."""

    def __init__(self, name: str, unit_name: str) -> None:
        super().__init__(
            f"{name} holds a role in {unit_name}, which is outside your units. "
            f"An administrator of {unit_name} can do this."
        )


class NotActive(Refusal):
    """A closed account gets no link."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not active. Reactivate the account first.")


class OwnAccount(Refusal):
    """An administrator cannot deactivate herself."""

    def __init__(self) -> None:
        super().__init__("You cannot deactivate yourself. Ask another administrator.")


@dataclass(frozen=True)
class Identity:
    """Who a person is: what she is called and how she signs in."""

    number: str
    name: str
    email: str


def ensure_may_handle(person: Person, paths: Iterable[str]) -> None:
    """Refuse to touch the account of somebody who holds a role outside `paths`."""
    paths = tuple(paths)
    for grant in grants_of(person.id):
        if not grant.unit_path.startswith(paths):
            raise OutsideRole(person.name or "This person", grant.unit_name)


def _refuse_taken(identity: Identity, force_id: int, but: int | None) -> None:
    """Raise the refusal that says which part of an identity somebody else has."""
    other = Person.id != but if but is not None else sa.true()
    if db.session.scalar(
        sa.select(Person.id).where(
            Person.force_id == force_id, Person.personnel_number == identity.number, other
        )
    ):
        raise NumberTaken
    if db.session.scalar(sa.select(Person.id).where(Person.email == identity.email, other)):
        raise EmailTaken


def _set_identity(person: Person, identity: Identity) -> None:
    """Write an identity; the database has the last word when two administrators race."""
    _refuse_taken(identity, person.force_id, person.id)
    try:
        with db.session.begin_nested():
            person.personnel_number = identity.number
            person.name = identity.name
            person.email = identity.email
            db.session.add(person)
            db.session.flush()
    except IntegrityError as error:
        _refuse_taken(identity, person.force_id, person.id)
        raise EmailTaken from error


def add_person(identity: Identity, unit: Unit, *, by: int | None, now: datetime) -> Person:
    """Add a person to a unit from today; she cannot sign in before she sets a password."""
    person = Person(force_id=unit.force_id or unit.id, created_at=now)
    _set_identity(person, identity)
    db.session.add(Membership(person_id=person.id, unit_id=unit.id, from_on=london_date(now)))
    note("person-added", f"person:{person.id}", f"Added to {unit.name}.", actor_id=by, at=now)
    db.session.flush()
    return person


def change_identity(person: Person, identity: Identity, *, by: int, now: datetime) -> bool:
    """Change what a person is called or how she signs in; tell whether anything differed."""
    before = (
        ("Name", person.name, identity.name),
        ("E-mail", person.email, identity.email),
        ("Personnel number", person.personnel_number, identity.number),
    )
    changed = [f"{what} changed from {old} to {new}." for what, old, new in before if old != new]
    if not changed:
        return False
    if person.email != identity.email:
        _void_links(person.id, now)
    _set_identity(person, identity)
    note("person-changed", f"person:{person.id}", " ".join(changed), actor_id=by, at=now)
    db.session.flush()
    return True


def move_person(
    person: Person, unit: Unit, from_on: date, *, by: int | None, now: datetime
) -> None:
    """End the person's membership on `from_on` and begin one in `unit` that day."""
    # Her row is held first: the membership read after it is the one that an earlier move left.
    held = sa.select(Person.id).where(Person.id == person.id)
    db.session.execute(held.with_for_update(key_share=True))
    current = db.session.scalars(
        sa.select(Membership)
        .where(Membership.person_id == person.id, Membership.until_on.is_(None))
        .execution_options(populate_existing=True)
    ).one()
    _refuse_move(current, unit, from_on, london_date(now))
    if current.from_on == from_on:
        # A membership that began on that very day was a slip: it is put right.
        current.unit_id = unit.id
    else:
        current.until_on = from_on
        db.session.flush()
        db.session.add(Membership(person_id=person.id, unit_id=unit.id, from_on=from_on))
    sentence = f"Moved to {unit.name} from {filters.london_date(from_on)}."
    note("person-moved", f"person:{person.id}", sentence, actor_id=by, at=now)
    db.session.flush()


def _refuse_move(current: Membership, unit: Unit, from_on: date, today: date) -> None:
    if current.unit_id == unit.id:
        raise MoveRefused(f"This person already belongs to {unit.name}")
    if from_on > today:
        raise MoveRefused("The date must be today or earlier: a move is entered once it holds")
    if from_on < current.from_on:
        began = filters.london_date(current.from_on)
        raise MoveRefused(
            f"The date must be {began} or later: the present membership began that day"
        )


def _void_links(person_id: int, now: datetime) -> None:
    db.session.execute(
        sa.update(PasswordLink)
        .where(PasswordLink.person_id == person_id, PasswordLink.used_at.is_(None))
        .values(expires_at=now)
    )


def _refuse_last(grants: Iterable[GrantRow], person_id: int) -> None:
    for grant in grants:
        nobody_else_administers(grant, person_id)


def deactivate_person(person: Person, *, by: int, now: datetime) -> None:
    """Close an account: she is signed out everywhere and leaves every report of the present."""
    if person.id == by:
        raise OwnAccount
    if person.deactivated_at is not None:
        return
    _refuse_last(grants_of(person.id), person.id)
    person.deactivated_at = now
    db.session.execute(
        sa.update(SignIn)
        .where(SignIn.person_id == person.id, SignIn.ended_at.is_(None))
        .values(ended_at=now)
    )
    _void_links(person.id, now)
    note("person-deactivated", f"person:{person.id}", "Deactivated.", actor_id=by, at=now)
    db.session.flush()


def hand_over_link(person: Person, *, by: int | None, now: datetime) -> str:
    """Issue the single-use link with which a person sets a password; return its token."""
    if person.deactivated_at is not None:
        raise NotActive(person.name or "This person")
    purpose = LinkPurpose.RECOVERY if person.password_hash else LinkPurpose.FIRST
    token = issue_link(person.id, purpose, issued_by=by, now=now)
    sentence = "A single-use link to set a password was issued."
    note("link-issued", f"person:{person.id}", sentence, actor_id=by, at=now)
    db.session.flush()
    return token


def reactivate_person(person: Person, *, by: int, now: datetime) -> None:
    """Open a closed account again, with the roles it had."""
    if person.deactivated_at is None:
        return
    person.deactivated_at = None
    note("person-reactivated", f"person:{person.id}", "Reactivated.", actor_id=by, at=now)
    db.session.flush()
