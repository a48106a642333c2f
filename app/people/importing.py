"""Reads the state that a file of people is compared with, and applies a plan in bulk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import sqlalchemy as sa

from app.accounts.access import within
from app.accounts.audit import note
from app.accounts.models import Grant, Membership, Person, Unit
from app.accounts.permissions import Role
from app.db import Refusal, db
from app.people.import_bulk import CHANGING, By, apply_chunk, give_up_emails
from app.people.import_plan import Difference, Known, Plan, State, folded

Tick = Callable[[int], object]
CHUNK = 2_000


class PeopleChanged(Refusal):
    """Somebody changed people or units after the difference was shown."""

    def __init__(self) -> None:
        super().__init__(
            "People or units were changed after this difference was made. "
            "Nothing was applied; look at the new difference first."
        )


class RowsRefused(Refusal):
    """A plan with a refused row is not applied at all."""

    def __init__(self, count: int) -> None:
        rows = "1 row is" if count == 1 else f"{count:,} rows are"
        super().__init__(f"Nothing was applied: {rows} refused, and an import is all or nothing.")


class TooManyTouched(Refusal):
    """More people would be touched than was meant to be possible by accident."""

    def __init__(self, plan: Plan, share: int) -> None:
        super().__init__(
            f"Nothing was applied: {plan.touched:,} of {plan.active:,} active people would be "
            f"changed, moved or deactivated, which is more than {share} per cent."
        )


def load_state(force: Unit, paths: Sequence[str]) -> State:
    """Return the people of `force` and the units at or below `paths` that a file may name."""
    units = db.session.execute(
        sa.select(Unit.id, Unit.name).where(within([force.path]), within(paths)).order_by(Unit.name)
    ).all()
    here = {unit_id for unit_id, _ in units}
    administrators = set(
        db.session.scalars(
            sa.select(Grant.person_id).where(
                Grant.role == Role.ADMINISTRATOR, Grant.ended_at.is_(None)
            )
        )
    )
    found = _people_of(force.id, here, administrators, _with_role_outside(paths))
    people = {known.number: known for known in found}
    elsewhere = db.session.scalars(
        sa.select(Person.email).where(
            sa.or_(Person.force_id != force.id, Person.personnel_number.is_(None)),
            Person.email.is_not(None),
        )
    )
    return State(
        force_name=force.name,
        people=people,
        units={folded(name): (unit_id, name) for unit_id, name in units},
        elsewhere=frozenset(email for email in elsewhere if email),
    )


def _with_role_outside(paths: Sequence[str]) -> set[int]:
    """Return who holds a role that does not stand at or below `paths`."""
    roles = sa.select(Grant.person_id).join(Unit, Unit.id == Grant.unit_id)
    return set(db.session.scalars(roles.where(Grant.ended_at.is_(None), ~within(paths))))


def _people_of(
    force_id: int, here: set[int], administrators: set[int], outside: set[int]
) -> Iterator[Known]:
    rows = db.session.execute(
        sa.select(
            Person.id, Person.personnel_number, Person.name, Person.email,
            Unit.id, Unit.name, Person.deactivated_at.is_(None),
        )
        .join(Membership, Membership.person_id == Person.id)
        .join(Unit, Unit.id == Membership.unit_id)
        .where(
            Person.force_id == force_id,
            Person.personnel_number.is_not(None),
            Membership.until_on.is_(None),
        )
        .order_by(Person.id)
    )  # fmt: skip
    for person_id, number, name, email, unit_id, unit_name, active in rows:
        yield Known(
            person_id, number or "", name or "", email or "", unit_id, unit_name,
            bool(active), person_id in administrators, unit_id in here, person_id in outside,
        )  # fmt: skip


def check(plan: Plan, *, share: int, change_many: bool) -> None:
    """Raise the refusal that stops `plan` from being applied, if there is one."""
    if plan.refused:
        raise RowsRefused(len(plan.refused))
    if plan.exceeds(share) and not change_many:
        raise TooManyTouched(plan, share)


def apply_plan(
    plan: Plan, state: State, force: Unit, paths: Sequence[str], by: By, tick: Tick = int
) -> int:
    """Apply a checked plan whole; refused when the people are no longer as `state` has them."""
    if load_state(force, paths) != state:
        raise PeopleChanged
    changing = [found for found in plan.differences if found.outcome in CHANGING]
    for chunk in _chunks([found for found in changing if found.person_id is not None]):
        give_up_emails(chunk, state)
    for chunk in _chunks(changing):
        apply_chunk(chunk, state, force, by)
        tick(len(chunk))
    counts = ", ".join(
        f"{plan.counts[outcome]:,} {outcome.value}"
        for outcome in CHANGING
        if plan.counts.get(outcome)
    )
    note(
        "people-imported", f"unit:{force.id}",
        f"Imported {by.file_name} into {force.name}: {counts or 'nothing changed'}.",
        actor_id=by.actor_id, at=by.now,
    )  # fmt: skip
    db.session.flush()
    return len(changing)


def _chunks(found: Sequence[Difference]) -> Iterator[list[Difference]]:
    for start in range(0, len(found), CHUNK):
        yield list(found[start : start + CHUNK])
