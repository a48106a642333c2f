"""On the narrowest phone, and enlarged to twice the size, no page scrolls sideways."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import Grant, Person, Unit
from app.accounts.permissions import Role
from app.db import db, london_date
from tests.browser import PageClient
from tests.cast import Cast
from tests.content.shipped import everything_right, everything_wrong, shipped
from tests.factories.assigning import make_assignment
from tests.factories.learning import Player, published
from tests.factories.modules import made_up
from tests.journeys.conftest import Visit
from tests.journeys.visitor import Visitor

MODULE = shipped("the-first-call")
EVERY_KIND = made_up()
NARROW = {"width": 320, "height": 640}
# A laptop of 1280 by 800 whose pages are enlarged to 200 %.
ENLARGED = {"width": 640, "height": 400}
TABLET = {"width": 800, "height": 1100}
LONG_UNIT = "Safeguarding, Exploitation and Missing Persons Coordination Partnership"
LONG_PERSON = "Maximiliana Featherstonehaugh-Cholmondeley-Worthington"
LONG_ADDRESS = "maximiliana.featherstonehaugh.cholmondeley.worthington@northshire.police.example"

LEARNER = (
    "/", "/library", "/modules/the-first-call", "/modules/made-up", "/record", "/record/everything",
    "/account", "/account/password", "/attempts/{begun}/stages/second", "/attempts/{begun}",
    "/attempts/{whole}/stages/the-call", "/attempts/{whole}/stages/the-log",
    "/attempts/{whole}/stages/three-weeks-on", "/attempts/{whole}/stages/what-was-found",
    "/attempts/{whole}/stages/the-managers-side", "/attempts/{whole}/decisions",
    "/attempts/{whole}/again/match-findings",
)  # fmt: skip
LEARNER_AT_THE_END = ("/attempts/{whole}/finish", "/record/attempts/{whole}")
EVERYBODY_ELSE = (
    "/completions", "/completions?status=overdue", "/completions/people/{officer}",
    "/completions/modules/the-first-call", "/assignments", "/assignments/1", "/assignments/new",
    "/assignments/1/withdraw", "/assignments/1/ask-more", "/questions",
    "/questions/the-first-call/1", "/preview", "/preview/the-first-call/1",
    "/preview/the-first-call/1/stages/the-call", "/sessions", "/sessions/new", "/people",
    "/people/add", "/people/{officer}", "/people/{officer}/edit", "/people/{officer}/move",
    "/people/{officer}/link", "/people/{officer}/roles/give", "/people/import", "/units",
    "/units/{contact}", "/units/{contact}/rename", "/units/{contact}/move",
)  # fmt: skip


def _long_names(cast: Cast) -> None:
    db.session.get_one(Unit, cast.contact).name = LONG_UNIT
    long = {"name": LONG_PERSON, "email": LONG_ADDRESS, "personnel_number": "N0123456789012345"}
    db.session.execute(sa.update(Person).where(Person.id == cast.officer).values(**long))
    for role in (Role.TRAINER, Role.MANAGER):
        db.session.add(
            Grant(
                person_id=cast.administrator,
                role=role,
                unit_id=cast.north,
                granted_at=datetime.now(UTC),
            )
        )


@pytest.fixture
def officer(app: Flask, cast: Cast, client: PageClient) -> list[Player]:
    """Somebody with a long name, at the end of one module and in the middle of another."""
    versions = [published(app, module) for module in (MODULE, EVERY_KIND)]
    now = datetime.now(UTC)
    with app.app_context():
        due = london_date(now) + timedelta(days=3)
        for version in versions:
            make_assignment(version, cast.operations, by=cast.manager, due_on=due, at=now)
        _long_names(cast)
        db.session.commit()
    client.sign_in(LONG_ADDRESS)
    whole, begun = Player(app, client, MODULE), Player(app, client, EVERY_KIND)
    whole.start()
    answers = {question.id: everything_right(question) for question in MODULE.questions()}
    whole.play(answers | {"match-findings": everything_wrong(MODULE.questions()[-1])})
    begun.start()
    for gate in ("q1", "r1", "q2"):
        begun.pass_gate(gate)
    return [whole, begun]


def _read(visitor: Visitor, paths: tuple[str, ...], ids: dict[str, int]) -> None:
    for path in paths:
        visitor.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        visitor.go(path.format(**ids))
        visitor.look()
        visitor.page.set_viewport_size(ENLARGED)  # type: ignore[arg-type]
        visitor.fits()


def test_a_learners_pages_fit(officer: list[Player], visit: Visit) -> None:
    whole, begun = officer
    ids = {"whole": whole.attempt_id, "begun": begun.attempt_id}
    visitor = visit(viewport=NARROW)
    _read(visitor, ("/sign-in", "/forgotten"), ids)
    visitor.sign_in(LONG_ADDRESS)
    _read(visitor, LEARNER, ids)
    right = everything_right(MODULE.questions()[-1])
    whole.client.submit(whole.url("again/match-findings"), right)
    _read(visitor, LEARNER_AT_THE_END, ids)
    whole.client.submit(whole.url("finish"), {"commitment": "x" * 200})
    _read(visitor, ("/", "/record", "/attempts/{whole}/done"), ids)


def test_the_other_pages_fit(officer: list[Player], cast: Cast, visit: Visit) -> None:
    visitor = visit(viewport=NARROW)
    visitor.sign_in(cast.emails["administrator"])
    _read(visitor, EVERYBODY_ELSE, {"officer": cast.officer, "contact": cast.contact})
    visitor.page.set_viewport_size(TABLET)  # type: ignore[arg-type]
    visitor.go("/completions")
    visitor.fits()
    visitor.expected.append("404 (NOT FOUND)")
    visitor.page.goto("/nothing-here")
    visitor.look()
