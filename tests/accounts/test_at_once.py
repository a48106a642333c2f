"""Two administrators at the same moment: each waits, and is told, and the tree stays whole."""

from __future__ import annotations

import threading
from collections.abc import Callable

import sqlalchemy as sa
from flask import Flask

from app.accounts.models import Grant, Membership, Person, Unit, UnitKind, UnitParent
from app.accounts.permissions import Role
from app.db import Refusal, db, london_date, now_utc
from app.people.administering import move_person
from app.people.arranging import add_unit, move_unit
from app.people.granting import give_grant
from tests.at_once import Act, at_once
from tests.cast import Cast


def moving(cast: Cast, unit_id: int, parent_id: int) -> Act:
    """Return the act of putting one unit below another."""

    def act(meet: Callable[[], None]) -> None:
        unit, parent = db.session.get_one(Unit, unit_id), db.session.get_one(Unit, parent_id)
        meet()
        move_unit(unit, parent, by=cast.administrator, now=now_utc())

    return act


def faults_of_the_tree(app: Flask) -> list[str]:
    """Return the units whose path is not their parent's path and their own id."""
    with app.app_context():
        paths = {unit.id: unit.path for unit in db.session.scalars(sa.select(Unit))}
        places = db.session.scalars(sa.select(UnitParent).where(UnitParent.until_on.is_(None)))
        return [
            paths[place.unit_id]
            for place in places
            if paths[place.unit_id] != f"{paths[place.parent_id]}{place.unit_id}/"
        ]


def test_two_units_are_never_put_below_each_other(app: Flask, cast: Cast) -> None:
    raised = at_once(
        app,
        moving(cast, cast.operations, cast.crime),
        moving(cast, cast.crime, cast.operations),
    )
    assert sorted(isinstance(error, Refusal) for error in raised) == [False, True]
    assert faults_of_the_tree(app) == []


def test_a_unit_added_below_one_that_moves_goes_with_it(app: Flask, cast: Cast) -> None:
    def adding(meet: Callable[[], None]) -> None:
        parent = db.session.get_one(Unit, cast.operations)
        meet()
        threading.Event().wait(0.3)
        add_unit("New team", UnitKind.TEAM, parent, by=cast.administrator, now=now_utc())

    assert at_once(app, adding, moving(cast, cast.operations, cast.crime)) == [None, None]
    assert faults_of_the_tree(app) == []


def test_the_same_role_is_given_once(app: Flask, cast: Cast) -> None:
    def giving(meet: Callable[[], None]) -> None:
        person = db.session.get_one(Person, cast.officer)
        unit = db.session.get_one(Unit, cast.operations)
        meet()
        give_grant(person, Role.TRAINER, unit, by=cast.administrator, now=now_utc())

    raised = at_once(app, giving, giving)
    assert sorted(isinstance(error, Refusal) for error in raised) == [False, True]
    with app.app_context():
        held = sa.select(sa.func.count()).where(Grant.person_id == cast.officer)
        assert db.session.scalar(held) == 1


def test_a_person_is_moved_once(app: Flask, cast: Cast) -> None:
    def sending(meet: Callable[[], None]) -> None:
        person = db.session.get_one(Person, cast.officer)
        unit = db.session.get_one(Unit, cast.response)
        meet()
        today = london_date(now_utc())
        move_person(person, unit, today, by=cast.administrator, now=now_utc())

    raised = at_once(app, sending, sending)
    assert sorted(isinstance(error, Refusal) for error in raised) == [False, True]
    with app.app_context():
        stays = sa.select(Membership.unit_id).where(
            Membership.person_id == cast.officer, Membership.until_on.is_(None)
        )
        assert db.session.scalars(stays).all() == [cast.response]
