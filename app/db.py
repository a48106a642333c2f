"""The database object, constraint names, the UTC time column, SQLite settings, the one commit."""

from __future__ import annotations

import enum
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask import Flask, Response, current_app, g, has_app_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry

LONDON = ZoneInfo("Europe/London")
BUSY_SECONDS = 10
View = TypeVar("View", bound=Callable[..., Any])
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Refusal(Exception):
    """A named reason why something was not done; `str()` is a sentence for the person."""


class Base(DeclarativeBase):
    """The base of every table; two constraints on the same columns still differ in name."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})


class UTCDateTime(sa.types.TypeDecorator[datetime]):
    """A moment in UTC: takes only aware values and gives aware values back on both engines."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Turn any aware moment into UTC; a naive one is a mistake of the caller."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment must carry its time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Give the moment back as aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def enum_column(kind: type[enum.Enum]) -> sa.Enum:
    """Return a column type that stores the value of `kind`, checked by the database."""
    return sa.Enum(
        kind,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=True,
        name=kind.__name__.lower(),
        length=30,
    )


def now_utc() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)


def london_date(moment: datetime) -> date:
    """Return the date that a calendar in London shows at `moment`."""
    return moment.astimezone(LONDON).date()


def run(statement: sa.Executable, values: Mapping[str, Any]) -> sa.CursorResult[*tuple[Any, ...]]:
    """Run a statement over tables, not entities, in the session's transaction.

    It spares the session's own work of every execution, which is more than half of its time.
    """
    return db.session.connection().execute(statement, values)


def lock_for_writing() -> None:
    """Let the rest of the request, or of the unit of work, write.

    SQLite ends what was read so far and takes its write lock at once (BEGIN IMMEDIATE): a
    transaction that reads first and writes later would fail when another one wrote in between.
    Where the lock is held already, nothing happens; PostgreSQL needs nothing of it.
    """
    if g.get("writing", False):
        return
    g.writing = True
    if db.engine.dialect.name == "sqlite" and db.session().in_transaction():
        connection = db.session.connection()
        connection.exec_driver_sql("COMMIT")
        _begin(connection)


@contextmanager
def unit_of_work() -> Iterator[None]:
    """Commit what the block did, or nothing of it: for commands and the demo."""
    lock_for_writing()
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        g.writing = False


@contextmanager
def own_transaction() -> Iterator[Connection]:
    """Give a connection whose transaction is apart from the request's, so a refusal is kept.

    Never use it while the request holds SQLite's write lock: use `remember` there.
    """
    writing, g.writing = g.get("writing", False), True
    try:
        with db.engine.begin() as connection:
            yield connection
    finally:
        g.writing = writing


def remember(write: Callable[[Connection], object]) -> None:
    """Run `write` in a transaction of its own once the request's has ended, either way."""
    g.setdefault("remembered", []).append(write)


def reads_first(view: View) -> View:
    """Mark a view that does slow work before it writes; it calls `lock_for_writing` itself."""
    view.reads_first = True  # type: ignore[attr-defined]
    return view


def _take_lock() -> None:
    """Open the writing transaction of a request that may write, after the person is known."""
    if request.method in SAFE_METHODS or request.endpoint is None:
        return
    if not getattr(current_app.view_functions[request.endpoint], "reads_first", False):
        lock_for_writing()


def _end_transaction(response: Response) -> Response:
    """Commit after a writing request that was answered below 400; drop everything else."""
    if request.method not in SAFE_METHODS and response.status_code < 400:
        db.session.commit()
    else:
        db.session.rollback()
    g.writing = False
    for write in g.pop("remembered", []):
        with own_transaction() as connection:
            write(connection)
    return response


def _on_connect(synchronous: str) -> Callable[[Any, object], None]:
    """Return a listener that hands transactions to us; FULL keeps what was acknowledged."""
    pragmas = (
        "foreign_keys=ON",
        f"busy_timeout={1000 * BUSY_SECONDS}",
        "journal_mode=WAL",
        f"synchronous={synchronous}",
        "cache_size=-16000",
    )

    def listen(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return listen


_TURNS: WeakKeyDictionary[Engine, threading.Lock] = WeakKeyDictionary()


def _begin(connection: Connection) -> None:
    """Issue BEGIN, taking SQLite's write lock at once where the work is going to write."""
    writing = has_app_context() and g.get("writing", False)
    if writing:
        connection.info["turn"] = _TURNS[connection.engine].acquire(timeout=BUSY_SECONDS)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _take_turns(engine: Engine) -> None:
    """Let the threads of this process take turns at SQLite's write lock.

    SQLite lets those who wait sleep for up to 0.1 seconds at a time, and the unlucky for much
    longer. Who waits in vain leaves the refusal to it.
    """
    turn = _TURNS.setdefault(engine, threading.Lock())

    def checkin(_connection: Any, record: ConnectionPoolEntry) -> None:
        if record.info.pop("turn", False):
            turn.release()

    event.listen(engine, "begin", _begin)
    event.listen(engine, "checkin", checkin)


def _prepare_engine(engine: Engine, synchronous: str) -> None:
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_connect(synchronous))
        _take_turns(engine)


def init_app(app: Flask) -> None:
    """Connect `app` to its database; call it after everything that reads before a request."""
    db.init_app(app)
    with app.app_context():
        _prepare_engine(db.engine, app.config.get("SQLITE_SYNCHRONOUS", "FULL"))
    app.before_request(_take_lock)
    app.after_request(_end_transaction)
