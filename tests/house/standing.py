"""Keeping the rows of a whole database, and putting them back: one world, many tests."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

from app.db import Base, db
from tests.factories.world import World, build_world

Rows = dict[str, list[dict[str, Any]]]


def all_rows(app: Flask) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table, but for when a session was last used."""
    with app.app_context(), db.engine.connect() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(_read(table))), key=repr)
            for table in Base.metadata.sorted_tables
        }


def _read(table: sa.Table) -> sa.Select[Any]:
    return sa.select(*(column for column in table.columns if column.name != "last_seen"))


class Standing:
    """The world as it was built, to begin each test from."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self.app, self.folder = app, folder
        with app.app_context():
            self.world: World = build_world()
            db.session.commit()
            db.session.remove()
            self.sqlite = db.engine.dialect.name == "sqlite"
        self.rows: Rows = {}
        self._keep()

    def _keep(self) -> None:
        with self.app.app_context():
            if not self.sqlite:
                with db.engine.connect() as connection:
                    for table in Base.metadata.sorted_tables:
                        found = connection.execute(
                            sa.select(table).order_by(*table.primary_key.columns)
                        )
                        self.rows[table.name] = [dict(row) for row in found.mappings()]
                return
            with db.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            db.engine.dispose()
        shutil.copy(self.folder / "test.db", self.folder / "world.db")

    def put_back(self) -> None:
        """Make the database what it was when the world had just been built."""
        with self.app.app_context():
            if not self.sqlite:
                self._refill()
                return
            db.session.remove()
            db.engine.dispose()
        for leftover in self.folder.glob("test.db-*"):
            leftover.unlink()
        shutil.copy(self.folder / "world.db", self.folder / "test.db")

    def _refill(self) -> None:
        """Write anew the tables that differ; keys and triggers do not run meanwhile."""
        with db.engine.begin() as connection:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
            for table in Base.metadata.sorted_tables:
                kept = self.rows[table.name]
                query = sa.select(table).order_by(*table.primary_key.columns)
                if [dict(row) for row in connection.execute(query).mappings()] == kept:
                    continue
                connection.execute(sa.delete(table))
                if kept:
                    connection.execute(sa.insert(table), kept)
            for table in Base.metadata.sorted_tables:
                if "id" in table.c:
                    last = max((row["id"] for row in self.rows[table.name]), default=0)
                    connection.exec_driver_sql(
                        f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "
                        f"{last + 1}, false)"
                    )
