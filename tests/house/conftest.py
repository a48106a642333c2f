"""The world of the house's tests: built once, put back before each test that asks for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from tests.factories.world import World
from tests.house.standing import Standing

_kept: dict[int, Standing] = {}


@pytest.fixture
def standing(app: Flask, folder: Path, empty_database: None) -> Standing:
    """The world as it was built; a test that changes it may put it back as often as it likes."""
    if id(app) not in _kept:
        _kept[id(app)] = Standing(app, folder)
    _kept[id(app)].put_back()
    return _kept[id(app)]


@pytest.fixture
def world(standing: Standing) -> World:
    """Ids of everything in the world."""
    return standing.world
