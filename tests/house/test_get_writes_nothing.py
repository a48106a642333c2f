"""A GET writes nothing, whoever opens it and however full the database is."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import SignIn
from app.db import db, now_utc
from tests.counting import counted_queries
from tests.factories.world import World
from tests.house.access_table import TABLE
from tests.house.scene import Scene
from tests.house.standing import all_rows
from tests.house.test_access_matrix import VISITORS, address, writes
from tests.house.visitor import Visitor

STAGES = ("first", "second", "third", "fourth")


def addresses(scene: Scene) -> list[str]:
    """Return every address that can be opened, with everybody's things in it."""
    found = [
        address(scene.app, endpoint, row, args)
        for (method, endpoint), row in TABLE.items()
        if method == "GET"
        for args in scene.things(row.thing).values()
    ]
    own = [number for (who, _), number in scene.world.attempts.items() if who == scene.who]
    found += [f"/attempts/{number}" for number in own]
    found += [f"/record/attempts/{number}" for number in own]
    found += [f"/attempts/{number}/stages/{stage}" for number in own for stage in STAGES]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize(("who", "force"), VISITORS, ids=lambda part: str(part))
def test_nobodys_visit_changes_a_row(app: Flask, world: World, who: str | None, force: str) -> None:
    visitor = Visitor(app, world, who)
    before = all_rows(app)
    for url in addresses(Scene(app, world, who, force)):
        with counted_queries(app) as statements:
            status = visitor.get(url).status_code
        assert writes(statements) == [], url
        assert status < 500, url
    assert all_rows(app) == before


def _last_seen(app: Flask, world: World, seconds_ago: int) -> bool:
    """Tell whether a visit notes that a session last used so long ago is used."""
    person = world.people["north_officer"]
    then = now_utc() - timedelta(seconds=seconds_ago)
    with app.app_context():
        db.session.execute(
            sa.update(SignIn).where(SignIn.person_id == person).values(last_seen=then)
        )
        db.session.commit()
    assert Visitor(app, world, "north_officer").get("/").status_code == 200
    with app.app_context():
        seen = sa.select(SignIn.last_seen).where(SignIn.person_id == person)
        return db.session.scalars(seen).one() != then


def test_that_a_session_is_used_is_noted_once_a_minute(app: Flask, world: World) -> None:
    before = all_rows(app)
    assert not _last_seen(app, world, 5)
    assert _last_seen(app, world, 65)
    assert all_rows(app) == before
