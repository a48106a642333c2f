"""One demonstration for all tests of its story: told once, looked at often, copied to be changed.

It stands on SQLite whatever the suite runs on, for a demonstration always does.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from app.authoring.syncing import modules_in
from app.config import ROOT, Settings
from app.db import db
from app.demo.instance import demo_settings
from app.demo.organisation import PASSWORD
from app.demo.seeding import seed
from app.factory import create_app
from tests.browser import PageClient

CONTENT = ROOT / "content"
NOW = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)


def demo_app(settings: Settings) -> Flask:
    """Build the demonstration's application, with passwords that cost nothing."""
    app = create_app(
        replace(settings, argon2_time=1, argon2_memory_kib=8, sqlite_synchronous="OFF")
    )
    app.config.update(TESTING=True, DEMO_PASSWORD=PASSWORD)
    app.test_client_class = PageClient
    return app


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The demonstration as its first start leaves it; read it, change nothing."""
    folder = tmp_path_factory.mktemp("demonstration")
    app = demo_app(demo_settings(folder, CONTENT, "http://127.0.0.1:8000"))
    with app.app_context():
        db.create_all()
        seed(modules_in(CONTENT), now=NOW)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def copied(told: Flask, tmp_path: Path) -> Iterator[Callable[[], Flask]]:
    """Make copies of the demonstration that a test may change."""
    made: list[Flask] = []

    def copy() -> Flask:
        with told.app_context():
            db.engine.dispose()
        folder = tmp_path / str(len(made))
        shutil.copytree(told.config["SETTINGS"].instance, folder)
        made.append(demo_app(demo_settings(folder, CONTENT, "http://127.0.0.1:8000")))
        return made[-1]

    yield copy
    for app in made:
        with app.app_context():
            db.engine.dispose()
