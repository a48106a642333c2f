"""No page asks the database more than twelve times, or more often when there is more to show."""

from __future__ import annotations

import pytest
from flask import Flask

from app.db import db
from app.learning.export import HOLDINGS
from tests.counting import counted_queries
from tests.factories.crowd import crowd
from tests.factories.world import VIEWERS, World
from tests.house.access_table import TABLE
from tests.house.scene import Scene
from tests.house.test_access_matrix import address, allowed
from tests.house.visitor import Visitor

MOST = 12
# One question to each table that holds something of her, and one who she is.
MORE = {"/record/everything.json": len(HOLDINGS) + 1}
FEW, MANY = 2, 20


def _addresses(app: Flask, world: World, who: str) -> list[str]:
    """Return what this person may open, with her own things in it."""
    scene = Scene(app, world, who, "north")
    found = [
        address(app, endpoint, row, scene.things(row.thing)["own"])
        for (method, endpoint), row in TABLE.items()
        if method == "GET" and allowed(who, row.permission)
    ]
    if who.endswith("manager"):
        unit = world.units["north_first"]
        due = "due-day=1&due-month=3&due-year=2027"
        found += [
            f"/completions?unit={unit}&status=completed&sort=-name&q=a",
            f"/assignments/preview?module=untouched&unit={unit}&earlier=counts&{due}",
        ]
    return found


def _counts(app: Flask, visitor: Visitor, urls: list[str]) -> dict[str, int]:
    found = {}
    for url in urls:
        visitor.get(url)  # documents of modules are read once per process
        with counted_queries(app) as statements:
            assert visitor.get(url).status_code in (200, 303, 422), url
        # Once a minute, whatever the page, it is written that she was seen.
        found[url] = sum(not said.startswith("UPDATE sign_in") for said in statements)
    return found


@pytest.mark.parametrize("who", [f"north_{role}" for role in VIEWERS])
def test_pages_ask_as_often_for_many_as_for_few(app: Flask, world: World, who: str) -> None:
    visitor, urls = Visitor(app, world, who), _addresses(app, world, who)
    found = []
    for more in (FEW, MANY - FEW):
        with app.app_context():
            crowd(world, more)
            db.session.commit()
            db.session.remove()
        found.append(_counts(app, visitor, urls))
    few, many = found
    grown = {url: (few[url], many[url]) for url in urls if few[url] != many[url]}
    assert grown == {}, "these ask more often when there is more to show"
    assert {url: asked for url, asked in many.items() if asked > MORE.get(url, MOST)} == {}
