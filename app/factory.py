"""create_app: the only file that knows every room; registers each room's views and commands."""

from __future__ import annotations

import gc
from typing import Any

from flask import Flask, current_app, request, url_for
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from app import db as database
from app.accounts import access
from app.accounts.access import me, signed_in
from app.accounts.permissions import Permission
from app.analysis.views import questions
from app.assigning import views as assignments
from app.authoring import commands as module_commands
from app.authoring.views import changes, draft_preview, drafts, module, preview, publish, review
from app.authoring.waiting import Waiting, waiting_for
from app.cases import commands as case_commands
from app.config import ROOT, Settings, from_environment
from app.drafting.views import editor, history, kept, making, parts
from app.importing.views import cases, facts, timeline
from app.importing.views import review as case_review
from app.learning.views import finish, home, library, player, record, reflections, sessions
from app.learning.views import help as home_help
from app.people import commands as people_commands
from app.people.views import grants, people, people_import, units
from app.reporting import commands as report_commands
from app.reporting.views import completions
from app.sign_in import commands as mail_commands
from app.sign_in.views import account, passwords, sign_in, signed_out
from app.ui import setup

csrf = CSRFProtect()  # type: ignore[no-untyped-call]
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
        HOME_ENDPOINT="home.index",
        PERMANENT_SESSION_LIFETIME=60 * 60 * 24 * 31,
        SESSION_COOKIE_NAME="debrief",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        MAX_CONTENT_LENGTH=21 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
    )


def _engine_options(url: str) -> dict[str, object]:
    # A failure's log names the statement, never what a person typed or is called.
    options: dict[str, object] = {"hide_parameters": True}
    if url.startswith("sqlite"):
        return options | {"pool_size": 16, "max_overflow": 16}
    return options | {
        "pool_size": 8, "max_overflow": 8, "pool_pre_ping": False, "pool_recycle": 1800,
    }  # fmt: skip


# Every file of views; each holds one blueprint called `blueprint`.
VIEWS = (
    sign_in,
    signed_out,
    account,
    passwords,
    people,
    grants,
    units,
    people_import,
    home_help,
    home,
    library,
    player,
    reflections,
    finish,
    record,
    sessions,
    drafts,
    cases,
    case_review,
    facts,
    timeline,
    editor,
    history,
    kept,
    making,
    parts,
    draft_preview,
    preview,
    module,
    review,
    changes,
    publish,
    questions,
    assignments,
    completions,
)

# What the header offers to whom: label, endpoint, the permission that its page needs.
NAVIGATION: tuple[tuple[str, str, Permission], ...] = (
    ("Home", "home.index", Permission.LEARN),
    ("Library", "library.index", Permission.LEARN),
    ("My record", "record.index", Permission.LEARN),
    ("Completion", "completions.index", Permission.SEE_COMPLETIONS),
    ("Assignments", "assignments.index", Permission.ASSIGN),
    ("Write", "drafts.index", Permission.WRITE_MODULES),
    ("Questions", "questions.index", Permission.SEE_QUESTIONS),
    ("Modules", "preview.index", Permission.PREVIEW_MODULES),
    ("Sessions", "sessions.index", Permission.RECORD_SESSIONS),
    ("People", "people.index", Permission.MANAGE_PEOPLE),
    ("Units", "units.index", Permission.MANAGE_UNITS),
)

# Which navigation entry a page belongs to, where its blueprint alone does not say it.
BELONGS_TO = {
    "module": "preview.index",
    "review": "drafts.index",
    "changes": "drafts.index",
    "publish": "drafts.index",
    "player": "library.index",
    "reflections": "library.index",
    "finish": "library.index",
    "people_import": "people.index",
    "grants": "people.index",
    "cases": "drafts.index",
    "case_review": "drafts.index",
    "case_facts": "drafts.index",
    "case_timeline": "drafts.index",
    "editor": "drafts.index",
    "history": "drafts.index",
    "kept": "drafts.index",
    "making": "drafts.index",
    "draft_preview": "drafts.index",
    "parts": "drafts.index",
}


def _navigation() -> dict[str, object]:
    """Tell every page who is signed in and where she may go."""
    if not signed_in():
        return {
            "home_url": url_for("home.index"),
            "help_url": url_for("help.index"),
            "sign_in_url": url_for("sign_in.form"),
            "demo": current_app.config["DEMO"],
        }
    blueprint = request.blueprint or ""
    here = BELONGS_TO.get(blueprint, f"{blueprint}.index")
    return {
        "navigation": [
            {"label": label, "url": url_for(endpoint), "current": endpoint == here}
            for label, endpoint, permission in NAVIGATION
            if me().may(permission)
        ],
        "signed_in": me(),
        "help_url": url_for("help.index"),
        "home_url": url_for("home.index"),
        "account_url": url_for("account.index"),
        "sign_out_url": url_for("sign_in.sign_out"),
        "demo": current_app.config["DEMO"],
    }


# Where pages lead upward in the house: a lower room names the link, never the endpoint.
ONWARD: dict[str, str] = {
    "drafts": "drafts.index",
    "review": "review.show",
    "publish": "publish.show",
    "changes": "changes.draft",
    "comment": "review.comment",
    "settle": "review.settle",
    "draft": "editor.outline",
    "make-draft": "making.confirm",
    "set-aside": "drafts.set_aside",
    "take-up": "drafts.take_up",
    "draft-preview": "draft_preview.index",
}


def _onward() -> dict[str, object]:
    """Give templates `onward(name, …)`: the address of a page in a room above their own."""

    def onward(name: str, **values: Any) -> str:
        return url_for(ONWARD[name], **values)

    return {"onward": onward, "onward_names": ONWARD}


def _desk() -> dict[str, object]:
    """Give the home page `drafts_waiting()`: what a trainer may do next about which draft."""

    def drafts_waiting() -> list[Waiting]:
        if not me().may(Permission.WRITE_MODULES):
            return []
        return waiting_for(me().force_id, me().person_id)

    return {"drafts_waiting": drafts_waiting}


# Every file of commands; each holds one click group or command called `cli`.
COMMANDS = (mail_commands, people_commands, module_commands, case_commands, report_commands)


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application from `settings`, or from the environment."""
    app = Flask("app", static_folder=None)
    _configure(app, settings or from_environment())
    setup.init_app(app)
    csrf.init_app(app)  # type: ignore[no-untyped-call]
    access.init_app(app)
    # After the guard: it decides who is there before a write lock is taken.
    database.init_app(app)
    migrate.init_app(app, database.db, directory=str(ROOT / "migrations"), render_as_batch=True)
    app.context_processor(_navigation)
    app.context_processor(_onward)
    app.context_processor(_desk)
    for views in VIEWS:
        app.register_blueprint(views.blueprint)
    for commands in COMMANDS:
        app.cli.add_command(commands.cli)
    if proxies := app.config["SETTINGS"].trusted_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies
        )
    return app


def make_ready(app: Flask) -> None:
    """Do before the first request what it would wait for; commands that serve nobody need not.

    Every page is compiled, and what stays as long as the process is no longer searched for
    rubbish, which takes a tenth of a second each time.
    """
    for name in app.jinja_env.list_templates(extensions=["html"]):
        app.jinja_env.get_template(name)
    gc.collect()
    gc.freeze()


def served_app() -> Flask:
    """Build the application from the environment for a server that asks a factory for it."""
    app = create_app()
    make_ready(app)
    return app
