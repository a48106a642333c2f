"""Every route, for everybody, on one's own things and on everybody else's."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.accounts.permissions import EVERYONE, SHEET, Permission, Role
from tests.counting import counted_queries
from tests.factories.world import FORCES, VIEWERS, World
from tests.house.access_table import TABLE, Row
from tests.house.scene import Scene
from tests.house.standing import Standing
from tests.house.visitor import Visitor, said

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# Nobody, somebody whose account was closed while she was signed in, and each role in each force.
VISITORS: tuple[tuple[str | None, str], ...] = (
    (None, "north"),
    ("north_left", "north"),
    *((f"{force}_{role}", force) for force in FORCES for role in VIEWERS),
)


def routes(app: Flask) -> set[tuple[str, str]]:
    """Return every method of every route that the application answers."""
    return {
        (method, rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in METHODS
        if method in (rule.methods or ())
    }


def address(app: Flask, endpoint: str, row: Row, args: dict[str, Any]) -> str:
    """Return the address of a route with these things in it."""
    with app.test_request_context():
        return str(app.url_for(endpoint, **args, **dict(row.more)))


def allowed(who: str | None, permission: Permission | None) -> bool:
    """Tell by the sheet whether somebody of this role may."""
    if permission is None:
        return True
    if who is None or who.endswith("_left"):
        return False
    role = next((role for role in Role if who.endswith(role.value)), None)
    return permission in EVERYONE or (role is not None and permission in SHEET[role])


def writes(statements: list[str]) -> list[str]:
    """Return the statements that changed something, but for the note that a session is used."""
    changing = ("INSERT", "UPDATE", "DELETE")
    return [
        statement
        for statement in statements
        if statement.lstrip().upper().startswith(changing)
        and "UPDATE sign_in SET last_seen" not in statement
    ]


def test_every_route_has_its_line(app: Flask) -> None:
    assert routes(app) - set(TABLE) == set(), "say in access_table.py who may reach these"
    assert set(TABLE) - routes(app) == set(), "these routes are gone"


def test_every_view_names_the_permission_that_the_table_expects(app: Flask) -> None:
    wrong = {
        endpoint: getattr(app.view_functions[endpoint], "permission", "none named")
        for (_method, endpoint), row in TABLE.items()
        if getattr(app.view_functions[endpoint], "permission", "none named") != row.permission
    }
    assert wrong == {}


def refused(response: TestResponse, method: str, who: str | None) -> bool:
    """Tell whether the answer is the one for somebody who is not there, or who may not."""
    if who is not None and not who.endswith("_left"):
        return response.status_code == 403
    if method == "GET":
        return response.status_code == 303 and response.location.startswith("/sign-in")
    return response.status_code == 401


@pytest.mark.parametrize(("method", "endpoint"), sorted(TABLE), ids=lambda part: part)
def test_who_may_reach_it(
    app: Flask, world: World, standing: Standing, method: str, endpoint: str
) -> None:
    row = TABLE[method, endpoint]
    for who, force in VISITORS:
        scene, visitor = Scene(app, world, who, force), Visitor(app, world, who)
        if allowed(who, row.permission):
            _check_things(scene, visitor, standing, method, endpoint)
        else:
            _check_refusals(scene, visitor, method, endpoint)


def _check_refusals(scene: Scene, visitor: Visitor, method: str, endpoint: str) -> None:
    row = TABLE[method, endpoint]
    for whose, args in scene.things(row.thing).items():
        url = address(scene.app, endpoint, row, args)
        with counted_queries(scene.app) as statements:
            response = visitor.send(method, url, row.form(scene))
        assert refused(response, method, scene.who), (scene.who, whose, url, response.status)
        assert writes(statements) == [], (scene.who, whose, url)


def _check_things(
    scene: Scene, visitor: Visitor, standing: Standing, method: str, endpoint: str
) -> None:
    """See that her own is shown, and that everybody else's is as if it were not there."""
    row, things = TABLE[method, endpoint], scene.things(TABLE[method, endpoint].thing)
    absent = None
    for whose, args in reversed(things.items()):
        url = address(scene.app, endpoint, row, args)
        form = row.form(scene)
        with counted_queries(scene.app) as statements:
            response = visitor.send(method, url, form)
        if whose == "own":
            expected = (row.signed_in or row.own) if visitor.known else row.own
            assert response.status_code == expected, (scene.who, url, said(response))
        elif absent is None:
            absent = said(response)
            assert response.status_code == row.absent, (scene.who, whose, url)
        else:
            assert said(response) == absent, (scene.who, whose, url)
        if writes(statements):
            assert (whose, method) == ("own", "POST"), (scene.who, whose, url)
            standing.put_back()
