"""The SELECTs behind the report of completions, each built once for its shape and then reused."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.accounts.models import Membership, Person, Unit
from app.assigning.models import Occurrence
from app.attempts.models import Attempt
from app.catalogue.models import Version
from app.records.models import Completion
from app.reporting.status import Status

Statement = sa.Select[*tuple[Any, ...]]
TODAY: sa.BindParameter[Any] = sa.bindparam("today", type_=sa.Date())
MODULE: sa.BindParameter[Any] = sa.bindparam("module", type_=sa.Integer())


class Shape(NamedTuple):
    """What decides the text of a statement; the values are bound when it runs."""

    paths: int
    module: bool = False
    status: bool = False
    words: int = 0
    sort: str = "name"
    descending: bool = False
    # Modules by title, where lines are sorted by it.
    ranked: tuple[int, ...] = ()
    paged: bool = False


def _begun() -> sa.ColumnElement[bool]:
    """Say that there is an open attempt; looked up only where the answer turns on it."""
    return (
        sa.select(Attempt.id)
        .where(
            Attempt.learner_id == Occurrence.person_id,
            Attempt.module_id == Occurrence.module_id,
            Attempt.completion_id.is_(None),
        )
        .correlate(Occurrence)
        .exists()
    )


def _status() -> sa.ColumnElement[str]:
    """Return the status of `status_of` as the database tells it."""
    return sa.case(
        (Occurrence.completion_id.is_not(None), Status.COMPLETED.value),
        (Occurrence.due_on < TODAY, Status.OVERDUE.value),
        (_begun(), Status.IN_PROGRESS.value),
        else_=Status.NOT_STARTED.value,
    )


def _requests(*columns: Any) -> Statement:
    """Select from the requests that stand, each with its person and her unit now."""
    return (
        sa.select(*columns)
        .select_from(Occurrence)
        .join(Person, Person.id == Occurrence.person_id)
        .join(
            Membership,
            sa.and_(Membership.person_id == Person.id, Membership.until_on.is_(None)),
        )
        .where(Occurrence.withdrawn_at.is_(None))
    )


def _all_lines(*, looked_up: bool = False) -> Statement:
    """Select the lines; `looked_up` asks for the name of each line's unit by itself.

    For the few lines of a page PostgreSQL then plans in a third of the time; for all lines, or
    where they are sorted by it, joining is quicker.
    """
    name = sa.select(Unit.name).where(Unit.id == Membership.unit_id).scalar_subquery()
    found = _requests(
        Person.id,
        sa.func.coalesce(Person.name, ""),
        sa.func.coalesce(Person.personnel_number, ""),
        name if looked_up else Unit.name,
        Occurrence.module_id,
        _status(),
        # As it is kept: readers turn the few moments into days, not each row's.
        sa.type_coerce(Occurrence.asked_at, sa.DateTime(timezone=True)),
        Occurrence.due_on,
        Completion.completed_on,
        Version.number,
        Occurrence.assignment_id,
    )
    if not looked_up:
        found = found.join(Unit, Unit.id == Membership.unit_id)
    return found.outerjoin(Completion, Completion.id == Occurrence.completion_id).outerjoin(
        Version, Version.id == Completion.version_id
    )


def _order(shape: Shape) -> list[Any]:
    """Return the order: the chosen column, the empty last, then name and what is unique."""
    ranks = {module_id: rank for rank, module_id in enumerate(shape.ranked)}
    columns: Mapping[str, sa.ColumnElement[Any]] = {
        "name": Person.name.expression,
        "number": Person.personnel_number.expression,
        "unit": Unit.name.expression,
        "module": sa.case(ranks, value=Occurrence.module_id, else_=-1)
        if ranks
        else Occurrence.module_id.expression,
        "status": _status(),
        "asked": Occurrence.asked_at.expression,
        "due": Occurrence.due_on.expression,
        "completed": Completion.completed_on.expression,
        "version": Version.number.expression,
    }
    chosen = columns[shape.sort]
    first = [chosen.desc() if shape.descending else chosen.asc()]
    if shape.sort in ("completed", "version"):
        first.insert(0, sa.case((chosen.is_(None), 1), else_=0).asc())
    return [*first, Person.name, Person.id, Occurrence.due_on, Occurrence.id]


def _people(shape: Shape) -> list[sa.ColumnElement[bool]]:
    """Say that a person is active and belongs to one of the units or below."""
    place = aliased(Unit)
    below = (
        place.path.like(sa.bindparam(f"path_{n}", type_=sa.String())) for n in range(shape.paths)
    )
    units = sa.select(place.id).where(sa.or_(sa.false(), *below))
    # The few units first: a manager's page must not read a whole force. Where a module says whose
    # rows are read, SQLite would look for each person in each unit: an expression has no index.
    unit = Membership.unit_id + 0 if shape.module else Membership.unit_id
    return [Person.deactivated_at.is_(None), unit.in_(units)]


def _conditions(shape: Shape) -> list[sa.ColumnElement[bool]]:
    conditions = _people(shape)
    if shape.module:
        conditions.append(Occurrence.module_id == MODULE)
    if shape.status:
        conditions.append(_status() == sa.bindparam("status", type_=sa.String()))
    for n in range(shape.words):
        word: sa.BindParameter[Any] = sa.bindparam(f"word_{n}", type_=sa.String())
        conditions.append(
            sa.or_(
                Person.name.ilike(word, escape="/"),
                Person.personnel_number.ilike(word, escape="/"),
            )
        )
    return conditions


@lru_cache(maxsize=512)
def lines(shape: Shape) -> Statement:
    """Return the SELECT of the report's lines: the one that page, files and command share."""
    lines_ = _all_lines(looked_up=shape.paged and shape.sort != "unit")
    found = lines_.where(*_conditions(shape)).order_by(*_order(shape))
    if shape.paged:
        return found.offset(sa.bindparam("start", type_=sa.Integer())).limit(
            sa.bindparam("most", type_=sa.Integer())
        )
    return found


