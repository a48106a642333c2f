"""The fictional case, imported, and two trainers of its force at their browsers."""

from __future__ import annotations

import pytest
from flask import Flask

from app.accounts.models import Unit
from app.accounts.permissions import Role
from app.db import db, now_utc
from tests.browser import PageClient
from tests.cast import Cast, make_person
from tests.factories.cases import imported, text_case


@pytest.fixture
def case(app: Flask, cast: Cast) -> str:
    """The address of the fictional case."""
    with app.app_context():
        made = imported(text_case(), force_id=cast.north, by=cast.trainer, at=now_utc())
        db.session.commit()
        return f"/cases/{made.id}"


@pytest.fixture
def trainer(client: PageClient, cast: Cast) -> PageClient:
    """The trainer of Northshire, signed in."""
    client.sign_in(cast.emails["trainer"])
    client.get("/account")
    return client


@pytest.fixture
def second(app: Flask, cast: Cast) -> PageClient:
    """Another trainer of Northshire, signed in at her own browser."""
    with app.app_context():
        north = db.session.get_one(Unit, cast.north)
        make_person("second_trainer", north, roles=((Role.TRAINER, north),))
        db.session.commit()
    found = app.test_client()
    assert isinstance(found, PageClient)
    found.sign_in("second_trainer@example.test")
    found.get("/account")
    return found
