"""What factory calls to give an application its look."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from flask_compress import Compress
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from app.ui import requests, security, static_files
from app.ui.differences import marked
from app.ui.environment import PlainEnvironment
from app.ui.filters import FILTERS
from app.ui.markdown import ledger, markdown, markdown_inline
from app.ui.views import blueprint, register_error_pages
from app.ui.widgets import form_field, html
from app.ui.wrongs import wrongs

compress = Compress()


def csrf_field() -> Markup:
    """Return the hidden field that every form which writes must carry."""
    token = generate_csrf()  # type: ignore[no-untyped-call]
    return html('<input type="hidden" name="csrf_token" value="{}">', token)


def _prepare_templates(app: Flask) -> None:
    app.jinja_environment = PlainEnvironment
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        FILTERS, markdown=markdown, markdown_inline=markdown_inline, ledger=ledger, marked=marked
    )
    app.jinja_env.globals.update(csrf_field=csrf_field, form_field=form_field, wrongs=wrongs)


def init_app(app: Flask) -> None:
    """Register the shared templates, filters, headers, compression, static files, error pages."""
    app.config.setdefault("COMPRESS_ALGORITHM", ["br", "gzip"])
    app.config.setdefault("COMPRESS_BR_LEVEL", 4)
    app.config.setdefault("COMPRESS_LEVEL", 5)
    app.config.setdefault("COMPRESS_STREAMS", False)
    compress.init_app(app)
    security.init_app(app)
    requests.init_app(app)
    settings = app.config.get("SETTINGS")
    cache = settings.instance if settings else Path(app.instance_path)
    static_files.init_app(app, Path(app.config.get("STATIC_CACHE") or cache / "static"))
    _prepare_templates(app)
    app.register_blueprint(blueprint)
    register_error_pages(app)