@lru_cache(maxsize=1)
def lines_of_person() -> Statement:
    """Return the SELECT of one person's lines, active or not."""
    person: sa.BindParameter[Any] = sa.bindparam("person", type_=sa.Integer())
    return _all_lines().where(Person.id == person).order_by(Occurrence.due_on, Occurrence.id)


@lru_cache(maxsize=128)
def how_many(shape: Shape) -> Statement:
    """Return the SELECT of how many lines there are."""
    return _requests(sa.func.count()).where(*_conditions(shape))


@lru_cache(maxsize=32)
def counts(shape: Shape) -> Statement:
    """Return the SELECT that counts requests by unit and module."""
    late = sa.and_(Occurrence.completion_id.is_(None), Occurrence.due_on < TODAY)
    begun = sa.and_(Occurrence.completion_id.is_(None), Occurrence.due_on >= TODAY, _begun())
    return (
        _requests(
            Membership.unit_id,
            Occurrence.module_id,
            sa.func.count(),
            sa.func.count(Occurrence.completion_id),
            sa.func.sum(sa.case((late, 1), else_=0)),
            sa.func.sum(sa.case((begun, 1), else_=0)),
        )
        .where(*_conditions(shape))
        .group_by(Membership.unit_id, Occurrence.module_id)
    )


@lru_cache(maxsize=32)
def unasked(shape: Shape) -> Statement:
    """Return the SELECT that counts people who completed what nobody asks them to complete."""
    asked = (
        sa.select(Occurrence.id)
        .where(
            Occurrence.module_id == Completion.module_id,
            Occurrence.person_id == Completion.person_id,
            Occurrence.withdrawn_at.is_(None),
        )
        .exists()
    )
    # Says nothing new, but most are found here by their number alone, in an index.
    counted = sa.select(Occurrence.id).where(Occurrence.completion_id == Completion.id).exists()
    return (
        sa.select(
            Membership.unit_id,
            Completion.module_id,
            sa.func.count(sa.distinct(Completion.person_id)),
        )
        .select_from(Completion)
        .join(Person, Person.id == Completion.person_id)
        .join(
            Membership,
            sa.and_(Membership.person_id == Person.id, Membership.until_on.is_(None)),
        )
        .where(*_people(shape), sa.not_(counted), sa.not_(asked))
        .where(*([Completion.module_id == MODULE] if shape.module else []))
        .group_by(Membership.unit_id, Completion.module_id)
    )
