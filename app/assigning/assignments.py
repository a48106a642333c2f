"""Asking a unit to complete a module by a date, asking those who joined since, withdrawing."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.accounts.audit import note
from app.accounts.queries import active_members
from app.assigning.explaining import weekday_written
from app.assigning.models import Assignment, Earlier, Occurrence
from app.assigning.people import asked_in, open_requests
from app.assigning.planning import Order, Plan, plan_of
from app.assigning.queries import assignment_with_key
from app.catalogue.models import Module
from app.db import Base, Refusal, db, london_date, run
from app.records.models import Completion
from app.records.queries import latest_completions


class PeopleChanged(Refusal):
    """The list that was confirmed is no longer the list that would be asked."""

    def __init__(self) -> None:
        super().__init__(
            "The people changed since you saw this list, so nothing was done. "
            "This is the list as it is now: please look at it again."
        )


class NobodyToAsk(Refusal):
    """Everybody in the unit is asked already, or nobody is in it."""

    def __init__(self, unit_name: str) -> None:
        super().__init__(f"There is nobody in {unit_name} to ask who is not asked already.")


class DueDateOutOfRange(Refusal):
    """A due date in the past or too far ahead to mean anything."""


class AlreadyWithdrawn(Refusal):
    """The assignment was withdrawn before; it stays as it was."""

    def __init__(self) -> None:
        super().__init__("This assignment was withdrawn before. Nothing was changed.")


def check_due_date(due_on: date, today: date) -> None:
    """Refuse a due date before today or more than two years ahead."""
    if due_on < today:
        raise DueDateOutOfRange("The due date must be today or later.")
    if due_on > last_due_date(today):
        raise DueDateOutOfRange("The due date must be within the next two years.")


def last_due_date(today: date) -> date:
    """Return the last date that may be a due date."""
    leap_day = (today.month, today.day) == (2, 29)
    return today.replace(year=today.year + 2, day=28 if leap_day else today.day)


def plan_assignment(order: Order) -> Plan:
    """Say, person by person, what assigning would do now."""
    members = active_members(order.unit_path)
    ids = {member.person_id for member in members}
    return plan_of(
        members,
        open_requests(order.module_id, ids),
        latest_completions(order.module_id, ids),
        order.earlier,
    )


def plan_joined(order: Order, assignment: Assignment) -> Plan:
    """Say, person by person, what asking those would do whom the assignment has not asked.

    Where it asks to do the module again, what was completed since it was made still counts.
    """
    asked = asked_in(assignment.id)
    members = [m for m in active_members(order.unit_path) if m.person_id not in asked]
    ids = {member.person_id for member in members}
    completions = latest_completions(order.module_id, ids)
    if order.earlier is Earlier.AGAIN:
        since = london_date(assignment.assigned_at)
        completions = {who: found for who, found in completions.items() if found[1] >= since}
    requests = open_requests(order.module_id, ids)
    return plan_of(members, requests, completions, Earlier.COUNTS)


def assign(
    order: Order, *, by: int, now: datetime, key: str, expected: str | None = None
) -> Assignment:
    """Ask the unit and all below; the same key gives the assignment that it made before."""
    check_due_date(order.due_on, london_date(now))
    try:
        with db.session.begin_nested():
            return _assign(order, by, now, key, expected)
    except IntegrityError as clash:
        # Somebody else asked the same people, or the same form came twice, at this moment.
        standing = assignment_with_key(key)
        if standing is None:
            raise PeopleChanged from clash
        return standing


def _assign(order: Order, by: int, now: datetime, key: str, expected: str | None) -> Assignment:
    _hold_completions(order.module_id)
    # The same form may have been a moment earlier, while this one waited.
    if standing := assignment_with_key(key):
        return standing
    plan = plan_assignment(order)
    _check_plan(plan, expected, order.unit_name)
    assignment = Assignment(
        module_id=order.module_id,
        unit_id=order.unit_id,
        due_on=order.due_on,
        earlier=order.earlier,
        key=key,
        assigned_at=now,
        assigned_by=by,
    )
    db.session.add(assignment)
    db.session.flush()
    _ask(assignment.id, order, plan, now)
    sentence = (
        f"Asked {_people(plan.occurrences)} in {order.unit_name} to complete “{order.title}” "
        f"by {weekday_written(order.due_on)}."
    )
    note("assigned", f"assignment:{assignment.id}", sentence, actor_id=by, at=now)
    return assignment


def ask_joined(
    order: Order, assignment: Assignment, *, by: int, now: datetime, expected: str | None = None
) -> int:
    """Ask those in the unit whom the assignment has not asked, by a date of their own."""
    check_due_date(order.due_on, london_date(now))
    _hold_standing(assignment)
    _hold_completions(order.module_id)
    plan = plan_joined(order, assignment)
    _check_plan(plan, expected, order.unit_name)
    try:
        with db.session.begin_nested():
            _ask(assignment.id, order, plan, now)
    except IntegrityError as clash:
        raise PeopleChanged from clash
    sentence = (
        f"Asked {_people(plan.occurrences)} who had not been asked in {order.unit_name} to "
        f"complete “{order.title}” by {weekday_written(order.due_on)}."
    )
    note("joined-asked", f"assignment:{assignment.id}", sentence, actor_id=by, at=now)
    return plan.occurrences


def withdraw(assignment: Assignment, *, reason: str, by: int, now: datetime) -> int:
    """Withdraw what is still open, with the reason; what was completed stands."""
    _hold_standing(assignment)
    assignment.withdrawn_at = now
    assignment.withdrawn_by = by
    assignment.withdrawal_reason = reason
    db.session.flush()
    ended = db.session.execute(
        sa.update(Occurrence)
        .where(
            Occurrence.assignment_id == assignment.id,
            Occurrence.completion_id.is_(None),
            Occurrence.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=now)
        .returning(Occurrence.id)
    ).all()
    sentence = f"Withdrew the request from {_people(len(ended))}: {reason}"
    note("withdrawn", f"assignment:{assignment.id}", sentence, actor_id=by, at=now)
    return len(ended)


def _hold_standing(assignment: Assignment) -> None:
    """Read an assignment as it is now, held, so that nobody is asked by one just withdrawn."""
    db.session.refresh(assignment, with_for_update={"key_share": True})
    if assignment.withdrawn_at is not None:
        raise AlreadyWithdrawn


# Built once: everybody who finishes a module comes by here.
_HOLD_MODULE = (
    sa.select(Module.id).where(Module.id == sa.bindparam("module")).with_for_update(read=True)
)
_OPEN_REQUEST = (
    sa.select(Occurrence.id, Occurrence.asked_at, Assignment.earlier)
    .join(Assignment, Assignment.id == Occurrence.assignment_id)
    .where(
        Occurrence.person_id == sa.bindparam("person"),
        Occurrence.module_id == sa.bindparam("module"),
        Occurrence.completion_id.is_(None),
        Occurrence.withdrawn_at.is_(None),
    )
)
_requests = Base.metadata.tables["occurrence"]
_CLOSE_REQUEST = (
    sa.update(_requests)
    .where(_requests.c.id == sa.bindparam("request"), _requests.c.withdrawn_at.is_(None))
    .values(completion_id=sa.bindparam("completion"))
)


def note_completion(completion: Completion) -> None:
    """Close the person's open occurrence of the module by this completion, where it counts.

    An assignment that asked to do it again counts only what was done from that day on.
    """
    # Waits for somebody who is just being asked, see `_hold_completions`.
    if db.session.get_bind().dialect.name != "sqlite":
        run(_HOLD_MODULE, {"module": completion.module_id})
    wanted = {"person": completion.person_id, "module": completion.module_id}
    found = run(_OPEN_REQUEST, wanted).one_or_none()
    if found is None:
        return
    if found.earlier is Earlier.AGAIN and completion.completed_on < london_date(found.asked_at):
        return
    run(_CLOSE_REQUEST, {"request": found.id, "completion": completion.id})


def _hold_completions(module_id: int) -> None:
    """Let completions of the module wait on PostgreSQL, so that none slips past the new list.

    SQLite has one writer at a time and leaves the clause out.
    """
    lock = sa.select(Module.id).where(Module.id == module_id)
    db.session.execute(lock.with_for_update(key_share=True))


def _check_plan(plan: Plan, expected: str | None, unit_name: str) -> None:
    if expected is not None and plan.digest != expected:
        raise PeopleChanged
    if plan.occurrences == 0:
        raise NobodyToAsk(unit_name)


def _ask(assignment_id: int, order: Order, plan: Plan, now: datetime) -> None:
    """Write one occurrence for each person of the plan in one statement."""
    people: list[tuple[int, int | None]] = [(m.person_id, None) for m in plan.first_time]
    people += [(row.member.person_id, None) for row in plan.again]
    people += [(row.member.person_id, row.completion_id) for row in plan.counted]
    shared = {
        "assignment_id": assignment_id,
        "module_id": order.module_id,
        "due_on": order.due_on,
        "asked_at": now,
    }
    rows = [{**shared, "person_id": who, "completion_id": done} for who, done in people]
    db.session.execute(sa.insert(Occurrence), rows)


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"
