"""The floor: a bare Flask page and a bare Flask view with one INSERT, on the same server.

`FLOOR_DATABASE` is a file of SQLite or an address of PostgreSQL. Each thread keeps one
connection of the bare driver; SQLite with WAL and synchronous=FULL, PostgreSQL as it is.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable

import psycopg
from flask import Flask, request

CREATE = "CREATE TABLE IF NOT EXISTS floor (id INTEGER PRIMARY KEY, body TEXT NOT NULL)"
CREATE_POSTGRES = CREATE.replace(
    "INTEGER PRIMARY KEY", "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
)
PAGE = "<!doctype html><title>Floor</title><p>" + "A bare page. " * 80
_kept = threading.local()


def prepare(database: str) -> None:
    """Make the one table."""
    if database.startswith("postgresql"):
        with psycopg.connect(database) as connection:
            connection.execute(CREATE_POSTGRES)
    else:
        sqlite = sqlite3.connect(database)
        sqlite.execute("PRAGMA journal_mode=WAL")
        sqlite.execute(CREATE)
        sqlite.close()


def _open_sqlite(database: str) -> sqlite3.Connection:
    connection = sqlite3.connect(database, isolation_level=None, timeout=10)
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def _inserter(database: str) -> Callable[[str], object]:
    if database.startswith("postgresql"):

        def insert(body: str) -> object:
            if not hasattr(_kept, "connection"):
                _kept.connection = psycopg.connect(database, autocommit=True)
            return _kept.connection.execute("INSERT INTO floor (body) VALUES (%s)", (body,))

        return insert

    def insert_sqlite(body: str) -> object:
        if not hasattr(_kept, "connection"):
            _kept.connection = _open_sqlite(database)
        return _kept.connection.execute("INSERT INTO floor (body) VALUES (?)", (body,))

    return insert_sqlite


def create_app() -> Flask:
    """Build the bare application."""
    app = Flask("floor", static_folder=None)
    insert = _inserter(os.environ["FLOOR_DATABASE"])

    @app.get("/")
    def page() -> str:
        """Answer with a page that needs nothing."""
        return PAGE

    @app.post("/insert")
    def add() -> str:
        """Write one row and answer once it is durable."""
        insert(request.form["body"])
        return "saved"

    return app
