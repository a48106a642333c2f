"""Two managers at the same moment: nobody is asked by what was just withdrawn."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import Unit
from app.assigning.assignments import AlreadyWithdrawn, ask_joined, withdraw
from app.assigning.models import Assignment, Occurrence
from app.assigning.planning import Order
from app.db import db
from tests.at_once import Act, at_once
from tests.cast import Cast, make_person
from tests.factories.assigning import ASKED, make_assignment, make_version, order_for

Made = tuple[int, Order]


@pytest.fixture
def made(app: Flask, cast: Cast) -> Made:
    """An assignment to the contact centre, which somebody has joined since; and its order."""
    with app.app_context():
        version = make_version()
        found = make_assignment(version, cast.contact, by=cast.manager)
        order = order_for(version, cast.contact)
        make_person("joiner", db.session.get_one(Unit, cast.contact))
        db.session.commit()
        return found.id, order


def withdrawing(made: Made, cast: Cast) -> Act:
    """Return the act of withdrawing it."""

    def act(meet: Callable[[], None]) -> None:
        assignment = db.session.get_one(Assignment, made[0])
        meet()
        withdraw(assignment, reason="Asked by mistake.", by=cast.manager, now=ASKED)

    return act


def asking(made: Made, cast: Cast) -> Act:
    """Return the act of asking who joined, begun before and ended after the withdrawal."""

    def act(meet: Callable[[], None]) -> None:
        assignment = db.session.get_one(Assignment, made[0])
        meet()
        threading.Event().wait(0.3)
        ask_joined(made[1], assignment, by=cast.manager, now=ASKED)

    return act


def test_nobody_is_left_asked_by_what_is_withdrawn(app: Flask, cast: Cast, made: Made) -> None:
    raised = at_once(app, withdrawing(made, cast), asking(made, cast))
    assert all(error is None or isinstance(error, AlreadyWithdrawn) for error in raised)
    assert raised[0] is None
    with app.app_context():
        still = sa.select(sa.func.count()).where(Occurrence.withdrawn_at.is_(None))
        assert db.session.scalar(still) == 0


def test_it_is_withdrawn_once(app: Flask, cast: Cast, made: Made) -> None:
    raised = at_once(app, withdrawing(made, cast), withdrawing(made, cast))
    assert sorted(isinstance(error, AlreadyWithdrawn) for error in raised) == [False, True]
