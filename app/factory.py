"""create_app: the only file that knows every room; registers each room's views and commands."""

from __future__ import annotations

from importlib import import_module

from flask import Flask
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from app import db as database
from app.accounts import access
from app.config import ROOT, Settings, from_environment

csrf = CSRFProtect()
migrate = Migrate()


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SETTINGS=settings,
        DEMO=settings.demo,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=_engine_options(settings.database_url),
        SQLITE_SYNCHRONOUS=settings.sqlite_synchronous,
        IDLE_HOURS=settings.idle_hours,
        PERMANENT_SESSION_LIFETIME=60 * 60 * 24 * 31,
        SESSION_COOKIE_NAME="debrief",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        MAX_CONTENT_LENGTH=12 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
    )


def _engine_options(url: str) -> dict[str, object]:
    if url.startswith("sqlite"):
        return {"pool_size": 16, "max_overflow": 16}
    return {"pool_size": 8, "max_overflow": 8, "pool_pre_ping": False, "pool_recycle": 1800}


# Every file of views by its module; each holds one blueprint called `blueprint`.
VIEWS: tuple[str, ...] = ("app.accounts.views.sign_in",)

# Every file of commands; each holds one click group or command called `cli`.
COMMANDS: tuple[str, ...] = ()


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application from `settings`, or from the environment."""
    app = Flask("app", static_folder=None)
    _configure(app, settings or from_environment())
    import_module("app.ui.setup").init_app(app)
    csrf.init_app(app)
    access.init_app(app)
    # After the guard: it decides who is there before a write lock is taken.
    database.init_app(app)
    migrate.init_app(app, database.db, directory=str(ROOT / "migrations"), render_as_batch=True)
    for name in VIEWS:
        app.register_blueprint(import_module(name).blueprint)
    for name in COMMANDS:
        app.cli.add_command(import_module(name).cli)
    if proxies := app.config["SETTINGS"].trusted_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies
        )
    return app
