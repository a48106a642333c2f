"""The tables there are: named here, made alike by models and migrations, told to whom they hold."""

from __future__ import annotations

from pathlib import Path

import flask_migrate
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy.engine import Connection

from app.db import Base, db
from app.factory import create_app
from app.learning.export import HOLDINGS, pointers
from tests.conftest import settings_for
from tests.house.databases import another_database

# Each with the columns that say who somebody is or what she wrote, beside keys to person and
# attempt, which the export finds by itself.
TABLES: dict[str, set[str]] = {
    "answer": set(),
    "assignment": set(),
    "attempt": set(),
    "audit_entry": {"sentence"},
    "case_review": set(),
    "commitment": {"text"},
    "completion": set(),
    "draft": {"body"},
    "draft_base": set(),
    "draft_comment": {"text"},
    "draft_revision": set(),
    "facilitated_session": set(),
    "imported_case": set(),
    # Draft text of a module, as in its revisions; whose it is a key says.
    "kept_part": set(),
    "made_from": set(),
    "membership": set(),
    "module": set(),
    "module_draft": set(),
    "occurrence": set(),
    "outgoing_mail": {"sealed_address"},
    "password_link": set(),
    "people_import": {"summary", "body", "difference"},
    "person": {"name", "email", "personnel_number"},
    "published_change": set(),
    "reflection": {"text", "points"},
    "role_grant": set(),
    "sign_in": {"browser"},
    "sign_in_attempt": {"account_digest", "address_digest"},
    "sign_off": {"note"},
    "unit": set(),
    "unit_parent": set(),
    "version": set(),
}
# They hold what cannot be found by person: sealed addresses until a mail is sent, keyed digests.
NOT_BY_PERSON = {"outgoing_mail", "sign_in_attempt"}
SEALED = {
    ("commitment", "text"), ("draft", "body"), ("reflection", "text"), ("reflection", "points"),
}  # fmt: skip


def test_the_tables_are_known(app: Flask) -> None:
    assert set(Base.metadata.tables) == set(TABLES)
    for table, columns in TABLES.items():
        assert columns <= set(Base.metadata.tables[table].columns.keys()), table


def test_every_table_about_a_person_is_in_her_export(app: Flask) -> None:
    personal = {table for table, columns in TABLES.items() if columns} | set(pointers())
    assert personal - NOT_BY_PERSON == {holding.table for holding in HOLDINGS}
    by = {holding.table: frozenset(holding.by) for holding in HOLDINGS}
    assert by == pointers()
    assert {(h.table, name) for h in HOLDINGS for name in h.sealed} == SEALED


def test_private_text_is_kept_as_bytes_that_were_sealed(app: Flask) -> None:
    kinds = {Base.metadata.tables[table].columns[name].type.python_type for table, name in SEALED}
    assert kinds == {bytes}


def _triggers(connection: Connection) -> set[tuple[str, str]]:
    """Return every trigger with what it does, as the database tells it."""
    if connection.dialect.name == "sqlite":
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = (
            "SELECT tgname, pg_get_triggerdef(pg_trigger.oid) || prosrc FROM pg_trigger "
            "JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal"
        )
    rows = connection.exec_driver_sql(query)
    return {(name, " ".join(text.split())) for name, text in rows}


def test_migrations_make_what_the_models_say(app: Flask, tmp_path: Path) -> None:
    with app.app_context(), db.engine.connect() as connection:
        expected = _triggers(connection)
    assert len(expected) > 10, "the triggers are read"
    with another_database(tmp_path) as url:
        migrated = create_app(settings_for(url, tmp_path))
        with migrated.app_context():
            flask_migrate.upgrade()
            with db.engine.connect() as connection:
                context = MigrationContext.configure(connection, opts={"compare_type": True})
                assert compare_metadata(context, Base.metadata) == []
                assert _triggers(connection) == expected
            flask_migrate.downgrade(revision="base")
            assert set(sa.inspect(db.engine).get_table_names()) <= {"alembic_version"}
            db.engine.dispose()
