"""Counting the statements that a block sends to the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event

from app.db import db


@contextmanager
def counted_queries(app: Flask) -> Iterator[list[str]]:
    """Collect the statements, without BEGIN and the like."""
    found: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.split(None, 1)[0].upper() not in ("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE"):
            found.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", listen)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", listen)
