"""Runs migrations on the application's own database, in one transaction."""

from __future__ import annotations

from alembic import context
from flask import current_app

from app.db import Base


def run_offline() -> None:
    """Print the statements instead of running them."""
    url = current_app.extensions["migrate"].db.engine.url
    context.configure(
        url=url.render_as_string(hide_password=False),
        target_metadata=Base.metadata,
        literal_binds=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def run_online() -> None:
    """Run the migrations on a connection of the application's engine."""
    engine = current_app.extensions["migrate"].db.engine
    arguments = dict(current_app.extensions["migrate"].configure_args)
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata, **arguments)
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    run_offline()
else:
    run_online()
